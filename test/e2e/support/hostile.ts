/** Text that has broken SQL, shells, templates, paths and parsers before, and random text. */
import fc from 'fast-check';

const INJECTIONS = [
  "'",
  "''; DROP TABLE events; --",
  "' OR 1=1 --",
  "\\' OR 1=1 --",
  '") UNION ALL SELECT * FROM system.tables --',
  "x' UNION SELECT secret_hash FROM keys --",
  '{account:String}',
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  "file('/etc/passwd')",
  "url('http://127.0.0.1/')",
  '%00',
  '\u0000',
  '\\N',
  '\ud800',
  '\u202e\ufeff',
  '<script>alert(1)</script>',
  '$(id)',
  '`id`',
  'NaN',
  '1e999',
  '-0',
  '0x10',
  '9223372036854775808',
  '18446744073709551616',
  'null',
  '[]',
  '..',
  '',
  '__proto__',
  'constructor',
  '9999-12-31T23:59:59Z',
  '0001-01-01',
  '2026-02-30',
  'a'.repeat(5_000),
  '🙂'.repeat(200),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...INJECTIONS),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string(),
);

/** Any JSON; numbers at the edges of types more often than others. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.jsonValue(),
  fc.constantFrom(0, -1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63, 1e300, -1e300, Number.MIN_VALUE),
);
