import { type Rule, percent, rounded } from './rule.sql';

const LIMITS = {
  /** A request of the same key, method and path so soon after one that was answered 429 or 5xx is a retry. */
  withinSeconds: 10,
  minimumRetries: 50,
  /** Requests over those that are no retries. */
  minimumAmplification: 1.3,
  /** Percent of the second and later retries that waited half as long again as the one before, from which on a client backs off. */
  backOffPercent: 50,
  /** The median gap after a failure over that after a success, from which on requests come as they would anyway. */
  maximumGapRatio: 0.5,
};

/** A client that repeats what failed at once, and so adds to what made it fail. */
export const retryStorm: Rule = {
  type: 'retry_storm',
  description: 'A key that repeats failed requests to an endpoint within seconds and does not wait longer each time.',
  thresholds: LIMITS,
  reads: 'raw',
  endsWithTraffic: true,
  sql: (rows, { raw }) => `
    WITH ${LIMITS.withinSeconds * 1_000} AS soon
    SELECT
        toString(key_id) AS key,
        toString(endpoint) AS name,
        count() AS request_count,
        countIf(is_retry) AS retry_count,
        countIf(is_retry AND was_retry) AS later_count,
        countIf(is_retry AND was_retry AND gap >= 1.5 * gap_before) AS growing_count,
        countIf(is_retry AND status_code < 400) AS recovered_count,
        quantileExactIf(0.5)(gap, is_retry) AS retry_gap,
        quantileExactIf(0.5)(gap, status_before > 0 AND NOT failed_before) AS usual_gap,
        toString(argMaxIf(method, timestamp, is_retry)) AS top_method,
        retry_count AS weight
    FROM
    (
        SELECT
            key_id,
            endpoint,
            method,
            status_code,
            timestamp,
            status_before,
            status_before = 429 OR status_before >= 500 AS failed_before,
            toFloat64(toUnixTimestamp64Milli(timestamp) - time_before) AS gap,
            toFloat64(time_before - time_two_before) AS gap_before,
            failed_before AND gap <= soon AS is_retry,
            (status_two_before = 429 OR status_two_before >= 500) AND gap_before <= soon AS was_retry
        FROM
        (
            SELECT
                key_id,
                endpoint,
                method,
                status_code,
                timestamp,
                lagInFrame(status_code, 1) OVER same AS status_before,
                lagInFrame(status_code, 2) OVER same AS status_two_before,
                lagInFrame(toUnixTimestamp64Milli(timestamp), 1) OVER same AS time_before,
                lagInFrame(toUnixTimestamp64Milli(timestamp), 2) OVER same AS time_two_before
            FROM events
            WHERE ${rows.events(raw)}
            WINDOW same AS (
                PARTITION BY key_id, method, endpoint, path_hash ORDER BY timestamp, latency_us
                ROWS BETWEEN 2 PRECEDING AND CURRENT ROW
            )
        )
    )
    GROUP BY key_id, endpoint
    HAVING retry_count > 0`,
  judge: (rows) =>
    rows.map((row) => {
      const [requests, retries] = [row.number('request_count'), row.number('retry_count')];
      const [later, growing] = [row.number('later_count'), row.number('growing_count')];
      const [gap, usual] = [row.numberOrNull('retry_gap') ?? 0, row.numberOrNull('usual_gap')];
      const amplification = rounded(requests / (requests - retries));
      const growingPercent = percent(growing, later);
      const [keyId, endpoint] = [row.string('key'), row.string('name')];
      return {
        keyId,
        endpoint,
        enough: requests >= LIMITS.minimumRetries,
        faulty:
          retries >= LIMITS.minimumRetries &&
          amplification >= LIMITS.minimumAmplification &&
          growingPercent < LIMITS.backOffPercent &&
          (usual === null || usual === 0 || gap <= LIMITS.maximumGapRatio * usual),
        title: `${keyId} repeats failed requests to ${endpoint} at once`,
        message:
          `${retries} of ${requests} requests (${row.string('top_method')}) follow one that was answered 429 or 5xx within ${LIMITS.withinSeconds} s, half of them within ` +
          `${Math.round(gap)} ms, and ${growingPercent} % of the repeated retries waited longer than the one before. This goes away when the client waits ` +
          `longer each time, as Retry-After asks for, or sends under ${LIMITS.minimumAmplification} requests for each that is wanted.`,
        requests,
        figures: {
          retries,
          amplification,
          recoveredRetries: row.number('recovered_count'),
          medianGapMs: gap,
          usualGapMs: usual,
          growingGapsPercent: growingPercent,
        },
        comparedWith: 'the gaps between other requests of the same key, method and path',
        gain: { requests: retries },
      };
    }),
};
