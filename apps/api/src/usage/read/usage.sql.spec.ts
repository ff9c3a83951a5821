/** Snapshots of every statement shape, so that a reviewer reads the SQL that runs; and none of it comes from a client. */
import { DAY, GRANULARITIES, type Granularity, HOUR, MINUTE, RESOLUTIONS, bucketStartsIn } from '@meterhouse/common';
import { type PeakSources, type RecentSources, type SeriesSource, type Source } from './aggregates';
import { breakdownQuery, scanQuery } from './sql/breakdown.sql';
import { firstEventQuery, usedKeysQuery, peaksQuery, recentQuery } from './sql/context.sql';
import { groupsQuery, seriesQuery, topGroupsQuery } from './sql/series.sql';
import type { Query } from './sql/source.sql';
import { shownBreakdownQuery, topValuesQuery } from './sql/top.sql';
import { type RollupSet, readPlanOf } from '../request/read-plan';
import { ENDPOINT_SORTS, type Filters, NO_FILTERS, type Column } from '../request/filters';
import { UTC_CALENDAR } from '../../../../../test/support/utc-calendar';

const NOW = Date.parse('2026-03-31T10:20:00Z');

/** Every filter there is. */
const FILTERS: Filters = {
  keyIds: ['key_1', 'key_2'],
  endpoints: ['/v1/orders'],
  methods: ['GET', 'POST'],
  statusCodes: [200, 404],
  statusClasses: [5],
  errorTypes: ['not_found'],
};

/** Minutes at both ends, hours between them, and whole days where those are read. */
const span = { from: NOW - 3 * DAY - 2.5 * HOUR, to: NOW - 20 * MINUTE };

function sourceOf(rollupSet: RollupSet, given: Partial<SeriesSource> = {}): SeriesSource {
  const { starts = [] } = given;
  const coarsest = rollupSet === 'detail' ? 'day' : 'hour';
  return {
    scope: 'acme',
    filters: NO_FILTERS,
    plan: readPlanOf(rollupSet, span, starts, coarsest),
    granularity: starts.length > 0 ? 'day' : 'hour',
    calendar: UTC_CALENDAR,
    starts,
    ...given,
  };
}

/** Days that begin at 18:30 UTC: a span of minutes around each of their starts. */
const KOLKATA: SeriesSource = (() => {
  const starts = Array.from({ length: 8 }, (_, day) => Date.parse('2026-03-22T18:30:00Z') + day * DAY);
  const plan = readPlanOf('traffic', { from: starts[0] ?? 0, to: NOW }, starts, 'hour');
  return {
    ...sourceOf('traffic'),
    granularity: 'day',
    calendar: { ...UTC_CALENDAR, timezone: 'Asia/Kolkata' },
    starts,
    plan,
  };
})();

const TOP = { column: 'endpoint', failedOnly: false, sort: 'latency', order: 'desc', limit: 100, offset: 200 } as const;
const SHOWN = { endpoint: ['/v1/orders'], method: ['GET'], error_type: ['not_found', ''], key_id: ['key_1'] };

const PEAKS: PeakSources = {
  from: span.from,
  minutes: readPlanOf('traffic', span, [], 'minute'),
  hours: readPlanOf('traffic', { from: NOW - 8 * DAY, to: span.to }, [span.from], 'hour'),
  fullestHour: true,
  hourStarts: [],
  previous: { from: NOW - 8 * DAY, cut: span.from - 2 * HOUR, to: span.from - HOUR },
};

const RECENT: RecentSources = {
  now: NOW,
  peaksIn: span,
  withHour: true,
  hourStarts: [],
  previousIn: { from: NOW - 8 * DAY, cut: span.from - 2 * MINUTE, to: span.from - MINUTE },
};

const KOLKATA_HOURS = bucketStartsIn('hour', NOW - 3 * HOUR, NOW, KOLKATA.calendar);

/** Minutes alone, as raw events are scanned. */
const MINUTES = { ...sourceOf('detail'), plan: readPlanOf('detail', span, [], 'minute') };

