/**
 * What ClickHouse reads for GET /usage, as EXPLAIN shows it over a table that is filled: partitions are pruned, and the
 * primary key is used with the account and the time. Real: the engine and the schema. Not real: the events.
 */
import { DAY, HOUR, MINUTE, bucketStartsIn } from '@meterhouse/common';
import { type SeriesSource } from '../../apps/api/src/usage/read/aggregates';
import { breakdownQuery, scanQuery } from '../../apps/api/src/usage/read/sql/breakdown.sql';
import { peaksQuery, recentQuery } from '../../apps/api/src/usage/read/sql/context.sql';
import { groupsQuery, seriesQuery, topGroupsQuery } from '../../apps/api/src/usage/read/sql/series.sql';
import type { Query } from '../../apps/api/src/usage/read/sql/source.sql';
import { type RollupSet, type ReadPlan, readPlanOf } from '../../apps/api/src/usage/request/read-plan';
import { type Engine, openEngine } from './ingest-fixture';
import { NO_FILTERS } from '../../apps/api/src/usage/request/filters';

/** Ten weeks up to here; the day that is asked about lies late in its month and its week. */
const END = Date.UTC(2026, 4, 31);
const NOW = END - 2 * DAY + 10 * HOUR + 20 * MINUTE;
const DAYS = 70;

const ACCOUNTS = 5;
const EVENTS = 500_000;

/** What an index left of what the one before it had left. */
interface Index {
  Type: string;
  Keys?: string[];
  'Initial Parts': number;
  'Selected Parts': number;
  'Initial Granules': number;
  'Selected Granules': number;
}

interface Node {
  'Node Type': string;
  Description?: string;
  Indexes?: Index[];
  Plans?: Node[];
}

/** How much of a table is read: what all of its indexes leave together. */
interface Reading {
  table: string;
  keys: string[];
  parts: number;
  granules: number;
  ofParts: number;
  ofGranules: number;
}

function readingsIn(node: Node): Reading[] {
  const below = (node.Plans ?? []).flatMap(readingsIn);
  if (node['Node Type'] !== 'ReadFromMergeTree') return below;
  const indexes = node.Indexes ?? [];
  const [first, last] = [indexes[0], indexes.at(-1)];
  return [
    ...below,
    {
      table: node.Description?.replace(/^.*\./, '') ?? '',
      keys: indexes.find((index) => index.Type === 'PrimaryKey')?.Keys ?? [],
      parts: last?.['Selected Parts'] ?? Infinity,
      granules: last?.['Selected Granules'] ?? Infinity,
      ofParts: first?.['Initial Parts'] ?? 0,
      ofGranules: first?.['Initial Granules'] ?? 0,
    },
  ];
}

