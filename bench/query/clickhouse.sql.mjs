/**
 * The figures of GET /usage by hand-written statements with literals: what somebody would write who knows the tables and
 * wants the numbers and nothing else. `floorPlans` may read any table, `rawPlans` only the raw events. The statements of
 * a plan run side by side; which plan is fastest depends on how much an account has.
 *
 * Every row of sums has `grp`: 0 for all, 1 for an hour (`p`), 2 for an endpoint, 3 for a combination of the other
 * dimensions, which are few enough for the reader to add up.
 */
import { DAY, HOUR, MINUTE, ceilTo, floorTo } from './windows.mjs';

/** Just below the round levels, as the states of the rollups have them. */
const LEVELS = '0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999';
/** Up to here a window is read by the hour alone: a second table costs more than the rows it saves. */
const LONGEST_BY_HOUR = 8 * DAY;
const MINUTES_OF_A_16_BIT_KEY = 65_536;

const SUMS = `sum(requests) AS r, sum(failed) AS f, sum(throttled) AS th, sum(latency_sum_us) AS ls,
    max(latency_max_us) AS lm, sum(bytes) AS b`;
const DETAIL_SUMS = `sum(requests) AS r, sumIf(requests, status_code >= 400) AS f,
    sumIf(requests, status_code = 429) AS th, sumIf(latency_sum_us, status_code != 429) AS ls, sum(bytes) AS b`;
const RAW_SUMS = `count() AS r, countIf(status_code >= 400) AS f, countIf(status_code = 429) AS th,
    sumIf(latency_us, status_code != 429) AS ls, maxIf(latency_us, status_code != 429) AS lm,
    sum(request_bytes + response_bytes) AS b`;
const RAW_PERCENTILES = `quantilesTimingIf(${LEVELS})(latency_code, status_code != 429) AS q`;
const RAW_AS_DETAIL = `1 AS requests, latency_us AS latency_sum_us, request_bytes + response_bytes AS bytes,
    timestamp AS last_at, arrayReduce('quantilesTimingState(${LEVELS})', [latency_code]) AS latency`;
const DIMENSIONS = 'method, status_code, error_type, key_id';

/** Plans by name; a plan is a list of statements. */
export function floorPlans(account, window) {
  const raw = rawSums(account, window);
  if (window.edge === MINUTE) {
    const facts = factsInOneScan(account, window);
    return {
      'one scan of events': [raw, facts],
      rollups: [series(account, window), breakdown(account, window), facts],
    };
  }
  const facts = [peakMinute(account, window, 'traffic_minute'), previousAndRunning(account, window)];
  return {
    'one scan of events': [raw, ...facts],
    rollups: [series(account, window), breakdown(account, window), ...facts],
  };
}

export function rawPlans(account, window) {
  const facts = [
    peakMinute(account, window, 'events'),
    running(account, window, 'events'),
    ...(window.previousFrom === null ? [] : [previous(account, window, 'events')]),
  ];
  return {
    'one statement': [rawSums(account, window), ...facts],
    'a statement a figure': [
      `SELECT toUnixTimestamp(toStartOfHour(timestamp)) AS p, if(p = 0, 0, 1) AS grp, ${RAW_SUMS}, ${RAW_PERCENTILES}
FROM events WHERE ${where(account, 'timestamp', window)} GROUP BY p WITH ROLLUP`,
      `SELECT 2 AS grp, endpoint, ${RAW_SUMS}, toUnixTimestamp64Milli(max(timestamp)) AS la, ${RAW_PERCENTILES}
FROM events WHERE ${where(account, 'timestamp', window)} GROUP BY endpoint`,
      `SELECT 3 AS grp, ${DIMENSIONS}, count() AS r, countIf(status_code >= 400) AS f
FROM events WHERE ${where(account, 'timestamp', window)} GROUP BY ${DIMENSIONS}`,
      ...facts,
    ],
  };
}

/** Everything but the facts. Where few events are asked for, no rollup is faster. */
function rawSums(account, window) {
  return `SELECT multiIf(grouping(endpoint) = 0, 2, grouping(method) = 0, 3, grouping(p) = 0, 1, 0) AS grp,
    toUnixTimestamp(toStartOfHour(timestamp)) AS p, endpoint, ${DIMENSIONS}, ${RAW_SUMS},
    toUnixTimestamp64Milli(max(timestamp)) AS la, ${RAW_PERCENTILES}
FROM events WHERE ${where(account, 'timestamp', window)}
GROUP BY GROUPING SETS ((), (p), (endpoint), (${DIMENSIONS}))`;
}

/** A day is read by the minute: a second table for the hours between its edges costs more than it saves. */
function series(account, window) {
  const table = window.edge === MINUTE ? 'traffic_minute' : 'traffic_hour';
  const hour = window.edge === MINUTE ? 'toStartOfHour(bucket)' : 'bucket';
  return `SELECT toUnixTimestamp(${hour}) AS p, if(p = 0, 0, 1) AS grp, ${SUMS}, quantilesTimingMerge(${LEVELS})(latency) AS q
FROM ${table} WHERE ${where(account, 'bucket', window)} GROUP BY p WITH ROLLUP`;
}

