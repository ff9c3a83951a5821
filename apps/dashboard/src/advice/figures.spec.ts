/** Figures of advice in words, by the names that the service has for them. */
import { figureName, figureText, gainText } from './figures';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

it.each([
  ['sharePercent', 42.12, 'share', '42.1 %'],
  ['p95', 1_250, 'p95', '1.25 s'],
  ['latencyMs', 80, 'latency', '80 ms'],
  ['topKeyMeanBytes', 1_500, 'top key mean', '1.5 kB'],
  ['minimumRatio', 3.5, 'minimum ratio', '3.5'],
  ['lastEvent', '2026-01-01T12:00:00.000Z', 'last event', 'Jan 1, 2026, 12:00 PM'],
  ['tier', 'enterprise', 'tier', 'enterprise'],
  ['lastSuccess', null, 'last success', '–'],
])('writes %s %s', (name, value, words, text) => {
  expect(figureName(name)).toBe(words);
  expect(plain(figureText(name, value, 'UTC'))).toBe(text);
});

it('says what is gained', () => {
  expect(plain(gainText({ latencyMs: 80_500, requests: 903, bytes: 1_200_000 }))).toBe(
    '1 min of waiting, 903 requests, 1.2 MB',
  );
  expect(gainText({})).toBe('');
  expect(gainText({ requests: 1 })).toBe('1 request');
});
