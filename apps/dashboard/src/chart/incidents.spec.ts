/** Where errors rose. */
import fc from 'fast-check';
import { incidentsOf } from './incidents';

const point = (requests: number, failedRequests: number, throttledRequests = 0) => ({
  requests,
  failedRequests,
  throttledRequests,
});

it('finds each time at which errors rose, and how far', () => {
  const quiet = point(1_000, 5);
  const points = [quiet, point(1_000, 80), point(500, 60), quiet, point(0, 0), point(100, 40), quiet, quiet, quiet];
  expect(incidentsOf(points)).toEqual([
    { first: 1, last: 2, failed: 140, requests: 1_500, usual: 0.5 },
    { first: 5, last: 5, failed: 40, requests: 100, usual: 0.5 },
  ]);
});

it.each([
  ['without errors', [point(100, 0), point(100, 0)]],
  ['with few errors, for chance makes such', [point(1_000, 0), point(9, 9), point(1_000, 0)]],
  ['with a doubled rate of few requests, as chance makes', [point(200, 8), point(200, 16), point(200, 8)]],
  ['where a limit was at work', [point(1_000, 0), point(1_000, 0), point(1_000, 900, 900)]],
  ['with a rise of less than two points', [point(10_000, 10), point(10_000, 200), point(10_000, 10)]],
  ['without points', []],
])('finds nothing %s', (_, points) => expect(incidentsOf(points)).toEqual([]));

it('finds nothing in a rate that stays, be it as high as it may', () => {
  const traffic = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(traffic, fc.integer({ min: 0, max: 10 }), (hours, tenths) => {
      expect(incidentsOf(hours.map((tens) => point(tens * 10, tens * tenths)))).toEqual([]);
    }),
  );
});

it('finds what rose wherever it is', () => {
  const place = fc.record({ length: fc.integer({ min: 5, max: 100 }), at: fc.nat(99) });
  fc.assert(
    fc.property(place, ({ length, at }) => {
      const index = at % length;
      const points = Array.from({ length }, (_, bucket) => point(1_000, bucket === index ? 300 : 10));
      expect(incidentsOf(points)).toEqual([{ first: index, last: index, failed: 300, requests: 1_000, usual: 1 }]);
    }),
  );
});
