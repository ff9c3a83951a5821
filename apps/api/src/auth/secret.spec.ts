import fc from 'fast-check';
import { hashSecret, isWellFormed, newId, newSecret, sameHash } from './secret';

describe('secrets', () => {
  it('have a prefix, 43 random characters and 6 of checksum, all different', () => {
    const secrets = Array.from({ length: 1_000 }, newSecret);
    for (const secret of secrets) {
      expect(secret).toMatch(/^mh_[0-9A-Za-z]{49}$/);
      expect(isWellFormed(secret)).toBe(true);
    }
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  it('use all of their characters at every place but the first, whose values end with 2^256', () => {
    const secrets = Array.from({ length: 2_000 }, newSecret);
    for (let place = 4; place < 46; place++) {
      expect(new Set(secrets.map((secret) => secret[place])).size).toBe(62);
    }
  });

  it('are ill-formed after any change of one character', () => {
    const secret = newSecret();
    fc.assert(
      fc.property(fc.nat(secret.length - 4), fc.constantFrom(...'09AZaz_- '), (at, character) => {
        const place = at + 3;
        fc.pre(secret[place] !== character);
        return !isWellFormed(secret.slice(0, place) + character + secret.slice(place + 1));
      }),
    );
  });

  it.each(['mh_', 'mh_short', `${newSecret()}0`, newSecret().slice(0, -1), `mh_${'a'.repeat(49)}`])(
    'are ill-formed when cut, lengthened or made up: %s',
    (secret) => expect(isWellFormed(secret)).toBe(false),
  );

  it('of another form carry no checksum', () => {
    expect(isWellFormed('a secret that an operator thought of')).toBe(true);
    expect(isWellFormed('')).toBe(true);
  });

  it('are kept as SHA-256 in hex', () => {
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sameHash(hashSecret('abc'), hashSecret('abc'))).toBe(true);
    expect(sameHash(hashSecret('abc'), hashSecret('abd'))).toBe(false);
    expect(sameHash(hashSecret('abc'), '')).toBe(false);
  });
});

it('key ids are key_ and 16 random characters', () => {
  const ids = Array.from({ length: 1_000 }, () => newId('key_'));
  for (const id of ids) expect(id).toMatch(/^key_[0-9A-Za-z]{16}$/);
  expect(new Set(ids).size).toBe(ids.length);
});
