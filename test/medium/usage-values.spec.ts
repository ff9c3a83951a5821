/**
 * GET /usage of an account with more values of each dimension than an answer shows, against the oracle, and of one with more
 * than may be read: what ClickHouse returns has a bound.
 * Real: the engine, the schema and its views, the service with its modules. Not real: the clock, which stands still.
 */
import type { Row } from '@meterhouse/clickhouse';
import fc from 'fast-check';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { MAX_ROWS } from '../../apps/api/src/usage/read/sql/breakdown.sql';
import { type OracleEvent, byBytes, groupBy, oracleTraffic } from '../support/usage-oracle';
import { type Parameters, type UsageFixture, openUsage } from './usage-fixture';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 18, 12, 20);
const DAY_BY_HOUR = { timeframe: '24h', granularity: 'hour' };
const MAX_VALUES = 1_000;
const OTHER = '{other}';

let usage: UsageFixture;
beforeAll(async () => {
  usage = await openUsage(NOW);
});
afterAll(() => usage.close());

/** The number of rows that each statement returned while the work was done. */
async function rowsOf(work: () => Promise<unknown>): Promise<number[]> {
  const counts: number[] = [];
  const query = usage.clickhouse.query.bind(usage.clickhouse);
  const spy = jest.spyOn(usage.clickhouse, 'query').mockImplementation(async (...given) => {
    const rows: Row[] = await query(...given);
    counts.push(rows.length);
    return rows;
  });
  await work().finally(() => spy.mockRestore());
  return counts;
}

describe('an account with more values than are shown', () => {
  /**
   * Few events of many values: most values have the same number of requests, and names decide. Their rows are few enough to
   * be cut in the service, too.
   */
  const someEvents = fc.record({ seed: fc.nat(1_000), values: fc.integer({ min: 990, max: 1_150 }) }).map(eventsOf);

  function eventsOf({ seed, values }: { seed: number; values: number }): OracleEvent[] {
    return Array.from({ length: 2 * values }, (_, index) => {
      const value = index < values ? index : (index * (seed + 7)) % (1 + (index % values));
      const statusCode = [200, 404, 500, 429][(index + seed) % 4] ?? 200;
      return {
        keyId: `key-${value}`,
        timestamp: NOW - 1 - ((index * 7_919) % (20 * HOUR)),
        method: value === 3 ? OTHER : `M${(value * 3) % values}`,
        endpoint: value === 5 ? OTHER : `/${(value * 7) % values}`,
        statusCode,
        latencyMs: (index * 31) % 1_000,
        requestBytes: index,
        responseBytes: 1,
        errorType: statusCode < 400 ? '' : value === 4 ? OTHER : `type-${value}`,
      };
    });
  }

  /** The rows of a dimension: name and number, the most first, all past 1,000 as the last. */
  function expectedRows(events: OracleEvent[], nameOf: (event: OracleEvent) => string): [string, number][] {
    const all = [...groupBy(events, nameOf)]
      .map(([name, own]): [string, number] => [name, own.length])
      .sort(([a, m], [b, n]) => n - m || byBytes(a, b));
    if (all.length <= MAX_VALUES) return all;
    const shown = all.filter(([name]) => name !== OTHER).slice(0, MAX_VALUES - 1);
    return [...shown, [OTHER, events.length - shown.reduce((sum, [, count]) => sum + count, 0)]];
  }

  function expectDimensions({ breakdown, errors }: UsageResponseDto, events: OracleEvent[]): void {
    const failed = events.filter(({ statusCode }) => statusCode >= 400);
    expect(breakdown?.byMethod.map((row) => [row.method, row.requests])).toEqual(
      expectedRows(events, ({ method }) => method),
    );
    expect(breakdown?.byKey.map((row) => [row.keyId, row.requests])).toEqual(
      expectedRows(events, ({ keyId }) => keyId),
    );
    expect(errors?.byType.map((row) => [row.type, row.count])).toEqual(
      expectedRows(failed, ({ errorType }) => errorType),
    );
    expect(errors?.byEndpoint.map((row) => [row.endpoint, row.count])).toEqual(
      [...groupBy(failed, ({ endpoint }) => endpoint)]
        .map(([name, own]): [string, number] => [name, own.length])
        .sort(([a, m], [b, n]) => n - m || byBytes(a, b))
        .slice(0, MAX_VALUES),
    );
    const failures = [breakdown?.byMethod, breakdown?.byKey].map((rows) =>
      rows?.reduce((sum, row) => sum + row.failedRequests, 0),
    );
    expect(failures).toEqual([failed.length, failed.length]);
    const codes = groupBy(events, ({ statusCode }) => statusCode);
    expect(new Map(breakdown?.byStatusCode.map((row) => [row.statusCode, row.requests]))).toEqual(
      new Map([...codes].map(([code, own]) => [code, own.length])),
    );
  }

  it.each([
    ['cut in the service', false],
    ['cut in ClickHouse', true],
  ])('has exact sums, %s', async (_, top) => {
    await fc.assert(
      fc.asyncProperty(someEvents, async (events) => {
        const account = await usage.account();
        await usage.insert(account.id, events, 3_000);
        usage.readTop(top);
        const order = [...groupBy(events, ({ endpoint }) => endpoint)].sort(
          ([a, m], [b, n]) => n.length - m.length || byBytes(a, b),
        );
        for (const offset of [0, 950, order.length - 10, order.length + 5]) {
          const answer = await usage.ask(account.id, { ...DAY_BY_HOUR, offset: `${offset}` });
          expectDimensions(answer, events);
          const total = oracleTraffic(events);
          expect(answer.usage).toMatchObject({ totalRequests: total.requests, failedRequests: total.failed });
          expect(answer.pagination).toEqual({
            total: order.length,
            limit: 100,
            offset,
            hasMore: offset + 100 < order.length,
          });
          expect(
            answer.breakdown?.byEndpoint.map(({ endpoint, requests, dataTransferred }) => [
              endpoint,
              requests,
              dataTransferred,
            ]),
          ).toEqual(
            order.slice(offset, offset + 100).map(([name, own]) => [name, own.length, oracleTraffic(own).bytes]),
          );
        }
        usage.readTop(false);
      }),
      { numRuns: 3 },
    );
  });

  it('answers the same, alerts too, wherever it is cut', async () => {
    const account = await usage.account();
    await usage.insert(account.id, eventsOf({ seed: 3, values: 1_150 }), 3_000);
    const queries: Parameters[] = [
      DAY_BY_HOUR,
      { ...DAY_BY_HOUR, sort: 'latency', order: 'asc', offset: '70', includeErrors: 'false' },
      { ...DAY_BY_HOUR, includeBreakdown: 'false', includeLatency: 'false' },
      { timeframe: '7d', granularity: 'day', statusCode: '4xx', sort: 'errors' },
    ];
    for (const query of queries) {
      usage.readTop(false);
      const inService = await usage.ask(account.id, query);
      usage.readTop(true);
      expect(await usage.ask(account.id, query)).toEqual(inService);
    }
    usage.readTop(false);
  });
});

