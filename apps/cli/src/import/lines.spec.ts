import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { MAX_LINE_LENGTH, type Line, linesOf, openLog } from './lines';

async function read(chunks: AsyncIterable<Buffer>): Promise<Line[]> {
  const all: Line[] = [];
  for await (const lines of linesOf(chunks)) all.push(...lines);
  return all;
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('linesOf', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '\r'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (texts, size) => {
        const expected = texts
          .map((text, i) => ({ number: i + 1, text: text.trim() }))
          .filter(({ text }) => text !== '');
        expect(await read(cut(Buffer.from(texts.join('\n')), size))).toEqual(expected);
      }),
    );
  });

  it('skips blank lines, Windows line ends and a byte order mark', async () => {
    expect(await read(cut(Buffer.from('\ufeffa\r\n\r\n\nb'), 2))).toEqual([
      { number: 1, text: 'a' },
      { number: 4, text: 'b' },
    ]);
  });

  it('skips the hole that is left when a log is cut while its server writes', async () => {
    const hole = Buffer.alloc(2 * MAX_LINE_LENGTH);
    const bytes = Buffer.concat([hole, Buffer.from('a\nb\0c\n'), hole.subarray(0, 3), Buffer.from('d')]);
    const lines = await read(cut(bytes, 65_535));
    expect(lines.map(({ text }) => text)).toEqual(['a', 'b\0c', 'd']);
  });

  it('drops a line that is too long, and goes on after it', async () => {
    const bytes = Buffer.from(`a\n${'x'.repeat(MAX_LINE_LENGTH + 1)}\nb\n${'y'.repeat(MAX_LINE_LENGTH)}\n`);
    const lines = await read(cut(bytes, 65_536));
    expect(lines.map(({ number, text }) => [number, text?.length ?? null])).toEqual([
      [1, 1],
      [2, null],
      [3, 1],
      [4, MAX_LINE_LENGTH],
    ]);
  });
});

describe('openLog', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-lines-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['plain', Buffer.from('a\nb\n')],
    ["gzip'd", gzipSync('a\nb\n')],
    ["gzip'd and joined", Buffer.concat([gzipSync('a\n'), gzipSync('b\n')])],
  ])('reads a %s file, and reports how much of it was read', async (_, content) => {
    const file = join(folder, 'log');
    await writeFile(file, content);
    const source = await openLog(file);
    let bytes = 0;
    const lines = await read(source.chunks((count) => void (bytes += count)));
    expect(lines.map(({ text }) => text)).toEqual(['a', 'b']);
    expect([bytes, source.size]).toEqual([content.length, content.length]);
  });

  it("ends with an error when a gzip'd file is cut off", async () => {
    const file = join(folder, 'cut.gz');
    await writeFile(file, gzipSync('a\nb\n').subarray(0, 15));
    await expect(read((await openLog(file)).chunks())).rejects.toThrow('unexpected end of file');
  });

  it('says which file cannot be read', async () => {
    await expect(openLog(join(folder, 'none'))).rejects.toThrow(/none cannot be read \(ENOENT\)/);
    await expect(openLog(folder)).rejects.toThrow('is a folder');
  });
});
