/** What an answer tells beside the sums of its window. */
import { DAY, floorTo } from '@meterhouse/common';
import type { AccountScope } from '../../auth/key-registry';
import { type FactSources, type Filters, NO_FILTERS } from '../figures';
import type { Tiles } from '../tiles';
import { Bound, type Query, filterConditions, ownerConditions, plainSql, sourceSql } from './source.sql';

/** Whose facts. */
export interface FactScope {
  scope: AccountScope;
  filters: Filters;
}

/**
 * Start of the first hour with an event, in Unix seconds; of the first day where its hours are no longer kept. No row
 * where there was none.
 */
export function firstEventQuery(of: FactScope): Query {
  const bound = new Bound();
  const sql = `
SELECT toUnixTimestamp(if(first_hour BETWEEN first_day AND first_day + INTERVAL 1 DAY, first_hour, first_day)) AS first_at
FROM
(
    SELECT min(bucket) AS first_day, count() AS row_count
    FROM usage_day${whereOf(of, bound)}
) AS days
CROSS JOIN
(
    SELECT min(bucket) AS first_hour
    FROM traffic_hour${whereOf(of, bound)}
) AS hours
WHERE row_count > 0`;
  return { sql, parameters: bound.parameters };
}

/** One row a fact; the three values of a row mean what its fact says. Each branch costs more to plan than to run. */
export function factsQuery(of: FactScope, sources: FactSources, now: number): Query {
  const bound = new Bound();
  const { minutes, hours, keyDays } = sources;
  const branches = [runningSql(of, now, bound)];
  if (minutes) branches.push(fullestSql('minutes', 'toStartOfMinute', of, minutes, sources.from, bound));
  if (hours) branches.push(fullestSql('hours', 'toStartOfHour', of, hours, sources.from, bound));
  if (keyDays) branches.push(keyDaysSql(of, bound));
  return { sql: branches.join('\n\nUNION ALL\n'), parameters: bound.parameters };
}

function keyDaysSql(of: FactScope, bound: Bound): string {
  return `
SELECT
    'key_days',
    toString(key_id),
    toUnixTimestamp(min(bucket)),
    toUnixTimestamp(max(bucket)),
    0
FROM usage_day${whereOf(of, bound)}
GROUP BY key_id`;
}

/** Requests of the fullest step from an instant on, and all requests before it. */
function fullestSql(
  fact: string,
  step: 'toStartOfMinute' | 'toStartOfHour',
  of: FactScope,
  tiles: Tiles,
  from: number,
  bound: Bound,
): string {
  const source = { ...of, tiles };
  return `
SELECT '${fact}', '', maxIf(step_requests, NOT before), sumIf(step_requests, before), 0
FROM
(
    SELECT
        bucket < ${bound.instant(from)} AS before,
        ${step}(bucket) AS start,
        sum(requests) AS step_requests
    FROM ${plainSql(source, bound) ?? `(${sourceSql(source, [], bound)}\n    )`}
    GROUP BY before, start
)`;
}

/** Whatever is filtered, limits are about all requests of the keys. */
function runningSql(of: FactScope, now: number, bound: Bound): string {
  const today = floorTo('day', now);
  return `
SELECT
    'running' AS fact,
    toString(key_id) AS key,
    sumIf(requests, bucket = ${bound.instant(floorTo('minute', now))}) AS first,
    sumIf(requests, toStartOfHour(bucket) = ${bound.instant(floorTo('hour', now))}) AS second,
    sum(requests) AS third
FROM traffic_minute
WHERE ${[
    ...conditionsOf(of, bound),
    `bucket >= ${bound.instant(today)} AND bucket < ${bound.instant(today + DAY)}`,
  ].join(' AND ')}
GROUP BY key_id`;
}

function conditionsOf({ scope, filters }: FactScope, bound: Bound): string[] {
  return [...ownerConditions({ scope }, bound), ...filterConditions({ ...NO_FILTERS, keyIds: filters.keyIds }, bound)];
}

function whereOf(of: FactScope, bound: Bound): string {
  const conditions = conditionsOf(of, bound);
  return conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`;
}