function breakdown(account, window) {
  return `SELECT if(grouping(endpoint) = 0, 2, 3) AS grp, endpoint, ${DIMENSIONS}, ${DETAIL_SUMS},
    toUnixTimestamp64Milli(max(last_at)) AS la, quantilesTimingMergeIf(${LEVELS})(latency, status_code != 429) AS q
FROM (${detailSpans(window)
    .map(({ table, time, columns, spans }) => {
      const within = spans.map((span) => between(time, ...span)).join(' OR ');
      return `SELECT endpoint, ${DIMENSIONS}, ${columns} FROM ${table} WHERE account_id = '${account}' AND (${within})`;
    })
    .join(' UNION ALL ')})
GROUP BY GROUPING SETS ((endpoint), (${DIMENSIONS}))`;
}

/** Whole days by the day, whole hours by the hour, minutes from the events. */
function detailSpans({ from, to }) {
  const hours = [ceilTo(HOUR, from), floorTo(HOUR, to)];
  const days = to - from > LONGEST_BY_HOUR ? [ceilTo(DAY, from), floorTo(DAY, to)] : [from, from];
  const columns = 'requests, latency_sum_us, bytes, last_at, latency';
  return [
    { table: 'usage_day', time: 'bucket', columns, spans: [days] },
    { table: 'usage_hour', time: 'bucket', columns, spans: without(days, hours) },
    { table: 'events', time: 'timestamp', columns: RAW_AS_DETAIL, spans: without(hours, [from, to]) },
  ]
    .map((part) => ({ ...part, spans: part.spans.filter(([start, end]) => start < end) }))
    .filter(({ spans }) => spans.length > 0);
}

/** What an empty or inner span leaves of the outer one. */
function without([innerFrom, innerTo], [from, to]) {
  if (innerFrom >= innerTo) return [[from, to]];
  return [
    [from, innerFrom],
    [innerTo, to],
  ];
}

/** For windows of minutes: the fullest minute, the period before and what the keys did today. */
function factsInOneScan(account, { now, from, to, previousFrom }) {
  const today = floorTo(DAY, now);
  return `SELECT sumIf(requests, ${between('bucket', previousFrom, from)}) AS previous,
    arrayMax(sumMapIf([toUInt32(bucket)], [requests], ${between('bucket', from, to)}).2) AS peak,
    sumMapIf([key_id], [if(${runningMinute(now)}, requests, 0)], [if(${runningHour(now)}, requests, 0)], [requests],
        ${between('bucket', today, today + DAY)}) AS running
FROM traffic_minute
WHERE ${where(account, 'bucket', { from: Math.min(previousFrom, today), to: today + DAY })}`;
}

/** Groups by a key of 16 bits as long as two cover the window: the engine then counts in an array, not in a hash table. */
function peakMinute(account, window, table) {
  const [time, sum, sumOf] =
    table === 'events'
      ? ['timestamp', 'count()', (condition) => `countIf(${condition})`]
      : ['bucket', 'sum(requests)', (condition) => `sumIf(requests, ${condition})`];
  const source = `FROM ${table} WHERE ${where(account, time, window)}`;
  const minute = `intDiv(toUInt32(toDateTime(${time})) - ${window.from / 1_000}, 60)`;
  const middle = window.from + MINUTES_OF_A_16_BIT_KEY * MINUTE;
  if (window.to > middle + MINUTES_OF_A_16_BIT_KEY * MINUTE) {
    return `SELECT max(r) AS peak FROM (SELECT ${sum} AS r ${source} GROUP BY toStartOfMinute(${time}))`;
  }
  return `SELECT max(greatest(r1, r2)) AS peak
FROM (SELECT ${sumOf(`${time} < ${instant(middle, time)}`)} AS r1, ${sumOf(`${time} >= ${instant(middle, time)}`)} AS r2
    ${source} GROUP BY toUInt16(${minute}))`;
}

function previousAndRunning(account, window) {
  if (window.previousFrom === null) return running(account, window, 'traffic_minute');
  return `SELECT a.previous AS previous, b.running AS running
FROM (${previous(account, window, 'traffic_hour')}) AS a CROSS JOIN (${running(account, window, 'traffic_minute')}) AS b`;
}

function previous(account, { previousFrom, from }, table) {
  const [time, sum] = table === 'events' ? ['timestamp', 'count()'] : ['bucket', 'sum(requests)'];
  return `SELECT ${sum} AS previous FROM ${table} WHERE ${where(account, time, { from: previousFrom, to: from })}`;
}

/** Requests of each key in the running minute, hour and day. */
function running(account, { now }, table) {
  const [time, requests] = table === 'events' ? ['timestamp', '1'] : ['bucket', 'requests'];
  const today = floorTo(DAY, now);
  return `SELECT sumMap([key_id], [if(${runningMinute(now, time)}, ${requests}, 0)],
    [if(${runningHour(now, time)}, ${requests}, 0)], [${requests}]) AS running
FROM ${table} WHERE ${where(account, time, { from: today, to: today + DAY })}`;
}

const runningMinute = (now, time = 'bucket') => between(time, floorTo(MINUTE, now), floorTo(MINUTE, now) + MINUTE);
const runningHour = (now, time = 'bucket') => between(time, floorTo(HOUR, now), floorTo(HOUR, now) + HOUR);

function where(account, time, { from, to }) {
  return `account_id = '${account}' AND ${between(time, from, to)}`;
}

function between(time, from, to) {
  return `${time} >= ${instant(from, time)} AND ${time} < ${instant(to, time)}`;
}

/** Of a column with milliseconds, a DateTime would let the engine pass over parts that lie in the second before. */
function instant(at, time = 'bucket') {
  return time === 'timestamp' ? `toDateTime64(${at / 1_000}, 3, 'UTC')` : `toDateTime(${at / 1_000})`;
}
