/**
 * A window that is read in parts: their breakdowns joined equal the one that a statement makes of all of it.
 * Real: the engine, the schema and its views, the repository.
 */
import { type ClickHouse, Row } from '@meterhouse/clickhouse';
import { type Resolution, Slices } from '@meterhouse/common';
import fc from 'fast-check';
import { joinParts } from '../../apps/api/src/usage/read/breakdown-rows';
import { type ReadPlan, splitPlan, readPlanOf } from '../../apps/api/src/usage/request/read-plan';
import { areStatesReadable, stateCheckQuery } from '../../apps/api/src/usage/read/sql/state-check.sql';
import { UsageRepository } from '../../apps/api/src/usage/read/usage.repository';
import { DataVersions } from '../../apps/api/src/storage/data-versions';
import { type UsageFixture, openUsage } from './usage-fixture';
import { ENDPOINT_SORTS, NO_FILTERS } from '../../apps/api/src/usage/request/filters';
import { UTC_CALENDAR } from '../support/utc-calendar';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 18, 12);
const SORTING = { sort: 'requests', order: 'desc' } as const;

let usage: UsageFixture;
beforeAll(async () => {
  usage = await openUsage(NOW);
}, 60_000);
afterAll(() => usage.close());

/**
 * Events of ten days on endpoints of very different traffic, so that latency states come in every form the engine has:
 * /0 has two events, /1 some dozens, /2 some hundreds, /3 and /4 thousands; the last with latencies up to an hour. /3 never
 * fails, so that no two orders are the same.
 */
async function insertTraffic(accountId: string, seed: number): Promise<void> {
  await usage.clickhouse.command(
    `INSERT INTO events
       (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us, request_bytes,
        response_bytes, error_type)
     SELECT
         {accountId:String},
         concat('key', toString(random % 3)),
         toString(number),
         false,
         toDateTime64({now:UInt32} - 1 - random % 864000, 3, 'UTC'),
         ['GET', 'POST'][1 + random % 2],
         concat('/', toString(route)),
         if(route = 3, 200, [200, 200, 404, 429, 503][1 + intDiv(random, 7) % 5]) AS status,
         toUInt32(exp((intDiv(random, 11) % 100000) / 100000 * if(route = 4, 22, 9))),
         random % 1000,
         random % 5000,
         if(status >= 400, concat('type', toString(random % 2)), '')
     FROM
     (
         SELECT
             number,
             cityHash64(number, {seed:UInt32}) AS random,
             multiIf(number < 2, 0, number < 50, 1, number < 500, 2, number < 9000, 3, 4) AS route
         FROM numbers(20000)
     )
     SETTINGS async_insert = 0, max_partitions_per_insert_block = 0`,
    { accountId, now: NOW / 1_000, seed },
  );
}

it('joins parts to what is read at once, in every order', async () => {
  const repository = usage.app.get(UsageRepository);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1_000_000),
      fc.integer({ min: 1, max: 239 }).map((hours) => NOW - hours * HOUR),
      fc.boolean(),
      async (seed, at, withLatency) => {
        const { id } = await usage.account();
        await insertTraffic(id, seed);
        const of = { scope: id, filters: NO_FILTERS };
        const split = (coarsest: Resolution): Record<'whole' | 'before' | 'after', ReadPlan> => {
          const whole = readPlanOf('detail', { from: NOW - 10 * DAY, to: NOW }, [at], coarsest);
          const { before, after } = splitPlan(whole, at);
          if (before === null || after === null) throw new Error('The cut lies within the window.');
          return { whole, before, after };
        };
        const days = split('day');
        const minutes = split('minute');
        const byHour = { ...of, granularity: 'hour', calendar: UTC_CALENDAR, starts: [] } as const;
        const [first, second] = await Promise.all([
          repository.breakdownPart({ ...of, plan: days.before }, withLatency, {}),
          repository.scanPart({ ...byHour, plan: minutes.after }, withLatency, {}),
        ]);
        const scan = await repository.scan({ ...byHour, plan: minutes.whole }, SORTING, withLatency, {});
        expect(new Map([...scan.points].filter(([start]) => start >= at))).toEqual(second.points);
        for (const sort of ENDPOINT_SORTS) {
          for (const order of ['asc', 'desc'] as const) {
            const whole = await repository.breakdown({ ...of, plan: days.whole }, { sort, order }, withLatency, {});
            const joined = await joinParts([first, second.rows], { sort, order }, new Slices(null));
            expect(joined.total).toEqual(whole.total);
            expect(joined.endpoints).toEqual(whole.endpoints);
            for (const dimension of ['methods', 'statusCodes', 'errorTypes', 'keys'] as const) {
              expect(new Set<unknown>(joined[dimension])).toEqual(new Set<unknown>(whole[dimension]));
            }
            expect(whole.total.requests).toBe(20_000);
          }
        }
      },
    ),
    { numRuns: 8 },
  );
}, 60_000);

describe('the check of latency states at start', () => {
  const { sql, parameters } = stateCheckQuery();

  it('finds those of this engine readable, in each of their forms', async () => {
    const rows = await usage.clickhouse.query(sql, parameters);
    expect(areStatesReadable(rows)).toBe(true);
    const states = rows.map((row) => Buffer.from(row.string('latency_state'), 'base64'));
    expect(new Set(states.map((state) => state[0]))).toEqual(new Set([1, 2, 3]));
  });

  it.each<[string, (state: Buffer) => Buffer]>([
    ['of another kind', (state) => Buffer.concat([Buffer.from([9]), state.subarray(1)])],
    ['cut', (state) => state.subarray(0, -4)],
    ['with other values', (state) => Buffer.from(state.map((byte, index) => (index === 12 ? byte ^ 1 : byte)))],
  ])('finds states %s unreadable, and windows are read whole then', async (_, change) => {
    const rows = await usage.clickhouse.query(sql, parameters);
    const changed = rows.map((row) => {
      const state = change(Buffer.from(row.string('latency_state'), 'base64')).toString('base64');
      return new Row({
        latency_state: state,
        latency_codes: row.numbersOrNull('latency_codes'),
        timed_count: row.number('timed_count'),
      });
    });
    expect(areStatesReadable(changed)).toBe(false);
    const engine = { embedded: true, query: () => Promise.resolve(changed) } as unknown as ClickHouse;
    const repository = new UsageRepository(engine, usage.app.get(DataVersions));
    await repository.onModuleInit();
    expect([repository.partsEnd, repository.historyEnd]).toEqual([null, expect.any(Number)]);
  });
});
