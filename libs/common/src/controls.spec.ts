import fc from 'fast-check';
import { controlIn, escapeControls } from './controls';

const CONTROLS = [
  ...['\u0000', '\t', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028', '\u2029'],
  ...['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'],
];

it.each(CONTROLS)('%j is found and escaped', (control) => {
  const code = control.charCodeAt(0).toString(16).padStart(4, '0');
  expect(controlIn(`a${control}b`)).toBe(`U+${code.toUpperCase()}`);
  expect(escapeControls(`a${control}b`)).toBe(`a\\u${code}b`);
});

it.each(['', 'Straße "☕"', 'العربية', 'עברית', '👩‍💻', 'zero\u200dwidth', '\u00a0', '\ufeff'])(
  '%j stays as it is',
  (text) => {
    expect(controlIn(text)).toBeNull();
    expect(escapeControls(text)).toBe(text);
  },
);

it('keeps what it is told to keep', () => {
  expect(escapeControls('one\ntwo\r\u001b', '\n')).toBe('one\ntwo\\u000d\\u001b');
});

it('leaves no control in any text, and JSON that says the same', () => {
  const text = fc
    .array(fc.constantFrom(...CONTROLS, 'a', '\\', '"', 'é'), { minLength: 1 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.record({ text, [CONTROLS.join('')]: text }), (value) => {
      const printed = escapeControls(JSON.stringify(value, null, 2), '\n');
      expect(controlIn(printed.replaceAll('\n', ''))).toBeNull();
      expect(JSON.parse(printed)).toEqual(value);
    }),
  );
});
