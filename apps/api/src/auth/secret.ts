/** Makes and reads the secrets of API keys: `mh_`, 256 random bits in base62, and a checksum by which a mistyped one is refused without a look-up. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'mh_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 is the first power of 62 above 2^256. */
const RANDOM_LENGTH = 43;
/** 62^6 is the first power of 62 above 2^32. */
const CHECKSUM_LENGTH = 6;

/** The longest secret of a key, in characters. */
export const MAX_SECRET_LENGTH = 512;

/** A new secret: 52 characters, of which 256 bits are random. */
export function newSecret(): string {
  const random = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_LENGTH);
  return PREFIX + random + checksum(random);
}

/** A new id: a prefix such as `key_` and 95 random bits as 16 letters and digits, which do not collide. */
export function newId(prefix: 'key_' | 'tok_' | 'chn_' | 'dlv_' | 'msg_' | 'rul_' | 'sil_' | 'pln_'): string {
  return prefix + base62(BigInt(`0x${randomBytes(16).toString('hex')}`) % 62n ** 16n, 16);
}

/**
 * False for a secret that starts with `mh_` and does not carry the right checksum: it was mistyped, cut or made up.
 * A secret of another form (an `ADMIN_KEY` may be any text) carries none and passes.
 */
export function isWellFormed(secret: string): boolean {
  if (!secret.startsWith(PREFIX)) return true;
  const random = secret.slice(PREFIX.length, PREFIX.length + RANDOM_LENGTH);
  const rest = secret.slice(PREFIX.length + RANDOM_LENGTH);
  return random.length === RANDOM_LENGTH && rest === checksum(random);
}

/** SHA-256 in hex: what is stored of a secret. It needs no salt and no work factor, since a secret cannot be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function checksum(random: string): string {
  return base62(BigInt(crc32(random)), CHECKSUM_LENGTH);
}

/** The last so many digits of a number in base 62. */
export function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = (ALPHABET[Number(rest % 62n)] ?? '') + text;
  return text;
}
