/** The series of a preview as a chart draws it. */
import { type Watched, bandPath, describe as sentence, pointsOf, spanOf, spoken } from './watched';

const MINUTE = 60_000;
const point = (minute: number, high: number | null, low = high, threshold: number | null = 5) => ({
  from: minute * MINUTE,
  to: (minute + 1) * MINUTE,
  low,
  high,
  threshold,
});
const points = [point(0, 2), point(2, 9, 3), point(4, null), point(6, 1)];
const nameOf = (at: number): string => `${at / MINUTE}′`;
const watched: Watched = {
  points,
  firings: [{ from: 3 * MINUTE, to: 5 * MINUTE }],
  label: 'Errors',
  format: String,
  short: String,
  wholeOnly: true,
};

it('takes the points of a time', () => {
  const series = points.map(({ from, to, ...rest }) => ({
    ...rest,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }));
  expect(pointsOf({ series }, 3 * MINUTE, 4 * MINUTE)).toEqual(points.slice(1, 3));
  expect(pointsOf({ series })).toEqual(points);
});

it('covers the points of a time in which it fired', () => {
  expect(spanOf({ from: 3 * MINUTE, to: 5 * MINUTE }, points)).toEqual({ first: 1, last: 2 });
  expect(spanOf({ from: 3 * MINUTE, to: null }, points)).toEqual({ first: 1, last: 3 });
  expect(spanOf({ from: 60 * MINUTE, to: null }, points)).toEqual({ first: 3, last: 3 });
  expect(spanOf({ from: 60 * MINUTE, to: 61 * MINUTE }, points)).toBeNull();
  expect(spanOf({ from: 60 * MINUTE, to: null }, [])).toBeNull();
});

it('goes down to the lowest of a point, and breaks at a gap', () => {
  const scale = { x: (index: number) => index, y: (value: number) => value };
  expect(bandPath(points, scale)).toBe('M0.0,2.0L1.0,9.0V3.0M3.0,1.0h0.1');
});

it('says what it shows', () => {
  expect(spoken(points[1], watched, nameOf)).toBe('3′: 9, compared with 5');
  expect(spoken(points[2], watched, nameOf)).toBe('5′: nothing to measure, compared with 5');
  expect(sentence(watched, nameOf)).toBe('Errors from 0′ to 7′; the highest is 9 at 3′; it fires once.');
  expect(sentence({ ...watched, points: [point(0, null)] }, nameOf)).toBe('Errors: nothing in this time.');
});
