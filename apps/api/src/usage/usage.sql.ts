/** The statements of `GET /usage`. Every piece that varies is one of the constants here; what a client sends is bound. */
import type { Parameters } from '@meterhouse/clickhouse';
import { type Granularity, type Resolution, floorTo } from '@meterhouse/common';
import type { EndpointSort, Read } from './figures';

const TABLE: Record<Resolution, string> = { minute: 'usage_minute', hour: 'usage_hour', day: 'usage_day' };

const BUCKET: Record<Granularity, string> = {
  minute: 'toStartOfMinute(bucket)',
  hour: 'toStartOfHour(bucket)',
  day: 'toStartOfDay(bucket)',
  week: "toDateTime(toMonday(bucket), 'UTC')",
  month: "toDateTime(toStartOfMonth(bucket), 'UTC')",
};

const SORT: Record<EndpointSort, string> = {
  requests: 'request_count',
  errors: 'failed',
  latency: 'average_latency',
  timestamp: 'last_request_at',
};

const ORDER = { asc: 'ASC', desc: 'DESC' } as const;

/** A column list shared by every grouping; 429 is throttled traffic and left out of latency. */
const TRAFFIC = `
    sum(requests) AS request_count,
    sumIf(requests, status_code >= 400) AS failed,
    sumIf(requests, status_code = 429) AS throttled,
    if(
        request_count > throttled,
        sumIf(latency_sum_us, status_code != 429) / (request_count - throttled) / 1000,
        NULL
    ) AS average_latency,
    if(request_count > throttled, maxIf(latency_max_us, status_code != 429) / 1000, NULL) AS peak_latency,
    sum(bytes) AS byte_count,
    toUnixTimestamp64Milli(max(last_at)) AS last_request_at`;

/** A statement and the values bound to its placeholders. */
export interface Query {
  sql: string;
  parameters: Parameters;
}

/** The account and key conditions; an admin's read over all accounts has none. */
function scopeCondition(read: Read): string {
  const conditions = ['1'];
  if (read.scope !== null) conditions.push('account_id = {account:String}');
  if (read.keyId !== null) conditions.push('key_id = {key:String}');
  return conditions.join(' AND ');
}

function scopeParameters(read: Read): Parameters {
  return {
    ...(read.scope === null ? {} : { account: read.scope }),
    ...(read.keyId === null ? {} : { key: read.keyId }),
    from: read.from / 1_000,
    to: read.to / 1_000,
  };
}

const IN_WINDOW = 'bucket >= toDateTime({from:UInt32}) AND bucket < toDateTime({to:UInt32})';

/** Sums along every dimension, one row a value; within a dimension in the order that was asked for. */
export function figuresQuery(read: Read, sort: EndpointSort, order: 'asc' | 'desc'): Query {
  const sql = `
SELECT
    multiIf(
        grouping(point) = 0, 'point',
        grouping(endpoint) = 0, 'endpoint',
        grouping(method) = 0, 'method',
        grouping(status_code) = 0, 'status_code',
        grouping(error_type) = 0, 'error_type',
        grouping(key_id) = 0, 'key',
        'total'
    ) AS dimension,
    toUnixTimestamp(point) AS point_start,
    endpoint,
    method,
    status_code,
    error_type,
    key_id,${TRAFFIC}
FROM
(
    SELECT *, ${BUCKET[read.granularity]} AS point
    FROM ${TABLE[read.resolution]}
    WHERE ${scopeCondition(read)} AND ${IN_WINDOW}
)
GROUP BY GROUPING SETS ((), (point), (endpoint), (method), (status_code), (error_type), (key_id))
ORDER BY dimension, ${SORT[sort]} ${ORDER[order]} NULLS LAST, endpoint ASC`;
  return { sql, parameters: scopeParameters(read) };
}

export function latencyQuery(read: Read): Query {
  const sql = `
SELECT
    multiIf(grouping(point) = 0, 'point', grouping(endpoint) = 0, 'endpoint', 'total') AS dimension,
    toUnixTimestamp(point) AS point_start,
    endpoint,
    quantilesBFloat16Merge(0.5, 0.75, 0.9, 0.95, 0.99)(latency) AS percentiles_us,
    max(latency_max_us) AS peak_us
FROM
(
    SELECT latency, latency_max_us, endpoint, ${BUCKET[read.granularity]} AS point
    FROM ${TABLE[read.resolution]}
    WHERE ${scopeCondition(read)} AND ${IN_WINDOW} AND status_code != 429
)
GROUP BY GROUPING SETS ((), (point), (endpoint))`;
  return { sql, parameters: scopeParameters(read) };
}

/** One row a fact; the three values of a row mean what its fact says. */
export function factsQuery(read: Read, now: number, previousFrom: number): Query {
  const scope = scopeCondition(read);
  // The clock hour's fullness needs no finer rows than the window's own, unless those are days.
  const hourTable = TABLE[read.resolution === 'day' ? 'hour' : read.resolution];
  const sql = `
SELECT
    'key_days' AS fact,
    key_id,
    toUInt64(toUnixTimestamp(min(bucket))) AS first,
    toUInt64(toUnixTimestamp(max(bucket))) AS second,
    toUInt64(0) AS third
FROM usage_day
WHERE ${scope}
GROUP BY key_id

UNION ALL

SELECT 'peak_minute', '', max(bucket_requests), 0, 0
FROM
(
    SELECT sum(requests) AS bucket_requests
    FROM usage_minute
    WHERE ${scope} AND ${IN_WINDOW}
    GROUP BY bucket
)

UNION ALL

SELECT 'peak_hour', '', max(bucket_requests), 0, 0
FROM
(
    SELECT sum(requests) AS bucket_requests
    FROM ${hourTable}
    WHERE ${scope} AND ${IN_WINDOW}
    GROUP BY toStartOfHour(bucket)
)

UNION ALL

SELECT 'previous', '', sum(requests), 0, 0
FROM ${TABLE[read.resolution]}
WHERE ${scope} AND bucket >= toDateTime({previousFrom:UInt32}) AND bucket < toDateTime({from:UInt32})

UNION ALL

SELECT
    'running',
    key_id,
    sumIf(requests, bucket = toDateTime({minute:UInt32})),
    sumIf(requests, toStartOfHour(bucket) = toDateTime({hour:UInt32})),
    sum(requests)
FROM usage_minute
WHERE ${scope} AND bucket >= toDateTime({day:UInt32}) AND bucket < toDateTime({day:UInt32}) + INTERVAL 1 DAY
GROUP BY key_id`;
  return {
    sql,
    parameters: {
      ...scopeParameters(read),
      previousFrom: Math.max(0, previousFrom) / 1_000,
      minute: floorTo('minute', now) / 1_000,
      hour: floorTo('hour', now) / 1_000,
      day: floorTo('day', now) / 1_000,
    },
  };
}
