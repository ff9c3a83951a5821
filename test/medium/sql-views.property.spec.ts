/**
 * The views of meterhouse_bi against GET /usage over random events: the same sums, means, peaks and percentiles.
 * Real: the engine, the schema, the views as a caller reads them, the service with its modules. Not real: the clock.
 */
import fc from 'fast-check';
import type { Row } from '@meterhouse/clickhouse';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { anEvent } from '../factories/events';
import { readViews } from '../support/caller';
import type { OracleEvent } from '../support/usage-oracle';
import { type Parameters, type UsageFixture, openUsage } from './usage-fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 31, 10, 20, 30);
const PERCENTILES = ['p50', 'p75', 'p90', 'p95', 'p99'] as const;

/** `to` is in the past: to a window that ends now belong the requests of the running minute. */
interface Window {
  from: number;
  to: number;
}

const aWindow = (step: number): fc.Arbitrary<Window> => {
  const last = Math.floor(NOW / step);
  return fc
    .tuple(fc.integer({ min: last - Math.floor((89 * DAY) / step), max: last }), fc.nat(last))
    .map(([a, b]) => ({ from: Math.min(a, last - 1) * step, to: Math.min(last, a + 1 + (b % (last - a + 1))) * step }));
};

/** What a view says of its rows together. */
const SUMS = {
  rollup: `sum(v.requests) AS requests, sum(v.successful) AS successful, sum(v.failed) AS failed,
    sum(v.throttled) AS throttled, sum(v.bytes) AS bytes, sum(v.latency_count) AS timed,
    if(timed = 0, NULL, toFloat64(sum(v.latency_sum_ms)) / timed) AS average,
    if(timed = 0, NULL, max(v.latency_max_ms)) AS peak`,
  events: `count() AS requests, countIf(v.status_code < 400) AS successful, countIf(v.status_code >= 400) AS failed,
    countIf(v.status_code = 429) AS throttled, sum(v.request_bytes + v.response_bytes) AS bytes,
    countIf(v.status_code NOT IN (101, 429)) AS timed,
    if(timed = 0, NULL, sumIf(toUInt64(round(v.latency_ms * 1000)), v.status_code NOT IN (101, 429)) / 1000 / timed) AS average,
    if(timed = 0, NULL, maxIf(v.latency_ms, v.status_code NOT IN (101, 429))) AS peak`,
};

const VIEWS = [
  { view: 'events', step: MINUTE, sums: SUMS.events, time: 'timestamp', detailed: true },
  { view: 'usage_minute', step: MINUTE, sums: SUMS.rollup, time: 'bucket', detailed: false },
  { view: 'usage_hour', step: HOUR, sums: SUMS.rollup, time: 'bucket', detailed: false },
  { view: 'usage_hour_endpoint', step: HOUR, sums: SUMS.rollup, time: 'bucket', detailed: true },
  { view: 'usage_day_endpoint', step: DAY, sums: SUMS.rollup, time: 'bucket', detailed: true },
];

/** Filters of GET /usage, and the columns that they are about. */
const PARTS = { keyId: 'key_id', endpoint: 'endpoint', method: 'method', statusCode: 'status_code' };

let usage: UsageFixture;
beforeAll(async () => void (usage = await openUsage(NOW)));
afterAll(() => usage.close());

const iso = (at: number): string => new Date(at).toISOString();
const text = (at: number): string => iso(at).slice(0, 19).replace('T', ' ');
/** As GET /usage rounds. */
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e6) / 1e6);

const figuresOf = (row: Row | undefined) => ({
  requests: row?.number('requests'),
  successful: row?.number('successful'),
  failed: row?.number('failed'),
  throttled: row?.number('throttled'),
  bytes: row?.number('bytes'),
  average: rounded(row?.numberOrNull('average') ?? null),
  peak: row?.numberOrNull('peak'),
});

const totalsOf = ({ usage: totals, latency }: UsageResponseDto) => ({
  requests: totals.totalRequests,
  successful: totals.successfulRequests,
  failed: totals.failedRequests,
  throttled: totals.throttledRequests,
  bytes: totals.dataTransferred,
  average: latency?.average,
  peak: latency?.peak,
});

const percentilesOf = (row: Row | undefined) => PERCENTILES.map((name) => row?.numberOrNull(name));

/** The percentiles of GET /usage for a part of the window's requests. */
async function latencyOf(account: string, { from, to }: Window, filters: Parameters): Promise<(number | null)[]> {
  const { latency } = await usage.ask(account, { from: iso(from), to: iso(to), granularity: 'day', ...filters });
  return PERCENTILES.map((name) => latency?.[name] ?? null);
}

/** A new account with these events, whose rows come in several batches. */
async function accountWith(events: OracleEvent[]): Promise<string> {
  const { id } = await usage.account();
  const own = events.map((event) => ({ ...event, keyId: `${id}-${event.keyId}` }));
  await usage.insert(id, own, 17);
  return id;
}

const EVENTS = fc.array(anEvent(NOW, ['k1', 'k2', 'k3']), { minLength: 60, maxLength: 160 });

