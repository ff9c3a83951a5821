/** Statements for what an answer needs beside the sums of its window. */
import { RESOLUTION_MS, type Resolution, type Span, floorTo } from '@meterhouse/common';
import type { AccountScope } from '../../../auth/key';
import type { PeakSources, PreviousBuckets, RecentSources, Source } from '../aggregates';
import { pointSql } from './series.sql';
import { BoundValues, type Query, filterConditions, ownerConditions, plainSql, sourceSql } from './source.sql';
import { type Filters, NO_FILTERS } from '../../request/filters';

/** Whose context. */
export interface ContextScope {
  scope: AccountScope;
  filters: Filters;
}

/**
 * Start of the first hour with an event, in Unix seconds; of the first day where its hours are past their retention. No row
 * where there was none.
 * @param before events from here on, on a UTC day's start, do not count; null: all do
 */
export function firstEventQuery(of: ContextScope, { before }: { before: number | null }): Query {
  const bound = new BoundValues();
  const sql = `
SELECT toUnixTimestamp(if(first_hour BETWEEN first_day AND first_day + INTERVAL 1 DAY, first_hour, first_day)) AS first_at
FROM
(
    SELECT min(bucket) AS first_day, count() AS row_count
    FROM usage_day${whereOf(of, { from: null, before }, bound)}
) AS days
CROSS JOIN
(
    SELECT min(bucket) AS first_hour
    FROM traffic_hour${whereOf(of, { from: null, before }, bound)}
) AS hours
WHERE row_count > 0`;
  return { sql, parameters: bound.parameters };
}

/** One row a key that has events on UTC days from one on, up to but not including another; null: all later ones. */
export function usedKeysQuery(of: ContextScope, days: { from: number; before: number | null }): Query {
  const bound = new BoundValues();
  const sql = `
SELECT DISTINCT toString(key_id) AS key
FROM usage_day${whereOf(of, days, bound)}`;
  return { sql, parameters: bound.parameters };
}

/** One row a step: requests of the fullest one in the window, and those of the period before, as `PreviousBuckets` has them. */
export function peaksQuery(of: ContextScope, sources: PeakSources): Query {
  const { minutes, hours, hourStarts, previous } = sources;
  const bound = new BoundValues();
  const branches = [
    ...(minutes ? [fullestSql('minute', { ...of, plan: minutes }, [], sources.from, null, bound)] : []),
    ...(hours ? [fullestSql('hour', { ...of, plan: hours }, hourStarts, sources.from, previous, bound)] : []),
  ];
  return { sql: branches.join('\n\nUNION ALL\n'), parameters: bound.parameters };
}

function fullestSql(
  step: 'minute' | 'hour',
  source: Source,
  starts: readonly number[],
  from: number,
  previous: PreviousBuckets | null,
  bound: BoundValues,
): string {
  const part = previous
    ? `multiIf(bucket >= ${bound.instant(from)}, 'window', bucket < ${bound.instant(previous.cut)}, 'previous', 'cut')`
    : "'window'";
  return `
SELECT
    '${step}' AS step,
    maxIf(step_requests, part = 'window') AS fullest,
    sumIf(step_requests, part = 'previous') AS previous,
    sumIf(step_requests, part = 'cut') AS previous_cut
FROM
(
    SELECT
        ${part} AS part,
        ${pointSql(step, starts, bound)} AS start,
        sum(requests) AS step_requests
    FROM ${plainSql(source, bound) ?? `(${sourceSql(source, ['bucket'], bound)}\n    )`}
    GROUP BY part, start
)`;
}

/**
 * One row, of one scan without a subquery, which would take longer to plan than to run. `running` holds the keys, and
 * their requests in the running minute, hour and day; whatever else is filtered, limits are about all of them.
 */
export function recentQuery(
  of: ContextScope,
  { now, peaksIn, withHour, hourStarts, previousIn }: RecentSources,
): Query {
  const bound = new BoundValues();
  const within = ({ from, to }: Span): string => `bucket >= ${bound.instant(from)} AND bucket < ${bound.instant(to)}`;
  const running = (step: Resolution): Span => {
    const from = floorTo(step, now);
    return { from, to: from + RESOLUTION_MS[step] };
  };
  const today = running('day');
  const columns = [
    `sumMapIf(
        [key_id],
        [if(bucket = ${bound.instant(floorTo('minute', now))}, requests, 0)],
        [if(${within(running('hour'))}, requests, 0)],
        [requests],
        ${within(today)}
    ) AS running`,
  ];
  if (peaksIn) {
    const fullest = (start: string): string => `arrayMax(sumMapIf([${start}], [requests], ${within(peaksIn)}).2)`;
    columns.push(`sumIf(requests, ${within(peaksIn)}) AS requests_there`, `${fullest('bucket')} AS fullest_minute`);
    if (withHour) columns.push(`${fullest(pointSql('hour', hourStarts, bound))} AS fullest_hour`);
  }
  if (previousIn) {
    const { from, cut, to } = previousIn;
    columns.push(`sumIf(requests, ${within({ from, to: cut })}) AS previous`);
    columns.push(`sumIf(requests, ${within({ from: cut, to })}) AS previous_cut`);
  }
  const spans = [today, ...[peaksIn, previousIn].filter((span) => span !== null)];
  const all = { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
  const sql = `
SELECT
    ${columns.join(',\n    ')}
FROM traffic_minute
WHERE ${[...conditionsOf(of, bound), within(all)].join(' AND ')}`;
  return { sql, parameters: bound.parameters };
}

function conditionsOf({ scope, filters }: ContextScope, bound: BoundValues): string[] {
  return [...ownerConditions({ scope }, bound), ...filterConditions({ ...NO_FILTERS, keyIds: filters.keyIds }, bound)];
}

function whereOf(of: ContextScope, days: { from: number | null; before: number | null }, bound: BoundValues): string {
  const conditions = conditionsOf(of, bound);
  if (days.from !== null) conditions.push(`bucket >= ${bound.instant(days.from)}`);
  if (days.before !== null) conditions.push(`bucket < ${bound.instant(days.before)}`);
  return conditions.length === 0 ? '' : `\nWHERE ${conditions.join(' AND ')}`;
}
