/** What the live screen keeps of a stream, against a plain record of all its messages. */
import fc from 'fast-check';
import { type Figures, type LiveMinute, type Minutes, lastSeconds, rateOf, withMessage } from './minutes';

const START = Date.UTC(2026, 2, 1, 10);

const figures = (requests: number): Figures => ({
  requests,
  successfulRequests: requests,
  failedRequests: 0,
  throttledRequests: 0,
  averageLatency: null,
  peakLatency: null,
  dataTransferred: 0,
});

/** @param told requests by the second of the minute */
function message(minute: number, told: Readonly<Record<number, number>>, complete = false): LiveMinute {
  const start = START + minute * 60_000;
  const seconds = Object.entries(told).map(([second, requests]) => ({
    timestamp: new Date(start + Number(second) * 1_000).toISOString(),
    ...figures(requests),
  }));
  const total = Object.values(told).reduce((sum, requests) => sum + requests, 0);
  return { minute: new Date(start).toISOString(), complete, seconds, total: figures(total) };
}

const after = (messages: readonly LiveMinute[]): Minutes => messages.reduce<Minutes>(withMessage, []);

it('takes a later figure of a second in place of the earlier one', () => {
  const minutes = after([message(0, { 0: 1, 1: 2 }), message(0, { 1: 5, 2: 1 })]);
  expect([...(minutes[0]?.seconds.values() ?? [])].map(({ requests }) => requests)).toEqual([1, 5, 1]);
});

it('keeps the last eleven minutes in order, whatever order they come in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (order) => {
      const starts = after(order.map((minute) => message(minute, { 0: minute }))).map(({ start }) => start);
      const newest = Math.max(...order);
      const expected = [...new Set(order)].filter((minute) => minute > newest - 11).sort((a, b) => a - b);
      expect(starts.filter((start) => expected.includes((start - START) / 60_000))).toEqual(starts);
      expect(starts.at(-1)).toBe(START + newest * 60_000);
    }),
  );
});

it('shows seconds that were not told as gaps, up to the newest', () => {
  const minutes = after([message(0, { 58: 3, 59: 4 }, true), message(1, { 1: 6 })]);
  expect(lastSeconds(minutes, 5).map(({ figures: told }) => told?.requests ?? null)).toEqual([null, 3, 4, null, 6]);
  expect(lastSeconds([], 5)).toEqual([]);
});

it('takes the rate of whole seconds alone', () => {
  const seconds = lastSeconds(after([message(0, { 0: 10, 1: 20, 2: 1 })]), 60);
  expect(rateOf(seconds)).toBe(15);
  expect(rateOf(lastSeconds(after([message(0, { 0: 10 })]), 60))).toBeNull();
});
