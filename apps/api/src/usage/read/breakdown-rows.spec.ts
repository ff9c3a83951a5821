import fc from 'fast-check';
import { Slices } from '@meterhouse/common';
import type { Counts } from './aggregates';
import { MAX_VALUES, OTHER, mostUsed } from './breakdown-rows';

const valuesOf = (count: number, countsOf: (index: number) => Counts): [string, Counts][] =>
  Array.from({ length: count }, (_, index) => [`TYPE${String(index).padStart(6, '0')}`, countsOf(index)]);

const sum = (values: readonly [string, Counts][], figure: keyof Counts): number =>
  values.reduce((total, [, counts]) => total + counts[figure], 0);

it('shows all values that there may be, most requests first, ties by name', async () => {
  const values = valuesOf(MAX_VALUES, (index) => ({ requests: 1 + (index % 7), failed: 0 }));
  const shown = await mostUsed(values, new Slices(null));
  expect(shown).toHaveLength(MAX_VALUES);
  expect(shown.slice(0, 2).map(([name]) => name)).toEqual(['TYPE000006', 'TYPE000013']);
  expect(new Set(shown)).toEqual(new Set(values));
});

it('adds up all that come after, with those that were named so before', async () => {
  const values = valuesOf(50_000, (index) => ({ requests: 50_000 - index, failed: 1 }));
  const shown = await mostUsed([[OTHER, { requests: 1_000_000, failed: 5 }], ...values], new Slices(null));
  expect(shown).toHaveLength(MAX_VALUES);
  expect(shown[0]).toEqual(['TYPE000000', { requests: 50_000, failed: 1 }]);
  expect(shown.at(-1)?.[0]).toBe(OTHER);
  expect(shown.at(-1)?.[1]).toEqual({ requests: 1_000_000 + (49_001 * 49_002) / 2, failed: 5 + 49_001 });
});

it('loses no request, and shows none after one that has more', async () => {
  const counts = fc.record({ requests: fc.integer({ min: 1, max: 9 }), failed: fc.integer({ min: 0, max: 9 }) });
  const drawn = fc.tuple(fc.integer({ min: MAX_VALUES - 3, max: MAX_VALUES + 30 }), fc.infiniteStream(counts));
  await fc.assert(
    fc.asyncProperty(drawn, fc.boolean(), async ([count, stream], withOther) => {
      const values = valuesOf(count, () => stream.next().value);
      if (withOther) values.push([OTHER, { requests: 3, failed: 1 }]);
      const shown = await mostUsed(values, new Slices(null));
      expect(shown.length).toBe(Math.min(values.length, MAX_VALUES));
      for (const figure of ['requests', 'failed'] as const) expect(sum(shown, figure)).toBe(sum(values, figure));
      const named = shown.filter(([name]) => name !== OTHER).map(([, { requests }]) => requests);
      expect(named).toEqual(named.toSorted((a, b) => b - a));
      const least = named.at(-1) ?? 0;
      const hidden = values.filter(([name]) => name !== OTHER && !shown.some(([other]) => other === name));
      expect(hidden.every(([, { requests }]) => requests <= least)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
