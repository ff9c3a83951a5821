/**
 * CityHash128 of version 1.0.2, by which ClickHouse's compressed blocks are checked; later versions return others. The
 * algorithm is Google's (https://github.com/google/cityhash, MIT licence); names are those of its paper and source.
 */

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const MUL = 0x9ddfea08eb382d69n;

type Pair = readonly [bigint, bigint];

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, by: bigint): bigint => u64((value >> by) | (value << (64n - by)));
const shiftMix = (value: bigint): bigint => value ^ (value >> 47n);

function hashLen16(low: bigint, high: bigint): bigint {
  const a = shiftMix(u64((low ^ high) * MUL));
  return u64(shiftMix(u64((high ^ a) * MUL)) * MUL);
}

function hashLen0to16(bytes: Buffer): bigint {
  const length = bytes.length;
  const size = BigInt(length);
  if (length > 8) {
    const [a, b] = [bytes.readBigUInt64LE(0), bytes.readBigUInt64LE(length - 8)];
    return hashLen16(a, rotate(u64(b + size), size)) ^ b;
  }
  if (length >= 4) {
    const [a, b] = [bytes.readUInt32LE(0), bytes.readUInt32LE(length - 4)];
    return hashLen16((BigInt(a) << 3n) + size, BigInt(b));
  }
  if (length === 0) return K2;
  const y = bytes.readUInt8(0) + (bytes.readUInt8(length >> 1) << 8);
  const z = length + (bytes.readUInt8(length - 1) << 2);
  return u64(shiftMix(u64(BigInt(y) * K2) ^ u64(BigInt(z) * K3)) * K2);
}

/** For fewer than 128 bytes. */
function cityMurmur(bytes: Buffer, seed: Pair): Pair {
  let [a, b] = seed;
  let c: bigint;
  let d: bigint;
  const length = bytes.length;
  if (length <= 16) {
    a = u64(shiftMix(u64(a * K1)) * K1);
    c = u64(b * K1 + hashLen0to16(bytes));
    d = shiftMix(u64(a + (length >= 8 ? bytes.readBigUInt64LE(0) : c)));
  } else {
    c = hashLen16(u64(bytes.readBigUInt64LE(length - 8) + K1), a);
    d = hashLen16(u64(b + BigInt(length)), u64(c + bytes.readBigUInt64LE(length - 16)));
    a = u64(a + d);
    for (let at = 0; at < length - 16; at += 16) {
      a = u64((a ^ u64(shiftMix(u64(bytes.readBigUInt64LE(at) * K1)) * K1)) * K1);
      b ^= a;
      c = u64((c ^ u64(shiftMix(u64(bytes.readBigUInt64LE(at + 8) * K1)) * K1)) * K1);
      d ^= c;
    }
  }
  a = hashLen16(a, c);
  b = hashLen16(d, b);
  return [a ^ b, hashLen16(b, a)];
}

/** 32 bytes from `at` on, mixed into two words. */
function weakHash(bytes: Buffer, at: number, first: bigint, second: bigint): Pair {
  const z = bytes.readBigUInt64LE(at + 24);
  const a = u64(first + bytes.readBigUInt64LE(at));
  const b = rotate(u64(second + a + z), 21n);
  const c = u64(a + bytes.readBigUInt64LE(at + 8) + bytes.readBigUInt64LE(at + 16));
  return [u64(c + z), u64(b + rotate(c, 44n) + a)];
}

function withSeed(bytes: Buffer, seed: Pair): Pair {
  if (bytes.length < 128) return cityMurmur(bytes, seed);
  let [x, y] = seed;
  let z = u64(BigInt(bytes.length) * K1);
  const v0 = u64(rotate(y ^ K1, 49n) * K1 + bytes.readBigUInt64LE(0));
  let v: Pair = [v0, u64(rotate(v0, 42n) * K1 + bytes.readBigUInt64LE(8))];
  let w: Pair = [u64(rotate(u64(y + z), 35n) * K1 + x), u64(rotate(u64(x + bytes.readBigUInt64LE(88)), 53n) * K1)];
  let at = 0;
  for (; bytes.length - at >= 128;) {
    for (let half = 0; half < 2; half++, at += 64) {
      x = u64(rotate(u64(x + y + v[0] + bytes.readBigUInt64LE(at + 16)), 37n) * K1) ^ w[1];
      y = u64(rotate(u64(y + v[1] + bytes.readBigUInt64LE(at + 48)), 42n) * K1) ^ v[0];
      z = rotate(z ^ w[0], 33n);
      v = weakHash(bytes, at, u64(v[1] * K1), u64(x + w[0]));
      w = weakHash(bytes, at + 32, u64(z + w[1]), y);
      [x, z] = [z, x];
    }
  }
  y = u64(y + rotate(w[0], 37n) * K0 + z);
  x = u64(x + rotate(u64(v[0] + z), 49n) * K0);
  for (let done = 0; done < bytes.length - at;) {
    done += 32;
    const from = bytes.length - done;
    y = u64(rotate(u64(y - x), 42n) * K0 + v[1]);
    const w0 = u64(w[0] + bytes.readBigUInt64LE(from + 16));
    x = u64(rotate(x, 49n) * K0 + w0);
    w = [u64(w0 + v[0]), w[1]];
    v = weakHash(bytes, from, v[0], v[1]);
  }
  x = hashLen16(x, v[0]);
  y = hashLen16(y, w[0]);
  return [u64(hashLen16(u64(x + v[1]), w[1]) + y), hashLen16(u64(x + w[1]), u64(y + v[1]))];
}

function cityHash128(bytes: Buffer): Pair {
  const length = bytes.length;
  if (length >= 16) return withSeed(bytes.subarray(16), [bytes.readBigUInt64LE(0) ^ K3, bytes.readBigUInt64LE(8)]);
  if (length >= 8) {
    const seed: Pair = [bytes.readBigUInt64LE(0) ^ u64(BigInt(length) * K0), bytes.readBigUInt64LE(length - 8) ^ K1];
    return withSeed(Buffer.alloc(0), seed);
  }
  return withSeed(bytes, [K0, K1]);
}

/** The 16 bytes that stand before a compressed block. */
export function blockChecksum(bytes: Buffer): Buffer {
  const [low, high] = cityHash128(bytes);
  const checksum = Buffer.alloc(16);
  checksum.writeBigUInt64LE(low, 0);
  checksum.writeBigUInt64LE(high, 8);
  return checksum;
}
