/** The figures of GET /usage asked of DuckDB's table of the same events; rows as in clickhouse.sql.mjs. */
import { eventsIn, runningSql } from './standard.sql.mjs';
import { HOUR, MINUTE } from './windows.mjs';

const TIMED = 'FILTER (status_code <> 429)';
const SUMS = `count(*) AS r, count(*) FILTER (status_code >= 400) AS f, count(*) FILTER (status_code = 429) AS th,
    sum(latency_us) ${TIMED} AS ls, max(latency_us) ${TIMED} AS lm, sum(request_bytes + response_bytes) AS b`;

/**
 * By name: quantile_disc is the nearest rank, as the service's percentiles are; approx_quantile is a t-digest.
 * reservoir_quantile is left out: from its sample of 8,192 values a p99 is 3 % off.
 */
export function duckdbPlans(account, window) {
  return Object.fromEntries(
    ['quantile_disc', 'approx_quantile'].map((name) => [name, statements(account, window, name)]),
  );
}

function statements(account, window, quantile) {
  const source = eventsIn(account, window, between);
  const percentiles = `${quantile}(latency_us, [0.5, 0.75, 0.9, 0.95, 0.99]) ${TIMED} AS q`;
  return [
    `SELECT if(grouping(p) = 0, 1, 0) AS grp, timestamp // ${HOUR} * 3600 AS p, ${SUMS}, ${percentiles}
${source} GROUP BY GROUPING SETS ((p), ())`,
    `SELECT 2 AS grp, endpoint, ${SUMS}, max(timestamp) AS la, ${percentiles} ${source} GROUP BY endpoint`,
    `SELECT 3 AS grp, method, status_code, error_type, key_id, count(*) AS r,
    count(*) FILTER (status_code >= 400) AS f
${source} GROUP BY ALL`,
    `SELECT max(r) AS peak FROM (SELECT count(*) AS r ${source} GROUP BY timestamp // ${MINUTE})`,
    runningSql(account, window, between),
    ...(window.previousFrom === null
      ? []
      : [`SELECT count(*) AS previous ${eventsIn(account, { from: window.previousFrom, to: window.from }, between)}`]),
  ];
}

function between(start, end) {
  return `timestamp >= ${start} AND timestamp < ${end}`;
}