describe('an account with more names than may be read', () => {
  const NAMES = 100_000;
  let account: Awaited<ReturnType<UsageFixture['account']>>;
  let other: Awaited<ReturnType<UsageFixture['account']>>;
  let ofOtherBefore: number[];
  const rowsOfOther = (): Promise<number[]> =>
    rowsOf(() => usage.ask(other.id, { ...DAY_BY_HOUR, limit: '1' })).then((counts) => counts.sort((a, b) => a - b));

  beforeAll(async () => {
    account = await usage.account();
    other = await usage.account();
    const insert = (accountId: string, count: number, names: number): Promise<void> =>
      usage.clickhouse.command(
        `INSERT INTO events
           (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us, error_type)
         SELECT {accountId:String}, concat('k', toString(number % 2000)), toString(number), false,
             toDateTime64({now:UInt32} - 1 - number % 40000, 3, 'UTC'), 'GET',
             concat('/word-', toString(number % {names:UInt32})), if(number % 3 = 0, 500, 200), number % 9999,
             if(number % 3 = 0, concat('type-', toString(number % 6000)), '')
         FROM numbers({count:UInt32})
         SETTINGS async_insert = 0, max_partitions_per_insert_block = 0`,
        { accountId, now: NOW / 1_000, count, names },
      );
    await insert(other.id, 5_000, 20);
    // The second answer is read as all later ones: how many events there are is known by then.
    await rowsOfOther();
    usage.clock.at = NOW + 1;
    await insert(other.id, 1, 1);
    ofOtherBefore = await rowsOfOther();
    await insert(account.id, NAMES, NAMES);
  });

  it.each([
    ['of its own', () => account.id, NAMES],
    ['over all accounts', () => null, NAMES],
  ])('is answered from a bounded number of rows: %s', async (_, scope, names) => {
    const bare = { includeBreakdown: 'false', includeErrors: 'false', includeLatency: 'false' };
    let answer: UsageResponseDto | undefined;
    const first = await rowsOf(async () => {
      answer = await usage.ask(scope(), { ...DAY_BY_HOUR, limit: '1' });
    });
    expect(answer?.usage.totalRequests).toBeGreaterThanOrEqual(NAMES);
    expect(answer?.pagination.total).toBeGreaterThanOrEqual(names);
    expect(answer?.breakdown?.byEndpoint).toHaveLength(1);
    expect([answer?.breakdown?.byKey.length, answer?.errors?.byType.length]).toEqual([MAX_VALUES, MAX_VALUES]);
    expect(Math.max(...first)).toBeLessThanOrEqual(6 * MAX_VALUES + 1);
    // It is known by now, so that not even that many are read in vain.
    const again = await rowsOf(async () => {
      answer = await usage.ask(scope(), { ...DAY_BY_HOUR, ...bare });
    });
    expect(answer).not.toHaveProperty('breakdown');
    expect(Math.max(...again)).toBeLessThanOrEqual(MAX_VALUES + 100);
  });

  it('has no row in what is read for another account', async () => {
    expect(ofOtherBefore.length).toBeGreaterThan(1);
    expect(Math.max(...ofOtherBefore)).toBeLessThan(MAX_ROWS);
    expect(await rowsOfOther()).toEqual(ofOtherBefore);
  });
});
