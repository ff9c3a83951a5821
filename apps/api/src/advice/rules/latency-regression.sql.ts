import type { Row } from '@meterhouse/clickhouse';
import { LEVELS, TIMED } from '@meterhouse/clickhouse/rollups';
import { DAY, HOUR, floorTo, iso } from '@meterhouse/common';
import { millisecondsOf } from '../../usage/read/window-rows';
import type { About, Candidate } from '../advice';
import { largerByChance, median } from '../statistics';
import { type Rule, percent, rounded } from './rule.sql';

const WEEK = 7 * DAY;

const LIMITS = {
  /** Percent by which the median has risen. */
  minimumRisePercent: 20,
  minimumRiseMs: 5,
  /** The chance that there is no rise, over all endpoints and hours at which one could have begun (Bonferroni). */
  maximumP: 0.001,
  /** Hours since it began, and of the weeks before. */
  minimumHours: 6,
  /** Timed requests that an hour needs to count. */
  minimumRequestsOfAnHour: 20,
  weeksBefore: 4,
};

/** The whole hours of the window, at most a week. */
function hoursOf({ window }: About): { from: number; to: number } {
  const to = floorTo('hour', window.to);
  return { from: Math.max(Math.ceil(window.from / HOUR) * HOUR, to - WEEK), to };
}

/** The median of an hour, in milliseconds. */
interface HourMedian {
  at: number;
  ms: number;
}

/** An endpoint that has become slower than in the same hours of the weeks before. */
export const latencyRegression: Rule = {
  type: 'latency_regression',
  description:
    'An endpoint whose hourly medians of latency have risen against the same hours of up to four weeks before.',
  thresholds: LIMITS,
  reads: 'rollups',
  endsWithTraffic: false,
  sql: (rows, about) => {
    const { from, to } = hoursOf(about);
    const start = rows.bind('UInt32', from / 1_000);
    const before = `${LIMITS.weeksBefore} * ${WEEK / 1_000}`;
    const since = { from: from - LIMITS.weeksBefore * WEEK, to: Math.max(from, to) };
    return `
    SELECT
        '' AS key,
        name,
        groupArray(hour) AS hours,
        groupArray(code) AS codes,
        sumIf(timed_count, hour >= ${start}) AS request_count,
        sumIf(latency_sum, hour >= ${start}) AS weight,
        countIf(request_count > 0) OVER () AS tested
    FROM
    (
        SELECT
            toString(endpoint) AS name,
            toUnixTimestamp(bucket) AS hour,
            sum(timed) AS timed_count,
            sum(latency_sum_us) AS latency_sum,
            arrayElement(quantilesTimingMerge(${LEVELS})(latency), 1) AS code
        FROM (${rows.usage(['endpoint', 'bucket', 'status_code'], since, 'hour')})
        WHERE ${TIMED} AND (toUnixTimestamp(bucket) + ${before} - ${start}) % ${WEEK / 1_000} < ${rows.bind('UInt32', (since.to - from) / 1_000)}
        GROUP BY name, hour
        HAVING timed_count >= ${LIMITS.minimumRequestsOfAnHour}
    )
    GROUP BY name
    HAVING request_count > 0`;
  },
  judge: (rows, about) => rows.flatMap((row) => judged(row, about)),
};

function judged(row: Row, about: About): Candidate[] {
  const { from } = hoursOf(about);
  const codes = row.numbersOrNull('codes');
  const hours = row
    .numbersOrNull('hours')
    .map((at, index): HourMedian => ({ at: (at ?? 0) * 1_000, ms: millisecondsOf(codes[index] ?? 0, Infinity) }))
    .sort((one, other) => one.at - other.at);
  const before = hours.filter(({ at }) => at < from);
  const now = hours.filter(({ at }) => at >= from);
  const begin = beginOf(now, before);
  const since = now.filter(({ at }) => at >= begin);
  const slots = new Set(since.map(({ at }) => at % WEEK));
  const same = before.filter(({ at }) => slots.has(at % WEEK));
  const enough = Math.min(since.length, same.length) >= LIMITS.minimumHours;
  if (same.length === 0) return [];
  const [ms, msBefore] = [median(since.map((hour) => hour.ms)), median(same.map((hour) => hour.ms))];
  const tries = row.number('tested') * now.length;
  const values = (list: readonly HourMedian[]): number[] => list.map((hour) => hour.ms);
  const p = Math.min(1, largerByChance(values(since), values(same)) * tries);
  const risePercent = percent(ms - msBefore, msBefore);
  const name = row.string('name');
  const requests = row.number('request_count');
  return [
    {
      keyId: null,
      endpoint: name,
      enough,
      faulty: risePercent >= LIMITS.minimumRisePercent && ms - msBefore >= LIMITS.minimumRiseMs && p < LIMITS.maximumP,
      title: `${name} is ${Math.round(risePercent)} % slower than in the weeks before`,
      message:
        `Since ${iso(begin)} the median of ${name} is ${rounded(ms)} ms by the hour, and was ${rounded(msBefore)} ms in the same hours of the ` +
        `weeks before. This goes away when the median has risen by less than ${LIMITS.minimumRisePercent} %.`,
      requests,
      figures: {
        medianMs: rounded(ms),
        medianBeforeMs: rounded(msBefore),
        risePercent,
        began: iso(begin),
        hours: since.length,
        hoursBefore: same.length,
        p,
      },
      comparedWith: `the same hours of up to ${LIMITS.weeksBefore} weeks before, by the rank-sum test`,
      gain: { latencyMs: Math.max(0, Math.round(((ms - msBefore) * requests * since.length) / now.length)) },
    },
  ];
}

/**
 * The hour at which it began: that from which on the hours lie above their like by most (CUSUM), measured from half of the
 * rise that counts; the first hour where none does.
 */
function beginOf(now: readonly HourMedian[], before: readonly HourMedian[]): number {
  const usual = median(before.map(({ ms }) => ms));
  const bySlot = new Map<number, number[]>();
  for (const { at, ms } of before) bySlot.set(at % WEEK, [...(bySlot.get(at % WEEK) ?? []), ms]);
  const half = Math.log(1 + LIMITS.minimumRisePercent / 200);
  const latest = now.at(-LIMITS.minimumHours)?.at ?? 0;
  let [begin, sum, least] = [now[0]?.at ?? 0, 0, 0];
  for (const { at, ms } of now) {
    if (sum < least && at <= latest) [begin, least] = [at, sum];
    sum += Math.log(ms / (median(bySlot.get(at % WEEK) ?? [usual]) || 1)) - half;
  }
  return begin;
}
