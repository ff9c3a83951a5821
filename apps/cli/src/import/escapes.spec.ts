import * as fc from 'fast-check';
import { readEscapes, withJsonEscapes } from './escapes';

/** As nginx writes what a client sent, in its default form. */
const byNginx = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
        ? `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('');

/** As Apache does. */
const byApache = (bytes: Uint8Array): string =>
  [...bytes]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === '"' || char === '\\') return `\\${char}`;
      const named = '\b\n\r\t\v'.indexOf(char);
      if (named >= 0) return `\\${'bnrtv'.charAt(named)}`;
      return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : char;
    })
    .join('');

describe('readEscapes', () => {
  it('reads back what a client sent, whatever it was', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom('\\', '"', 'x', '4', 'n', '\n', '\0', 'é', '😀'), fc.string()),
    });
    const sent = fc.oneof(
      text.map((chars) => new TextEncoder().encode(chars)),
      fc.uint8Array({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(sent, (bytes) => {
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        expect(readEscapes(byNginx(bytes))).toBe(expected);
        expect(readEscapes(byApache(bytes))).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['/plain', '/plain'],
    ['/caf\\xc3\\xa9', '/café'],
    ['\\x41\\"\\\\\\x22\\x5C', 'A"\\"\\'],
    ['\\\\x41', '\\x41'],
    ['a\\q\\', 'a\\q\\'],
    ['\\x4', '\\x4'],
    ['\\xe9t\\xe9', '\ufffdt\ufffd'],
  ])('reads %s', (text, expected) => {
    expect(readEscapes(text)).toBe(expected);
  });
});

describe('withJsonEscapes', () => {
  it('makes JSON of what nginx wrote with its default escapes', () => {
    const line = `{"request":"${byNginx(Buffer.from('GET /"a\\b"/é\n'))}","status":200}`;
    expect(JSON.parse(withJsonEscapes(line))).toEqual({ request: 'GET /"a\\b"/é\n', status: 200 });
  });
});
