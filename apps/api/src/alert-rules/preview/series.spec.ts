/** The series of a preview: every value lies within its point, whatever the number of windows and groups. */
import fc from 'fast-check';
import { MAX_POINTS, PreviewSeries } from './series';

const MINUTE = 60_000;

it('has few points, each with the lowest and the highest value of its windows', () => {
  const values = fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6_000 }), values, (count, pattern) => {
      const ends = Array.from({ length: count }, (_, index) => (index + 1) * MINUTE);
      const valueAt = (end: number) => pattern[(end / MINUTE) % pattern.length] ?? null;
      const series = new PreviewSeries(ends);
      for (const end of ends) series.add({ end, value: valueAt(end), threshold: end });
      const points = series.points();
      expect(points.length).toBeLessThanOrEqual(MAX_POINTS);
      let next = 0;
      const expected = points.map(({ from, to }) => {
        const inside = ends.slice(next, next + (Date.parse(to) - Date.parse(from)) / MINUTE + 1);
        next += inside.length;
        const found = inside.map(valueAt).filter((value) => value !== null);
        const [low, high] = found.length === 0 ? [null, null] : [Math.min(...found), Math.max(...found)];
        const last = inside.at(-1) ?? 0;
        return {
          from: new Date(inside[0] ?? 0).toISOString(),
          to: new Date(last).toISOString(),
          low,
          high,
          threshold: last,
        };
      });
      expect(points).toEqual(expected);
      expect(next).toBe(count);
    }),
    { numRuns: 30 },
  );
});

it('takes all groups of a window together', () => {
  const series = new PreviewSeries([MINUTE]);
  for (const value of [4, 9, 2]) series.add({ end: MINUTE, value, threshold: 5 });
  expect(series.points()).toMatchObject([{ low: 2, high: 9, threshold: 5 }]);
});

it('leaves out windows that are not its own', () => {
  const series = new PreviewSeries([MINUTE]);
  series.add({ end: 2 * MINUTE, value: 1, threshold: 5 });
  expect(series.points()).toMatchObject([{ low: null, high: null, threshold: null }]);
});
