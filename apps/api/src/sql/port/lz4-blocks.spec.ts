/** Checksums are those of ClickHouse's own CityHash, computed with its Python package; blocks from python's lz4. */
import fc from 'fast-check';
import '../../../../../test/support/seed';
import { blockChecksum } from './city-hash';
import { BadBlockError, fromBlocks, toBlocks } from './lz4-blocks';

/** `(index * 7 + length) % 256` for each index below length. */
const sample = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 7 + length) % 256));

it.each([
  [0, '3df09dfc64c09a2b3cb540c392e51e29'],
  [1, '5a03ab4f802b3f6c58a88a3c8a31e91a'],
  [3, '3108fa6b1da1698632301bf0c250612d'],
  [4, '2b36229ba99aa33425e1c052f6408d75'],
  [7, '4d6955e1bc4624e3252e8c015f4c9bd0'],
  [8, '9feb346ce8e35a98f2f9f1185545d8ba'],
  [12, '4ffdfe0c8f71f732dea2c8c5662870d6'],
  [15, '1443b6470aa1c7ff70f998835a684c59'],
  [16, '4e7e2890890c933d9b6511d6440477c7'],
  [17, 'f0e9ed04b1c7f44e8a17c6d04d5431ae'],
  [31, '99f185112aa9cd7ed42762edf0508928'],
  [32, 'adf0df935f46a6c945c6069d82f7b2fc'],
  [40, '67dc93f5738b71342042215927bfdd08'],
  [64, '37e881b2006b0cf6ab8b4e4141170843'],
  [127, '2484cd18dc147d2c461eb40c3963012e'],
  [128, '51bff79056911c9028a897f9bc9c1b9f'],
  [143, '2306b4d414b0d326e980bd41eb516895'],
  [144, '9ba176029dbc7f22a99caea46164a108'],
  [200, 'af07d3bba57a0d5b0981ef4f519d4454'],
  [272, '48b20684ded0330910163f6def1291c2'],
  [1000, '99dd0d90658d442470f54ed52c308cc0'],
])('sums %d bytes as ClickHouse does', (length, expected) => {
  const checksum = blockChecksum(sample(length));
  const text = [0, 8].map((at) => checksum.readBigUInt64LE(at).toString(16).padStart(16, '0')).join('');
  expect(text).toBe(expected);
});

const MOST = 1_000_000;

it('reads what it wrote, of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(400), (bytes, times) => {
      const plain = Buffer.concat(Array<Uint8Array>(times).fill(bytes));
      const blocks = Buffer.concat([...toBlocks(plain)]);
      expect(fromBlocks(blocks, MOST).equals(plain)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

/** What LZ4 makes of the text below: with long literals, a match that overlaps itself, and long matches. */
const COMPRESSED =
  '9f53454c4543542027610100ff7d7f272c2027616263030026f71b2720415320746578742046524f4d2075736167655f686f75722057484552452065' +
  '6e64706f696e74203d6800f00627202d2d207461696c206f66206c69746572616c73';
const TEXT =
  `SELECT '${'a'.repeat(400)}', '${'abc'.repeat(20)}' AS text FROM usage_hour WHERE endpoint = 'abcabcabc' ` +
  '-- tail of literals';

it('reads what LZ4 compressed', () => {
  const data = Buffer.from(COMPRESSED, 'hex');
  const head = Buffer.alloc(9);
  head.writeUInt8(0x82, 0);
  head.writeUInt32LE(data.length + 9, 1);
  head.writeUInt32LE(TEXT.length, 5);
  const block = Buffer.concat([head, data]);
  expect(fromBlocks(Buffer.concat([blockChecksum(block), block]), MOST).toString()).toBe(TEXT);
});

it('refuses what is damaged, cut or too large', () => {
  const [block = Buffer.alloc(0)] = toBlocks(sample(1_000));
  const flipped = Buffer.from(block);
  flipped[100] = (flipped[100] ?? 0) ^ 1;
  expect(() => fromBlocks(flipped, MOST)).toThrow(BadBlockError);
  for (const length of [1, 20, block.length - 1]) {
    expect(() => fromBlocks(block.subarray(0, length), MOST)).toThrow(BadBlockError);
  }
  expect(() => fromBlocks(block, 999)).toThrow('more than 999 bytes');
});
