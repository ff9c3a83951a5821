import fc from 'fast-check';
import { holdsMoreValues } from './json-values';

/** What `holdsMoreValues` counts, by other means. */
function count(json: string): number {
  const bare = json.replace(/"(?:\\.|[^"\\])*"/g, '');
  return 1 + (bare.match(/[,:[]/g) ?? []).length;
}

it('counts outside of strings', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, pretty) => {
      const json = JSON.stringify(value, null, pretty ? 1 : 0);
      const text = Buffer.from(json.padEnd(2 * count(json)));
      expect(holdsMoreValues(text, count(json))).toBe(false);
      expect(holdsMoreValues(text, count(json) - 1)).toBe(true);
    }),
  );
});

it('lets a full call through, and not a body of nothing but values', () => {
  const event = { id: 'a,b:[c"]\\', timestamp: 1, keyId: 'k', method: 'GET', endpoint: '/', statusCode: 200 };
  const more = { latencyMs: 1, requestBytes: 1, responseBytes: 1, errorType: 'an "error", or: [two]' };
  const full = { events: Array.from({ length: 10_000 }, () => ({ ...event, ...more })) };
  expect(holdsMoreValues(Buffer.from(JSON.stringify(full)))).toBe(false);
  expect(holdsMoreValues(Buffer.from(JSON.stringify(full, null, 8)))).toBe(false);
  for (const part of ['[],', '{},', '1,', '{"":1},']) {
    expect(holdsMoreValues(Buffer.from(`[${part.repeat(500_000)}1]`))).toBe(true);
  }
  expect(holdsMoreValues(Buffer.from('['.repeat(1_000_000)))).toBe(true);
});
