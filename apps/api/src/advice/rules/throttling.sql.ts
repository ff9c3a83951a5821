import { THROTTLED } from '@meterhouse/clickhouse/rollups';
import { TIERS, limitsOf } from '../../auth/key';
import { type Rule, percent } from './rule.sql';

const LIMITS = {
  minimumThrottled: 50,
  /** Percent of the requests of the key. */
  minimumRatePercent: 1,
  /** Throttled minutes among all with requests, in percent, under which it is bursts that are refused. */
  burstPercent: 10,
};

/** A key that asks for more than its limit; a count, which needs no test of chance. */
export const throttling: Rule = {
  type: 'throttling',
  description: 'A key of which a noticeable share of requests is refused for its limit.',
  thresholds: LIMITS,
  reads: 'rollups',
  ofWholeKey: true,
  endsWithTraffic: true,
  sql: (rows, { window }) => `
    SELECT
        key,
        '' AS name,
        sum(endpoint_requests) AS request_count,
        sum(endpoint_throttled) AS throttled_count,
        argMax(endpoint_name, endpoint_throttled) AS top_endpoint,
        max(endpoint_throttled) AS top_throttled,
        any(minute_count) AS minutes,
        any(throttled_minute_count) AS throttled_minutes,
        any(fullest) AS fullest_minute,
        throttled_count AS weight
    FROM
    (
        SELECT
            toString(key_id) AS key,
            toString(endpoint) AS endpoint_name,
            sum(requests) AS endpoint_requests,
            sumIf(requests, ${THROTTLED}) AS endpoint_throttled
        FROM (${rows.usage(['key_id', 'endpoint', 'status_code'], window)})
        GROUP BY key, endpoint_name
    ) AS endpoints
    LEFT JOIN
    (
        SELECT key, count() AS minute_count, countIf(refused > 0) AS throttled_minute_count, max(asked) AS fullest
        FROM
        (
            SELECT toString(key_id) AS key, bucket, sum(requests) AS asked, sum(throttled) AS refused
            FROM traffic_minute
            WHERE ${rows.ofKeys(window)}
            GROUP BY key, bucket
        )
        GROUP BY key
    ) AS by_minute USING (key)
    GROUP BY key`,
  judge: (rows, { keys }) =>
    rows.map((row) => {
      const requests = row.number('request_count');
      const throttled = row.number('throttled_count');
      const throttledRate = percent(throttled, requests);
      const [keyId, endpoint] = [row.string('key'), row.string('top_endpoint')];
      const [minutes, throttledMinutes] = [row.number('minutes'), row.number('throttled_minutes')];
      const fullest = row.number('fullest_minute');
      const isBurst = percent(throttledMinutes, minutes) < LIMITS.burstPercent;
      const fits = TIERS.find((tier) => {
        if (tier === 'enterprise') return false;
        const { requestsPerMinute } = limitsOf({ tier, rateLimit: NO_LIMIT });
        return requestsPerMinute !== null && requestsPerMinute >= fullest;
      });
      return {
        keyId,
        endpoint,
        enough: requests >= LIMITS.minimumThrottled,
        faulty: throttled >= LIMITS.minimumThrottled && throttledRate >= LIMITS.minimumRatePercent,
        title: `${throttled} requests of ${keyId} were throttled`,
        message:
          `${throttledRate} % of its requests were answered 429, most of them for ${endpoint}, in ${throttledMinutes} of ${minutes} minutes: ` +
          `${isBurst ? 'bursts; spread the calls' : 'its level is above the limit'}. ` +
          `This goes away when under ${LIMITS.minimumRatePercent} % are.`,
        requests,
        figures: {
          throttledRequests: throttled,
          throttledRate,
          throttledOfEndpoint: row.number('top_throttled'),
          minutes,
          throttledMinutes,
          fullestMinute: fullest,
          tier: keys.get(keyId)?.tier ?? null,
          tierForFullestMinute: fits ?? 'enterprise',
        },
        comparedWith: 'all requests of the key',
        gain: { requests: throttled },
      };
    }),
};

const NO_LIMIT = { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null };
