import fc from 'fast-check';
import { newSecret } from './secret';
import {
  MAX_TOKEN_KEYS,
  MAX_TOKEN_LENGTH,
  type ShareToken,
  TOKEN_PERMISSIONS,
  isSignedBy,
  newTokenId,
  readToken,
  signToken,
  tokenKeyOf,
} from './share-token';

const secret = newSecret();

const id = fc.string({ minLength: 1, maxLength: 128 });
const tokens: fc.Arbitrary<ShareToken> = fc.record({
  id,
  keyId: id,
  accountId: id,
  keyIds: fc.oneof(fc.constant(null), fc.array(id, { minLength: 1, maxLength: 3 })),
  permissions: fc.constantFrom([...TOKEN_PERMISSIONS], [TOKEN_PERMISSIONS[0]], [TOKEN_PERMISSIONS[1]], []),
  expiresAt: fc.integer({ min: 0, max: 8.64e15 }),
});

const aToken = (given: Partial<ShareToken> = {}): ShareToken => ({
  id: newTokenId(),
  keyId: 'key_1',
  accountId: 'acme',
  keyIds: null,
  permissions: ['usage:read'],
  expiresAt: 1_000,
  ...given,
});

it('says what it was made of, and is signed by its secret alone', () => {
  const [own, other] = [tokenKeyOf(secret), tokenKeyOf(newSecret())];
  fc.assert(
    fc.property(tokens, (token) => {
      const text = signToken(token, secret);
      expect(text).toMatch(/^mht_[\w-]+\.[\w-]+$/);
      if (text.length <= MAX_TOKEN_LENGTH) expect(readToken(text)).toEqual(token);
      expect(isSignedBy(text, own)).toBe(true);
      expect(isSignedBy(text, other)).toBe(false);
    }),
    { numRuns: 30 },
  );
});

it('is not signed any more after a change of one character', () => {
  const text = signToken(aToken(), secret);
  const key = tokenKeyOf(secret);
  // The last character of a signature holds two bits that stand for nothing.
  for (let at = 4; at < text.length - 1; at++) {
    if (text[at] === '.') continue;
    const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    expect([at, isSignedBy(changed, key)]).toEqual([at, false]);
  }
});

it('is signed by nobody where a key has no secret', () => {
  expect(isSignedBy(signToken(aToken(), secret), '')).toBe(false);
});

it('of the most and longest keys fits in a header', () => {
  const keyIds = Array.from({ length: MAX_TOKEN_KEYS }, () => 'x'.repeat(128));
  const largest = aToken({
    keyId: 'x'.repeat(128),
    accountId: 'x'.repeat(64),
    keyIds,
    permissions: [...TOKEN_PERMISSIONS],
  });
  expect(signToken(largest, secret).length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
});

it.each([
  ['a secret', newSecret()],
  ['nothing', 'mht_'],
  ['claims alone', signToken(aToken(), secret).split('.')[0] ?? ''],
  ['a cut one', signToken(aToken(), secret).slice(0, -1)],
  ['one too long', `mht_${'A'.repeat(MAX_TOKEN_LENGTH)}.${'A'.repeat(86)}`],
])('is not read: %s', (_, text) => expect(readToken(text)).toBeUndefined());

it('is read only where its claims have their form, whoever signed them, and knows no other permissions', () => {
  const read = (claims: unknown) =>
    readToken(`mht_${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${'A'.repeat(86)}`);
  expect(read(['a', 'b', 'c', null, ['admin', 'usage:read', 'keys:write'], 1])).toMatchObject({
    permissions: ['usage:read'],
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.string(), fc.double()), { maxLength: 7 }), (claims) => {
      const token = read(claims);
      if (token) expect(new Date(token.expiresAt).toISOString()).toEqual(expect.any(String));
    }),
  );
  for (const expiresAt of [1e300, -1e300, 1.5, '1', null])
    expect(read(['a', 'b', 'c', null, [], expiresAt])).toBeUndefined();
  for (const keyIds of ['a', [1], {}]) expect(read(['a', 'b', 'c', keyIds, [], 1])).toBeUndefined();
  expect(read(['a', 'b', 'c', null, [], 1, 'more'])).toBeUndefined();
});
