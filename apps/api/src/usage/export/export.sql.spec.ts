/** Snapshots of the statements, so that a reviewer reads the SQL that runs. */
import { DAY, HOUR } from '@meterhouse/common';
import { type SeriesSource } from '../read/aggregates';
import { readPlanOf } from '../request/read-plan';
import { breakdownExportQuery } from './sql/breakdown.sql';
import { groupedTimeSeriesQuery, timeSeriesQuery } from './sql/time-series.sql';
import { EXPORT_TABLES } from './table';
import { NO_FILTERS } from '../request/filters';
import { UTC_CALENDAR } from '../../../../../test/support/utc-calendar';

const FROM = Date.UTC(2026, 2, 1);
const TO = FROM + 2 * DAY;

const HOURS: SeriesSource = {
  scope: 'acme',
  filters: NO_FILTERS,
  plan: readPlanOf('traffic', { from: FROM, to: TO }, [], 'hour'),
  granularity: 'hour',
  calendar: UTC_CALENDAR,
  starts: [],
};
const DAYS: SeriesSource = { ...HOURS, granularity: 'day', starts: [FROM, FROM + DAY] };
const DETAIL: SeriesSource = { ...HOURS, plan: readPlanOf('detail', { from: FROM, to: TO }, [], 'day') };
const LAYOUT = { withLatency: true, format: 'csv' } as const;
const ALL = { ...LAYOUT, keyNames: new Map([['key_1', 'Shop']]) };

describe('the statement of an export', () => {
  it('is this for hours', () => {
    const { sql, parameters } = timeSeriesQuery(HOURS, [FROM, TO - HOUR], LAYOUT);
    expect(sql).toMatchSnapshot();
    // The middle of the window needs no row of its own.
    expect(Object.values(parameters).at(-1)).toEqual([FROM / 1_000, (TO - HOUR) / 1_000]);
  });

  it('makes sure of enough hours that few are filled in at once', () => {
    const { parameters } = timeSeriesQuery(HOURS, [FROM, FROM + 130 * HOUR], LAYOUT);
    expect(Object.values(parameters).at(-1)).toEqual([0, 64, 128, 130].map((hours) => (FROM + hours * HOUR) / 1_000));
  });

  it('is this for days, without latency', () => {
    expect(timeSeriesQuery(DAYS, [FROM, FROM + DAY], { ...LAYOUT, withLatency: false }).sql).toMatchSnapshot();
  });

  it('is this for groups', () => {
    const groups = [
      { column: 'endpoint', name: 'endpoint' },
      { column: 'status_code', name: 'statusCode' },
    ] as const;
    expect(groupedTimeSeriesQuery(DETAIL, groups, LAYOUT).sql).toMatchSnapshot();
  });

  it.each(EXPORT_TABLES.filter((table) => table !== 'timeSeries'))('is this for %s', (table) => {
    expect(breakdownExportQuery(table, DETAIL, ALL).sql).toMatchSnapshot();
  });

  it('leaves text as it is where no spreadsheet opens it', () => {
    for (const format of ['ndjson', 'parquet', 'arrow'] as const) {
      expect(breakdownExportQuery('keys', DETAIL, { ...ALL, format }).sql).not.toContain('replaceRegexpOne');
    }
  });

  it('holds no text that a client sent', () => {
    const evil = "x'; DROP TABLE events --{p0:String}";
    const filters = { ...NO_FILTERS, endpoints: [evil], keyIds: [evil], errorTypes: [evil], methods: [evil] };
    const source = { ...DETAIL, scope: evil, filters };
    const statements = [
      timeSeriesQuery(source, [FROM, TO], LAYOUT),
      groupedTimeSeriesQuery(source, [{ column: 'endpoint', name: 'endpoint' }], LAYOUT),
      breakdownExportQuery('keys', source, { ...LAYOUT, keyNames: new Map([[evil, evil]]) }),
    ];
    for (const { sql } of statements) expect(sql).not.toContain('DROP');
  });
});