describe('what GET /usage reads', () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await openEngine();
    // Evenly over accounts and time, so that each account has an equal share of every table.
    await engine.clickhouse.command(
      `INSERT INTO events (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us)
       SELECT
           concat('account-', toString(number % ${ACCOUNTS})),
           concat('key-', toString(cityHash64(number, 1) % 3)),
           toString(number),
           false,
           toDateTime64({end:UInt32}, 3, 'UTC') - toIntervalMillisecond(1 + cityHash64(number, 2) % ${DAYS * DAY}),
           ['GET', 'POST'][1 + cityHash64(number, 3) % 2],
           concat('/v1/things/', toString(cityHash64(number, 4) % 20)),
           [200, 201, 404, 500][1 + cityHash64(number, 5) % 4],
           cityHash64(number, 6) % 1000000
       FROM numbers(${EVENTS})
       SETTINGS max_partitions_per_insert_block = 0`,
      { end: END / 1_000 },
    );
  });
  afterAll(() => engine.close());

  async function readingsOf({ sql, parameters }: Query): Promise<Reading[]> {
    const rows = await engine.clickhouse.query(`EXPLAIN indexes = 1, json = 1 ${sql}`, parameters);
    const [{ Plan: plan } = { Plan: null }] = JSON.parse(rows.map((row) => row.string('explain')).join('\n')) as {
      Plan: Node;
    }[];
    if (plan === null) throw new Error('EXPLAIN should give a plan.');
    return readingsIn(plan);
  }

  function sourceOf(plan: ReadPlan, given: Partial<SeriesSource> = {}): SeriesSource {
    return {
      scope: 'account-3',
      filters: NO_FILTERS,
      plan,
      granularity: 'hour',
      calendar: { timezone: 'UTC', weekStart: 'monday' },
      starts: [],
      ...given,
    };
  }

  const lastDay = (rollupSet: RollupSet): ReadPlan =>
    readPlanOf(rollupSet, { from: NOW - DAY, to: NOW + MINUTE }, [], 'hour');
  const lastWeek = (rollupSet: RollupSet): ReadPlan =>
    readPlanOf(rollupSet, { from: NOW - 7 * DAY, to: NOW + MINUTE }, [], 'day');
  const kolkata = { timezone: 'Asia/Kolkata', weekStart: 'monday' } as const;
  const starts = bucketStartsIn('day', NOW - 30 * DAY, NOW, kolkata);
  const month = (rollupSet: RollupSet): ReadPlan =>
    readPlanOf(rollupSet, { from: NOW - 30 * DAY, to: NOW }, starts, 'hour');
  const filters = { ...NO_FILTERS, endpoints: ['/v1/things/3'], statusClasses: [4, 5], keyIds: ['key-1'] };
  const of = { scope: 'account-3', filters: NO_FILTERS };
  const twoDays = { from: NOW - 2 * DAY, to: NOW };
  const peaks = {
    from: NOW - DAY,
    minutes: readPlanOf('traffic', twoDays, [], 'minute'),
    hours: readPlanOf('traffic', twoDays, [NOW - DAY], 'hour'),
    fullestHour: true,
    hourStarts: [],
    previous: { from: NOW - 2 * DAY, cut: NOW - DAY - HOUR, to: NOW - DAY },
  };
  const recent = {
    now: NOW,
    peaksIn: { from: NOW - DAY, to: NOW },
    withHour: true,
    hourStarts: [],
    previousIn: { from: NOW - 2 * DAY, cut: NOW - DAY - MINUTE, to: NOW - DAY },
  };
  const few = readPlanOf('detail', { from: NOW - DAY, to: NOW + MINUTE }, [], 'minute');

  /** What is read of a table at most. An account has 5 of 50 granules a month: a day of it is one, and one at each end. */
  const DAY_AT_MOST = { parts: 2, granules: 3 };
  const WEEK_AT_MOST = { parts: 2, granules: 4 };
  const MONTH_AT_MOST = { parts: 6, granules: 12 };

  it.each<[string, Query, { parts: number; granules: number }]>([
    ['the series of a day', seriesQuery(sourceOf(lastDay('traffic')), true, true), DAY_AT_MOST],
    [
      'the series of a day with filters',
      seriesQuery(sourceOf(lastDay('detail'), { filters }), true, false),
      DAY_AT_MOST,
    ],
    [
      'the breakdown of a day',
      breakdownQuery(sourceOf(lastDay('detail')), { sort: 'requests', order: 'desc' }, true),
      DAY_AT_MOST,
    ],
    ['a part of a breakdown, of a day', breakdownQuery(sourceOf(lastDay('detail')), 'part', true), DAY_AT_MOST],
    [
      'the breakdown of a week',
      breakdownQuery(sourceOf(lastWeek('detail'), { filters }), { sort: 'latency', order: 'asc' }, false),
      WEEK_AT_MOST,
    ],
    [
      'the first groups of a day',
      topGroupsQuery(sourceOf(lastDay('detail')), { columns: ['endpoint', 'method'], limit: 5 }),
      DAY_AT_MOST,
    ],
    [
      'the groups of a day',
      groupsQuery(sourceOf(lastDay('traffic')), { columns: ['key_id'] }, [['key-1']], true),
      DAY_AT_MOST,
    ],
    ['the peaks of a day', peaksQuery(of, peaks), DAY_AT_MOST],
    ['what runs, and the peaks of a day', recentQuery(of, recent), DAY_AT_MOST],
    ['a scan of a day', scanQuery(sourceOf(few), { sort: 'requests', order: 'desc' }, true), DAY_AT_MOST],
    [
      'days off the hour, with a span for each',
      seriesQuery(sourceOf(month('traffic'), { granularity: 'day', calendar: kolkata, starts }), true, false),
      MONTH_AT_MOST,
    ],
    [
      'days off the hour of raw events',
      seriesQuery(sourceOf(month('detail'), { filters, granularity: 'day', calendar: kolkata, starts }), true, false),
      MONTH_AT_MOST,
    ],
  ])('%s is found by account and time, and nothing else is read', async (_, query, most) => {
    const readings = await readingsOf(query);
    expect(readings.some((reading) => reading.ofGranules >= 40)).toBe(true);
    for (const reading of readings) {
      expect(reading.keys.slice(0, 2)).toEqual(['account_id', reading.table === 'events' ? 'timestamp' : 'bucket']);
      expect(reading.parts).toBeLessThanOrEqual(most.parts);
      expect(reading.granules).toBeLessThanOrEqual(most.granules);
    }
  });

  it('a day of all accounts leaves out the partitions of other weeks and months', async () => {
    for (const rollupSet of ['traffic', 'detail'] as const) {
      const readings = await readingsOf(seriesQuery(sourceOf(lastDay(rollupSet), { scope: null }), true, false));
      for (const { parts, ofParts, granules, ofGranules } of readings) {
        expect(parts).toBeLessThan(ofParts);
        expect(granules).toBeLessThan(ofGranules);
      }
    }
  });

  it('whole hours and days never touch raw events', async () => {
    const span = { from: NOW - (NOW % DAY) - 40 * DAY, to: NOW - (NOW % HOUR) };
    for (const query of [
      seriesQuery(sourceOf(readPlanOf('traffic', span, [], 'hour')), true, false),
      seriesQuery(sourceOf(readPlanOf('detail', span, [], 'day')), true, false),
      breakdownQuery(sourceOf(readPlanOf('detail', span, [], 'day')), { sort: 'requests', order: 'desc' }, true),
    ]) {
      const tables = (await readingsOf(query)).map((reading) => reading.table);
      expect(tables).not.toContain('events');
      expect(tables).not.toContain('traffic_minute');
    }
  });
});
