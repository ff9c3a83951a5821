/**
 * Share tokens: `mht_`, what the token may do, and a signature. Nothing of a token is stored. It is signed with a key pair
 * made from the secret of the API key that makes it; of the pair only the public half is stored with that key. So a token
 * works on every instance that knows its key and ends with that secret, and who reads the disk cannot make one.
 */
import { createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { type Permission } from './key';
import { newId } from './secret';

/** What a token may do at most. */
export const TOKEN_PERMISSIONS = ['usage:read', 'keys:read'] as const satisfies readonly Permission[];
export type TokenPermission = (typeof TOKEN_PERMISSIONS)[number];

/** The most keys that one token names; a header has to hold all of them. */
export const MAX_TOKEN_KEYS = 32;

/** The longest token, in characters: of so many keys with the longest of ids. */
export const MAX_TOKEN_LENGTH = 8_000;

/** What a token says of itself. */
export interface ShareToken {
  /** `tok_` and 16 letters and digits. */
  id: string;
  /** The API key that made it. */
  keyId: string;
  /** The account that it reads. */
  accountId: string;
  /** The keys that it reads; null: all of the account. */
  keyIds: string[] | null;
  permissions: TokenPermission[];
  /** Epoch milliseconds. */
  expiresAt: number;
}

const PREFIX = 'mht_';

/** The last that can be written as a date. */
const LAST_INSTANT = 8.64e15;

/** Of an Ed25519 private key in PKCS #8, before its 32 bytes (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export function newTokenId(): string {
  return newId('tok_');
}

/** What tokens that are made with a secret are verified with; as `Key.tokenKey`. */
export function tokenKeyOf(secret: string): string {
  return createPublicKey(privateKeyOf(secret)).export({ format: 'jwk' }).x ?? '';
}

/** @param secret of the API key that makes the token */
export function signToken(token: ShareToken, secret: string): string {
  const { id, keyId, accountId, keyIds, permissions, expiresAt } = token;
  const claims = JSON.stringify([id, keyId, accountId, keyIds, permissions, expiresAt]);
  const signed = PREFIX + Buffer.from(claims).toString('base64url');
  return `${signed}.${sign(null, Buffer.from(signed), privateKeyOf(secret)).toString('base64url')}`;
}

/**
 * What a text says that has the form of a token; undefined for any other text. Who made it is still to be verified, and
 * whether it may do what it says: a holder of a secret can sign anything.
 */
export function readToken(text: string): ShareToken | undefined {
  const [, claims] = /^mht_([\w-]+)\.[\w-]{86}$/.exec(text) ?? [];
  if (claims === undefined || text.length > MAX_TOKEN_LENGTH) return undefined;
  const values = parsed(Buffer.from(claims, 'base64url').toString());
  const [id, keyId, accountId, keyIds, permissions, expiresAt, ...rest] = Array.isArray(values)
    ? (values as unknown[])
    : [];
  const isRight =
    typeof id === 'string' &&
    typeof keyId === 'string' &&
    typeof accountId === 'string' &&
    (keyIds === null || isTexts(keyIds)) &&
    isTexts(permissions) &&
    typeof expiresAt === 'number' &&
    Number.isSafeInteger(expiresAt) &&
    Math.abs(expiresAt) <= LAST_INSTANT &&
    rest.length === 0;
  if (!isRight) return undefined;
  const known = TOKEN_PERMISSIONS.filter((permission) => permissions.includes(permission));
  return { id, keyId, accountId, keyIds, permissions: known, expiresAt };
}

/** Whether a token was made with the secret that `tokenKey` stands for. */
export function isSignedBy(text: string, tokenKey: string): boolean {
  if (tokenKey === '') return false;
  const dot = text.lastIndexOf('.');
  const signature = Buffer.from(text.slice(dot + 1), 'base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: tokenKey }, format: 'jwk' });
  return verify(null, Buffer.from(text.slice(0, dot)), publicKey, signature);
}

function privateKeyOf(secret: string) {
  const seed = createHmac('sha256', secret).update('share-token').digest();
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
