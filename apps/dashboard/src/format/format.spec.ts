/** Figures for people; the separators are the locale's, so they are written as points here. */
import { bytes, changeOf, duration, fromNow, lasting, orNone, percent, shortCount } from './format';

const plain = (text: string): string => text.replaceAll('\u202f', ' ').replaceAll(',', '.');

it.each([
  [percent, 0, '0 %'],
  [percent, 0.004, '<0.01 %'],
  [percent, 1.234, '1.23 %'],
  [percent, 12.345, '12.3 %'],
  [percent, 100, '100 %'],
  [duration, 0.44, '0.4 ms'],
  [duration, 99.96, '100 ms'],
  [duration, 512.4, '512 ms'],
  [duration, 1_234, '1.23 s'],
  [bytes, 0, '0 B'],
  [bytes, 999, '999 B'],
  [bytes, 1_000, '1 kB'],
  [bytes, 21_460_000, '21.5 MB'],
  [bytes, 2 ** 60, '1.153 PB'],
  [shortCount, 950, '950'],
])('%p of %d is "%s"', (format, value, text) => expect(plain(format(value))).toBe(text));

it('shows what does not exist as a dash, and zero as zero', () => {
  expect([orNone(percent, null), orNone(percent, undefined)]).toEqual(['–', '–']);
  expect(plain(orNone(percent, 0))).toBe('0 %');
});

it.each([
  [110, 100, false, '+10 %', 'up'],
  [90, 100, false, '−10 %', 'down'],
  [100, 100, false, '±0 %', 'same'],
  [0, 0, false, '±0 %', 'same'],
  [5, 0, false, 'new', 'up'],
  [2.5, 2, true, '+0.5 pp', 'up'],
  [0, 2, true, '−2 pp', 'down'],
])('%d after %d changes by %s %s', (value, before, isRate, text, direction) => {
  const change = changeOf(value, before, isRate);
  expect([plain(change?.text ?? ''), change?.direction]).toEqual([text, direction]);
});

it('compares nothing with nothing', () => {
  expect(changeOf(null, 1, false)).toBeNull();
  expect(changeOf(1, undefined, false)).toBeNull();
});

it.each([
  [-59_000, '59 seconds ago'],
  [-61_000, '1 minute ago'],
  [-25 * 3_600_000, 'yesterday'],
  [-40 * 86_400_000, 'last month'],
  [3 * 86_400_000 + 1, 'in 3 days'],
  [0, 'now'],
])('says how far %d milliseconds are from now', (ms, text) => {
  expect(fromNow(ms, 0)).toBe(text);
});

it.each([
  [59_999, '<1 min'],
  [60_000, '1 min'],
  [7_260_000, '2 hr 1 min'],
  [7_200_000, '2 hr'],
  [90_000_000, '1 day 1 hr'],
  [-5, '<1 min'],
])('says how long %i ms are', (ms, text) => expect(lasting(ms)).toBe(text));
