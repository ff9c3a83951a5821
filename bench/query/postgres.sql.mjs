/** The figures of GET /usage asked of PostgreSQL's table of the same events; rows as in clickhouse.sql.mjs. */
import { eventsIn, runningSql } from './standard.sql.mjs';
import { HOUR, MINUTE } from './windows.mjs';

const TIMED = 'FILTER (WHERE status_code <> 429)';
const SUMS = `count(*) AS r, count(*) FILTER (WHERE status_code >= 400) AS f,
    count(*) FILTER (WHERE status_code = 429) AS th, sum(latency_us) ${TIMED} AS ls, max(latency_us) ${TIMED} AS lm,
    sum(request_bytes + response_bytes) AS b`;
/** The nearest rank, as the service's percentiles are. */
const PERCENTILES = `percentile_disc(ARRAY[0.5, 0.75, 0.9, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_us) ${TIMED} AS q`;

export function postgresPlans(account, window) {
  const source = eventsIn(account, window, between);
  const statements = [
    `SELECT CASE WHEN grouping(p) = 0 THEN 1 ELSE 0 END AS grp, p, ${SUMS}, ${PERCENTILES}
FROM (SELECT ${bucket(HOUR)} AS p, * ${source}) AS hours GROUP BY GROUPING SETS ((p), ())`,
    `SELECT 2 AS grp, endpoint, ${SUMS}, floor(1000 * extract(epoch FROM max(timestamp))) AS la, ${PERCENTILES}
${source} GROUP BY endpoint`,
    `SELECT 3 AS grp, method, status_code, error_type, key_id, count(*) AS r,
    count(*) FILTER (WHERE status_code >= 400) AS f
${source} GROUP BY method, status_code, error_type, key_id`,
    `SELECT max(r) AS peak FROM (SELECT count(*) AS r ${source} GROUP BY ${bucket(MINUTE)}) AS minutes`,
    runningSql(account, window, between),
    ...(window.previousFrom === null
      ? []
      : [`SELECT count(*) AS previous ${eventsIn(account, { from: window.previousFrom, to: window.from }, between)}`]),
  ];
  return { statements };
}

/** The start of an event's bucket in epoch seconds. */
function bucket(step) {
  const seconds = step / 1_000;
  return `floor(extract(epoch FROM timestamp) / ${seconds})::bigint * ${seconds}`;
}

function between(start, end) {
  return `timestamp >= to_timestamp(${start / 1_000}) AND timestamp < to_timestamp(${end / 1_000})`;
}