describe('the statements of GET /usage', () => {
  it.each<[string, Query]>([
    ['a series from the traffic rollups', seriesQuery(sourceOf('traffic'), true, false)],
    ['a series with its total', seriesQuery(sourceOf('traffic'), true, true)],
    ['a series without latency', seriesQuery(sourceOf('traffic'), false, false)],
    ['a series of minutes', seriesQuery(sourceOf('traffic', { granularity: 'minute' }), false, false)],
    ['a series of days in a zone off the hour, which has many spans', seriesQuery(KOLKATA, false, false)],
    [
      'a series with filters, whose minutes are raw events',
      seriesQuery(sourceOf('detail', { filters: FILTERS }), true, false),
    ],
    [
      'a series of keys in all accounts',
      seriesQuery(sourceOf('traffic', { scope: null, filters: { ...NO_FILTERS, keyIds: ['key_1'] } }), false, false),
    ],
    [
      'a series of nothing',
      seriesQuery(
        { ...sourceOf('detail'), plan: readPlanOf('detail', { from: NOW, to: NOW }, [], 'day') },
        false,
        false,
      ),
    ],
    ['the first groups by key', topGroupsQuery(sourceOf('traffic'), { columns: ['key_id'], limit: 10 })],
    [
      'the first groups by two dimensions',
      topGroupsQuery(sourceOf('detail', { filters: FILTERS }), { columns: ['endpoint', 'status_code'], limit: 3 }),
    ],
    [
      'groups by account',
      groupsQuery(sourceOf('traffic', { scope: null }), { columns: ['account_id'] }, [['acme'], ['apex']], true),
    ],
    [
      'groups by two dimensions',
      groupsQuery(
        sourceOf('detail', { filters: FILTERS }),
        { columns: ['endpoint', 'status_code'] },
        [['/', '404']],
        false,
      ),
    ],
    [
      'a series of hours off those of UTC',
      seriesQuery(sourceOf('traffic', { calendar: KOLKATA.calendar, starts: KOLKATA_HOURS }), false, false),
    ],
    [
      'a series that ends within a minute',
      seriesQuery(
        { ...sourceOf('traffic'), plan: readPlanOf('traffic', { ...span, to: NOW + 30_400 }, [], 'hour') },
        true,
        true,
      ),
    ],
    [
      'a series by key of which the hours are gone',
      seriesQuery(
        { ...sourceOf('traffic'), plan: readPlanOf('traffic', { from: NOW - 9 * DAY, to: NOW }, [], 'day') },
        true,
        true,
      ),
    ],
    ['a breakdown', breakdownQuery(sourceOf('detail'), { sort: 'requests', order: 'desc' }, true)],
    [
      'a breakdown with filters, without latency',
      breakdownQuery(sourceOf('detail', { filters: FILTERS }), { sort: 'latency', order: 'asc' }, false),
    ],
    ['a part of a breakdown', breakdownQuery(sourceOf('detail'), 'part', true)],
    ['a scan of few events', scanQuery(MINUTES, { sort: 'requests', order: 'desc' }, true)],
    ['a scan of a part', scanQuery(MINUTES, 'part', true)],
    [
      'a scan with filters, without latency, by days of a zone',
      scanQuery({ ...KOLKATA, filters: FILTERS, plan: MINUTES.plan }, { sort: 'timestamp', order: 'asc' }, false),
    ],
    ['the first endpoints', topValuesQuery(sourceOf('detail'), TOP)],
    ['the first error types', topValuesQuery(sourceOf('detail'), { ...TOP, column: 'error_type', failedOnly: true })],
    ['a breakdown of first values', shownBreakdownQuery(sourceOf('detail'), SHOWN, true)],
    ['the peaks', peaksQuery({ scope: 'acme', filters: FILTERS }, PEAKS)],
    [
      'the peaks by hours off those of UTC, and nothing before',
      peaksQuery({ scope: 'acme', filters: NO_FILTERS }, { ...PEAKS, hourStarts: KOLKATA_HOURS, previous: null }),
    ],
    ['the peak minute alone', peaksQuery({ scope: 'acme', filters: NO_FILTERS }, { ...PEAKS, hours: null })],
    ['what runs, and the last days', recentQuery({ scope: 'acme', filters: FILTERS }, RECENT)],
    [
      'what runs, and the last days by hours off those of UTC',
      recentQuery({ scope: 'acme', filters: FILTERS }, { ...RECENT, hourStarts: KOLKATA_HOURS }),
    ],
    [
      'what runs of all accounts, and nothing else',
      recentQuery({ scope: null, filters: NO_FILTERS }, { ...RECENT, peaksIn: null, previousIn: null }),
    ],
    ['the keys used lately', usedKeysQuery({ scope: 'acme', filters: FILTERS }, { from: span.from, before: NOW })],
    ['the first event', firstEventQuery({ scope: 'acme', filters: FILTERS }, { before: NOW })],
    ['the first event of all accounts', firstEventQuery({ scope: null, filters: NO_FILTERS }, { before: null })],
  ])('%s', (_, { sql, parameters }) => {
    expect(sql).toMatchSnapshot();
    expect(placeholders(sql)).toEqual(Object.keys(parameters).sort());
  });

  it('bind instants in whole seconds, and keep filters to the keys where a rollup knows no more', () => {
    expect(
      seriesQuery(sourceOf('traffic', { filters: { ...NO_FILTERS, keyIds: ['key_1'] } }), false, false).parameters,
    ).toEqual({
      p0: 'acme',
      p1: ['key_1'],
      p2: at('2026-03-28T08:00:00Z'),
      p3: at('2026-03-31T10:00:00Z'),
      p4: 'acme',
      p5: ['key_1'],
      p6: at('2026-03-28T07:50:00Z'),
      p7: at('2026-03-28T08:00:00Z'),
    });
    expect(firstEventQuery({ scope: 'acme', filters: FILTERS }, { before: null }).parameters).toEqual({
      p0: 'acme',
      p1: FILTERS.keyIds,
      p2: 'acme',
      p3: FILTERS.keyIds,
    });
  });
});

