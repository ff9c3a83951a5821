/** The SQL over the views of `meterhouse_bi` that gives the figures of a panel. */
import type { Usage } from '../api/client';
import { type View, endsNow } from '../state/view';
import type { Table } from './export';

type Period = Usage['period'];

const HOUR = 3_600_000;

/** What the rows of a table are of. */
const GROUPS = {
  endpoints: { column: 'endpoint', name: 'endpoint' },
  methods: { column: 'method', name: 'method' },
  statusCodes: { column: 'status_code', name: 'statusCode' },
  errorTypes: { column: 'error_type', name: 'type' },
  keys: { column: 'key_id', name: 'keyId' },
} as const;

const OF_ROLLUP = [
  'sum(u.requests) AS requests',
  'sum(u.failed) AS failedRequests',
  'sum(u.throttled) AS throttledRequests',
  'if(sum(u.latency_count) = 0, NULL, toFloat64(sum(u.latency_sum_ms)) / sum(u.latency_count)) AS averageLatency',
  'sum(u.bytes) AS dataTransferred',
];

const OF_EVENTS = [
  'count() AS requests',
  'countIf(u.status_code >= 400) AS failedRequests',
  'countIf(u.status_code = 429) AS throttledRequests',
  'avgOrNullIf(u.latency_ms, u.status_code NOT IN (101, 429)) AS averageLatency',
  'sum(u.request_bytes + u.response_bytes) AS dataTransferred',
];

/**
 * @param period as it was answered: its ends are the statement's
 * @param now decides whether the window is still running; a running one has no end in hours that begin before it
 */
export function statementOf(table: Table, view: View, period: Period, now: number): string {
  const source = sourceOf(table, view, period, now);
  const time = source === 'events' ? 'u.timestamp' : 'u.bucket';
  const sums = source === 'events' ? OF_EVENTS : OF_ROLLUP;
  const conditions = [
    ...windowOf(source, time, view, period, now),
    ...filtersOf(view),
    ...(table === 'errorTypes' ? ['u.status_code >= 400'] : []),
  ];
  const group = table === 'timeSeries' ? bucketOf(time, period) : `u.${GROUPS[table].column}`;
  const name = table === 'timeSeries' ? 'timestamp' : GROUPS[table].name;
  const order = table === 'timeSeries' ? name : `requests DESC, ${name}`;
  return [
    `SELECT\n    ${[`${group} AS ${name}`, ...sums].join(',\n    ')}`,
    `FROM ${source} AS u`,
    `WHERE ${conditions.join('\n    AND ')}`,
    `GROUP BY ${name}`,
    `ORDER BY ${order}`,
  ].join('\n');
}

/** The smallest view that has the window's ends and the filters' columns. */
function sourceOf(table: Table, view: View, period: Period, now: number): string {
  const { endpoint, method, statusCode, errorType } = view.filters;
  const inDetail = [endpoint, method, statusCode, errorType].some((values) => values.length > 0);
  const minutes = period.granularity === 'minute' || !isWholeHours(period.timezone, Date.parse(period.from));
  if (period.resolution === 'day') return 'usage_day_endpoint';
  if (!inDetail && (table === 'timeSeries' || table === 'keys')) {
    return period.resolution === 'minute' ? 'usage_minute' : 'usage_hour';
  }
  const from = Date.parse(period.from) % HOUR === 0;
  const to = Date.parse(period.to) % HOUR === 0 || endsNow(view.period, now);
  return from && to && !(minutes && table === 'timeSeries') ? 'usage_hour_endpoint' : 'events';
}

/** A zone off the hour has no buckets in UTC's hours. */
function isWholeHours(zone: string, at: number): boolean {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return !/:(?!00)\d\d/.test(name ?? '');
}

function windowOf(source: string, time: string, view: View, { from, to }: Period, now: number): string[] {
  const begin = `${time} >= ${instant(from)}`;
  // The hour or day that runs now is one row, with what came after the answer too.
  const open = source.endsWith('_endpoint') && endsNow(view.period, now);
  return open ? [begin] : [begin, `${time} < ${instant(to)}`];
}

function instant(text: string): string {
  return `parseDateTime64BestEffort(${literal(text)}, 3, 'UTC')`;
}

function filtersOf({ account, filters }: View): string[] {
  const of = (column: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`u.${column} IN (${values.map(literal).join(', ')})`];
  return [
    ...(account === undefined ? [] : [`u.account_id = ${literal(account)}`]),
    ...of('key_id', filters.keyId),
    ...of('endpoint', filters.endpoint),
    ...of('method', filters.method),
    ...of('error_type', filters.errorType),
    ...statusesOf(filters.statusCode),
  ];
}

/** Codes and classes of them, such as `5xx`. */
function statusesOf(values: readonly string[]): string[] {
  const digits = (pattern: RegExp): number[] =>
    values.filter((value) => pattern.test(value)).map((value) => parseInt(value, 10));
  const [codes, classes] = [digits(/^\d{3}$/), digits(/^\dxx$/i)];
  const either = [
    ...(codes.length > 0 ? [`u.status_code IN (${codes.join(', ')})`] : []),
    ...(classes.length > 0 ? [`intDiv(u.status_code, 100) IN (${classes.join(', ')})`] : []),
  ];
  return either.length > 1 ? [`(${either.join(' OR ')})`] : either;
}

function bucketOf(time: string, { granularity, timezone, weekStart }: Period): string {
  const zone = literal(timezone);
  switch (granularity) {
    case 'minute':
      return `toStartOfMinute(${time}, ${zone})`;
    case 'hour':
      return `toStartOfHour(${time}, ${zone})`;
    case 'day':
      return `toStartOfDay(${time}, ${zone})`;
    case 'week':
      return `toStartOfWeek(${time}, ${weekStart === 'sunday' ? 0 : 1}, ${zone})`;
    case 'month':
      return `toStartOfMonth(${time}, ${zone})`;
  }
}

/** A text of ClickHouse: all of it between the quotes, whatever it holds. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
