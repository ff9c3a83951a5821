import { DAY, RESOLUTIONS } from '@meterhouse/common';
import { type Key, TIERS, type Tier, limitsOf } from '../../auth/key';
import { windowLimitsOf } from '../../rate-limiting/call-counters';
import { type Rule, rounded } from './rule.sql';

const LIMITS = {
  /** Each limit over the fullest minute, hour or day. */
  minimumRatio: 10,
  /** Days with requests that are looked at, at most and at least. */
  days: 30,
  minimumDays: 7,
  minimumRequests: 1_000,
};

/** A key that may do far more than it ever does. */
export const overEntitledKey: Rule = {
  type: 'over_entitled_key',
  description: 'A key above the lowest tier whose limits are all ten times its fullest minute, hour and day or more.',
  thresholds: LIMITS,
  reads: 'keys',
  endsWithTraffic: false,
  sql: (rows, { window }) => `
    SELECT
        key,
        '' AS name,
        max(of_minute) AS minute_peak,
        max(hour_sum) AS hour_peak,
        max(day_sum) AS day_peak,
        sum(of_minute) AS request_count,
        uniqExact(day) AS days,
        request_count AS weight
    FROM
    (
        SELECT
            key,
            of_minute,
            toStartOfDay(bucket) AS day,
            sum(of_minute) OVER (PARTITION BY key, toStartOfHour(bucket)) AS hour_sum,
            sum(of_minute) OVER (PARTITION BY key, toStartOfDay(bucket)) AS day_sum
        FROM
        (
            SELECT toString(key_id) AS key, bucket, sum(requests) AS of_minute
            FROM traffic_minute
            WHERE ${rows.ofKeys({ from: window.to - LIMITS.days * DAY, to: window.to })}
            GROUP BY key, bucket
        )
    )
    GROUP BY key`,
  judge: (rows, { keys }) =>
    rows.flatMap((row) => {
      const key = keys.get(row.string('key'));
      if (!key || key.tier === 'free') return [];
      const peaks = { minute: row.number('minute_peak'), hour: row.number('hour_peak'), day: row.number('day_peak') };
      const limits = windowLimitsOf(limitsOf(key));
      const ratios = RESOLUTIONS.flatMap((window) => {
        const limit = limits[window];
        return limit === null ? [] : [limit / Math.max(1, peaks[window])];
      });
      if (ratios.length === 0) return [];
      const least = rounded(Math.min(...ratios));
      const fits = lowestTier(key, peaks);
      const [requests, days] = [row.number('request_count'), row.number('days')];
      return [
        {
          keyId: key.id,
          endpoint: null,
          enough: days >= LIMITS.minimumDays && requests >= LIMITS.minimumRequests,
          faulty: least >= LIMITS.minimumRatio,
          title: `${key.name} (${key.id}) may do ${Math.floor(least)} times what it does`,
          message:
            `In ${days} days its fullest minute had ${peaks.minute} requests, its fullest day ${peaks.day}. This goes away when a limit is under ` +
            `${LIMITS.minimumRatio} times that: ${fits ? `tier ${fits} has twice what it needs` : 'lower its own limits'}.`,
          requests,
          figures: {
            tier: key.tier,
            fullestMinute: peaks.minute,
            fullestHour: peaks.hour,
            fullestDay: peaks.day,
            limitPerMinute: limits.minute,
            limitPerHour: limits.hour,
            limitPerDay: limits.day,
            leastRatio: least,
            tierThatFits: fits,
          },
          comparedWith: `the limits of the key over ${LIMITS.days} days`,
          gain: {},
        },
      ];
    }),
};

/** The lowest tier with twice what the key needs; null where that is not below its own. */
function lowestTier(key: Key, peaks: Record<'minute' | 'hour' | 'day', number>): Tier | null {
  const lower = TIERS.slice(0, TIERS.indexOf(key.tier));
  const fits = lower.find((tier) => {
    const limits = windowLimitsOf(limitsOf({ ...key, tier }));
    return RESOLUTIONS.every((window) => (limits[window] ?? Infinity) >= 2 * peaks[window]);
  });
  return fits ?? null;
}
