/**
 * The figures that rules are judged by, against plain sums over random events: every length of window, one and many at once,
 * with filters and groups, of accounts and of the whole fleet. Real: the engine and the schema.
 */
import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '@meterhouse/common';
import { FigureTable } from '../../apps/api/src/alert-rules/evaluation/figure-table';
import { FiguresRepository } from '../../apps/api/src/alert-rules/evaluation/figures.repository';
import { selectionOf } from '../../apps/api/src/alert-rules/evaluation/selection';
import type { Grouping, RuleFilters } from '../../apps/api/src/alert-rules/rules/rule';
import { ENDPOINTS, ERROR_TYPES, METHODS, anEvent } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { type TestStorage, openTestStorage } from '../support/storage';
import { type OracleEvent, oracleTraffic } from '../support/usage-oracle';

const NOW = Date.UTC(2026, 2, 31, 10, 20);
const ACCOUNTS = ['one', 'two', 'three'] as const;
const KEYS = { one: ['a', 'b'], two: ['c', 'd'], three: ['e', 'f'] } as const;

type AccountEvent = OracleEvent & { accountId: string };

let storage: TestStorage;
let events: AccountEvent[] = [];

beforeAll(async () => {
  storage = await openTestStorage({}, false);
  for (const accountId of ACCOUNTS) {
    const [first, second] = KEYS[accountId];
    // Half of the events are of the last hours, so that windows of minutes hold some.
    const at = fc
      .oneof(fc.integer({ min: 0, max: 3 * HOUR }), fc.integer({ min: 0, max: 9 * DAY }))
      .map((ago) => NOW - ago);
    const own = fc.sample(anEvent(NOW, [first, second], at), 400);
    await insertEvents(storage.clickhouse, accountId, own);
    events = [...events, ...own.map((event) => ({ ...event, accountId }))];
  }
}, 30_000);

afterAll(() => storage.close());

const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1 }) },
  );

const filters = (keys: readonly string[]): fc.Arbitrary<RuleFilters> =>
  fc.record({
    keyId: some(keys),
    endpoint: some(ENDPOINTS),
    method: some(METHODS),
    statusCode: some(['200', '404', '429', '5xx']),
    errorType: some(ERROR_TYPES),
  });

const selections = fc.oneof(
  fc.array(
    fc
      .constantFrom(...ACCOUNTS)
      .chain((accountId) => fc.record({ accountId: fc.constant(accountId), filters: filters(KEYS[accountId]) })),
    { minLength: 1, maxLength: 4 },
  ),
  fc.array(fc.record({ accountId: fc.constant(null), filters: filters(['a', 'c', 'f']) }), {
    minLength: 1,
    maxLength: 2,
  }),
);

const windows = fc.constantFrom(
  { length: 5 * MINUTE, step: MINUTE },
  { length: 15 * MINUTE, step: 5 * MINUTE },
  { length: HOUR, step: 15 * MINUTE },
  { length: 6 * HOUR, step: 5 * MINUTE },
  { length: 6 * HOUR, step: HOUR },
  { length: DAY, step: HOUR },
  { length: 7 * DAY, step: 6 * HOUR },
);

const matches = ({ keyId, endpoint, method, statusCode, errorType }: RuleFilters, event: OracleEvent): boolean => {
  const of = (values: readonly string[], ...names: string[]): boolean =>
    values.length === 0 || names.some((name) => values.includes(name));
  return (
    of(keyId, event.keyId) &&
    of(endpoint, event.endpoint) &&
    of(method, event.method) &&
    of(statusCode, String(event.statusCode), `${Math.floor(event.statusCode / 100)}xx`) &&
    of(errorType, event.errorType)
  );
};

const groupOf = (groupBy: Grouping | null, event: OracleEvent): string =>
  groupBy === null ? '' : groupBy === 'key' ? event.keyId : event.endpoint;

it('are plain sums over the events of each window', async () => {
  const property = fc.asyncProperty(
    selections,
    fc.constantFrom<(Grouping | null)[]>(null, 'key', 'endpoint'),
    windows,
    fc.nat(100),
    fc.nat(6),
    fc.boolean(),
    async (selected, groupBy, { length, step }, back, more, withPercentiles) => {
      const last = (Math.floor(NOW / step) - back) * step;
      const first = last - more * step;
      const all = selected.map((selection) => selectionOf({ ...selection, groupBy }));
      const table = new FigureTable();
      const read = { selections: all, groupBy, length, step, first, last, withPercentiles };
      await new FiguresRepository(storage.clickhouse).read(read, table);
      for (const { id, accountId, filters: wanted } of all) {
        for (let end = first; end <= last; end += step) {
          const inside = events.filter(
            (event) =>
              (accountId === null || event.accountId === accountId) &&
              event.timestamp >= end - length &&
              event.timestamp < end &&
              matches(wanted, event),
          );
          const groups = new Set([...inside.map((event) => groupOf(groupBy, event)), ...table.groups(id, length)]);
          for (const group of groups) {
            const expected = oracleTraffic(inside.filter((event) => groupOf(groupBy, event) === group));
            expectTraffic(table.at(id, length, group, end), expected, withPercentiles);
          }
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 60 });
}, 120_000);

function expectTraffic(
  { percentiles, averageLatency, ...sums }: ReturnType<FigureTable['at']>,
  expected: ReturnType<typeof oracleTraffic>,
  withPercentiles: boolean,
): void {
  const { requests, failed, throttled, bytes, peak } = expected;
  expect(sums).toEqual({ requests, failed, throttled, bytes: BigInt(bytes), peakLatency: peak });
  if (expected.average === null) expect(averageLatency).toBeNull();
  else expect(averageLatency).toBeCloseTo(expected.average, 3);
  if (!withPercentiles) return;
  for (const [name, level] of LEVELS) {
    const exact = expected.percentile(level);
    if (exact === null) expect(percentiles[name]).toBeNull();
    else expect(Math.abs((percentiles[name] ?? NaN) - exact)).toBeLessThanOrEqual(exact * 0.004 + 0.001);
  }
}

const LEVELS = [
  ['p50', 0.5],
  ['p75', 0.75],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;