/** What a client may send where it sends text. */
const HOSTILE = [
  "x'; DROP TABLE events --",
  "' OR 1 = 1 --",
  '\\',
  "\\' UNION ALL SELECT name FROM system.tables /*",
  '{p99:String}',
  '${sql}',
  '`events`',
  'x\0y',
];

/** Each statement in each shape, with the same text in place of everything that a client sends. */
function everyQuery(text: string): Query[] {
  const filters: Filters = { ...FILTERS, keyIds: [text], endpoints: [text], methods: [text], errorTypes: [text, text] };
  const columns: Column[][] = [['endpoint'], ['method', 'status_code'], ['key_id', 'error_type'], ['account_id']];
  const shapes = (['traffic', 'detail'] as const).flatMap((rollupSet) =>
    GRANULARITIES.flatMap((granularity: Granularity) =>
      RESOLUTIONS.map((coarsest): SeriesSource & Source => {
        const starts = KOLKATA.starts;
        const plan = readPlanOf(rollupSet, { from: NOW - 9 * DAY, to: NOW }, starts, coarsest);
        return { ...KOLKATA, scope: text, filters, granularity, plan };
      }),
    ),
  );
  return shapes.flatMap((source) => [
    seriesQuery(source, true, true),
    breakdownQuery(source, 'part', true),
    scanQuery(source, 'part', true),
    ...ENDPOINT_SORTS.flatMap((sort) =>
      (['asc', 'desc'] as const).flatMap((order) => [
        breakdownQuery(source, { sort, order }, true),
        scanQuery(source, { sort, order }, true),
      ]),
    ),
    ...(['endpoint', 'method', 'error_type', 'key_id'] as const).map((column) =>
      topValuesQuery(source, { ...TOP, column }),
    ),
    shownBreakdownQuery(source, { endpoint: [text], method: [text], error_type: [text], key_id: [text] }, true),
    ...columns.map((names) => topGroupsQuery(source, { columns: names, limit: 5 })),
    ...columns.map((names) => groupsQuery(source, { columns: names }, [[text, text], [text]], true)),
    peaksQuery(source, { ...PEAKS, minutes: source.plan, hours: source.plan }),
    recentQuery(source, RECENT),
    usedKeysQuery(source, { from: NOW, before: null }),
    firstEventQuery(source, { before: NOW }),
  ]);
}

describe('no text that a client sent', () => {
  const harmless = everyQuery('acme');

  it.each(HOSTILE)('is in any statement: %j', (text) => {
    const queries = everyQuery(text);
    expect(queries.map(({ sql }) => sql)).toEqual(harmless.map(({ sql }) => sql));
    for (const { sql, parameters } of queries) {
      // Between the values of a group stands a line break of our own.
      expect(sql.replaceAll("'\\n'", '')).not.toContain(text);
      expect(Object.values(parameters).flat().join('|')).toContain(text);
    }
  });
});

/** In the order of `Object.keys(…).sort()`. */
function placeholders(sql: string): string[] {
  return [...new Set([...sql.matchAll(/\{(\w+):/g)].map(([, name]) => name ?? ''))].sort();
}

function at(text: string): number {
  return Date.parse(text) / 1_000;
}