it.each([
  ['minutes', MINUTE],
  ['hours', HOUR],
  ['days', DAY],
])('add up to GET /usage over whole %s', async (_, step) => {
  await fc.assert(
    fc.asyncProperty(aWindow(step), EVENTS, async (window, events) => {
      const account = await accountWith(events);
      const asked = { from: iso(window.from), to: iso(window.to), granularity: 'day' };
      const answers = new Map<string, UsageResponseDto>();
      const answerFor = async (filter: string, value: string): Promise<UsageResponseDto> => {
        const known = answers.get(`${filter} ${value}`);
        const answer = known ?? (await usage.ask(account, value === '' ? asked : { ...asked, [filter]: value }));
        answers.set(`${filter} ${value}`, answer);
        return answer;
      };
      for (const { view, sums, time, detailed } of VIEWS.filter((described) => described.step <= step)) {
        const by = (value: string): Promise<Row[]> =>
          readViews(
            usage.clickhouse,
            account,
            `SELECT ${value} AS value, ${sums} FROM ${view} AS v
             WHERE v.${time} >= toDateTime('${text(window.from)}') AND v.${time} < toDateTime('${text(window.to)}')
             GROUP BY value ORDER BY value`,
          );
        const whole = await answerFor('', '');
        const [all] = await by("''");
        if (all || whole.usage.totalRequests > 0) expect([view, figuresOf(all)]).toEqual([view, totalsOf(whole)]);
        for (const [filter, column] of Object.entries(detailed ? PARTS : { keyId: PARTS.keyId })) {
          const rows = await by(`toString(v.${column})`);
          expect(rows.reduce((sum, row) => sum + row.number('requests'), 0)).toBe(whole.usage.totalRequests);
          for (const row of rows) {
            const part = await answerFor(filter, row.string('value'));
            expect([view, filter, figuresOf(row)]).toEqual([view, filter, totalsOf(part)]);
          }
        }
        if (!detailed) continue;
        const types = (await by('v.error_type')).filter((row) => row.string('value') !== '');
        const counted = (whole.errors?.byType ?? []).map(({ type, count }) => [type, count]);
        expect(types.map((row) => [row.string('value'), row.number('failed')])).toEqual(counted.sort());
      }
    }),
    { numRuns: 3 },
  );
});

it.each([
  ['latency_hour', HOUR],
  ['latency_day', DAY],
])('%s has the percentiles of GET /usage', async (view, step) => {
  await fc.assert(
    fc.asyncProperty(EVENTS, async (events) => {
      const account = await accountWith(events);
      const rows = await readViews(
        usage.clickhouse,
        account,
        `SELECT *, toUnixTimestamp(bucket) AS at FROM ${view} WHERE bucket < '${text(Math.floor(NOW / step) * step)}'
         ORDER BY latency_count DESC, at LIMIT 12`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        const from = row.number('at') * 1_000;
        const filters = { keyId: row.string('key_id'), endpoint: row.string('endpoint'), method: row.string('method') };
        expect(percentilesOf(row)).toEqual(await latencyOf(account, { from, to: from + step }, filters));
      }
    }),
    { numRuns: 3 },
  );
});

it('latency() has the percentiles of GET /usage for any range', async () => {
  await fc.assert(
    fc.asyncProperty(aWindow(MINUTE), EVENTS, async (window, events) => {
      const account = await accountWith(events);
      const range = `from = '${text(window.from)}', to = '${text(window.to)}'`;
      const rows = await readViews(usage.clickhouse, account, `SELECT * FROM latency(account = '', ${range})`);
      const answer = await usage.ask(account, { from: iso(window.from), to: iso(window.to), granularity: 'day' });
      const expected = (answer.breakdown?.byEndpoint ?? []).map(({ endpoint, requests }) => [endpoint, requests]);
      expect(rows.map((row) => [row.string('endpoint'), row.number('requests')]).sort()).toEqual(expected.sort());
      for (const row of rows) {
        expect(percentilesOf(row)).toEqual(await latencyOf(account, window, { endpoint: row.string('endpoint') }));
      }
    }),
    { numRuns: 5 },
  );
});

it.each([
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, 20 * DAY],
  ['day', DAY, 80 * DAY],
])('latency_series() has the percentiles of GET /usage by %s', async (granularity, step, length) => {
  const to = Math.floor(NOW / step) * step;
  const range = `from = '${text(to - length)}', to = '${text(to)}', step = ${step / 1_000}`;
  await fc.assert(
    fc.asyncProperty(EVENTS, async (events) => {
      const account = await accountWith(events);
      const rows = await readViews(
        usage.clickhouse,
        account,
        `SELECT *, toUnixTimestamp(bucket) AS at FROM latency_series(account = '${account}', ${range}) ORDER BY bucket`,
      );
      const { timeSeries } = await usage.ask(account, { from: iso(to - length), to: iso(to), granularity });
      const points = timeSeries.filter(({ requests }) => requests > 0);
      expect(
        rows.map((row) => ({
          timestamp: iso(row.number('at') * 1_000),
          requests: row.number('requests'),
          p50: row.numberOrNull('p50'),
          p95: row.numberOrNull('p95'),
          p99: row.numberOrNull('p99'),
        })),
      ).toEqual(points.map(({ timestamp, requests, p50, p95, p99 }) => ({ timestamp, requests, p50, p95, p99 })));
    }),
    { numRuns: 3 },
  );
});
