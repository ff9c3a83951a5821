import fc from 'fast-check';
import { Slices } from '@meterhouse/common';
import { holdsMoreValues } from './json-values';

const holds = (json: string, most?: number): Promise<boolean> =>
  holdsMoreValues(Buffer.from(json), new Slices(null), most);

/** What `holdsMoreValues` counts, by other means. */
function count(json: string): number {
  const bare = json.replace(/"(?:\\.|[^"\\])*"/g, '');
  return 1 + (bare.match(/[,:[]/g) ?? []).length;
}

it('counts outside of strings', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), async (value, pretty) => {
      const json = JSON.stringify(value, null, pretty ? 1 : 0);
      const text = json.padEnd(2 * count(json));
      expect(await holds(text, count(json))).toBe(false);
      expect(await holds(text, count(json) - 1)).toBe(true);
    }),
  );
});

it('lets a full call through, and not a body of nothing but values', async () => {
  const event = { id: 'a,b:[c"]\\', timestamp: 1, keyId: 'k', method: 'GET', endpoint: '/', statusCode: 200 };
  const more = { latencyMs: 1, requestBytes: 1, responseBytes: 1, errorType: 'an "error", or: [two]' };
  const full = { events: Array.from({ length: 10_000 }, () => ({ ...event, ...more })) };
  expect(await holds(JSON.stringify(full))).toBe(false);
  expect(await holds(JSON.stringify(full, null, 8))).toBe(false);
  for (const part of ['[],', '{},', '1,', '{"":1},']) {
    expect(await holds(`[${part.repeat(500_000)}1]`)).toBe(true);
  }
  expect(await holds('['.repeat(1_000_000))).toBe(true);
});
