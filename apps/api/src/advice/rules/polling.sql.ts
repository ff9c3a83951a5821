import { type Rule, rounded } from './rule.sql';

const LIMITS = {
  /** Gaps between requests of a key for one path. */
  minimumGaps: 100,
  /** Half of the middle 80 % of the gaps over 1.28 of their median, which of a normal spread is the coefficient of variation; random arrivals have 1.2. */
  maximumVariation: 0.2,
  /** Percent of the answers that are as long as the one before. */
  minimumEqualPercent: 90,
};

/** A client that asks for the same by the clock and seldom gets news. */
export const polling: Rule = {
  type: 'polling',
  description: 'A key that gets one path at regular intervals, where nearly every answer is as long as the one before.',
  thresholds: LIMITS,
  reads: 'raw',
  endsWithTraffic: true,
  sql: (rows, { raw }) => `
    SELECT
        toString(key_id) AS key,
        toString(endpoint) AS name,
        sum(path_requests) AS request_count,
        sumIf(path_requests, is_polled) AS polled_count,
        countIf(is_polled) AS polled_paths,
        sumIf(path_equal, is_polled) AS equal_count,
        argMax(path_gap, path_requests) AS median_gap,
        argMax(path_variation, path_requests) AS variation,
        argMax(path_equal / path_gaps, path_requests) AS equal_share,
        max(path_gaps) AS most_gaps,
        polled_count AS weight
    FROM
    (
        SELECT
            key_id,
            endpoint,
            count() AS path_requests,
            countIf(time_before > 0) AS path_gaps,
            countIf(time_before > 0 AND response_bytes = bytes_before) AS path_equal,
            quantilesIf(0.1, 0.5, 0.9)(toFloat64(time - time_before), time_before > 0) AS gaps,
            gaps[2] AS path_gap,
            (gaps[3] - gaps[1]) / (2.563 * greatest(gaps[2], 1)) AS path_variation,
            path_gaps >= ${LIMITS.minimumGaps} AND path_variation <= ${LIMITS.maximumVariation}
                AND path_equal >= ${LIMITS.minimumEqualPercent / 100} * path_gaps AS is_polled
        FROM
        (
            SELECT
                key_id,
                endpoint,
                path_hash,
                response_bytes,
                toUnixTimestamp64Milli(timestamp) AS time,
                lagInFrame(time, 1) OVER same AS time_before,
                lagInFrame(response_bytes, 1) OVER same AS bytes_before
            FROM events
            WHERE ${rows.events(raw)}
                AND method IN ('GET', 'HEAD')
                AND status_code BETWEEN 200 AND 299
            WINDOW same AS (
                PARTITION BY key_id, endpoint, path_hash ORDER BY timestamp, latency_us
                ROWS BETWEEN 1 PRECEDING AND CURRENT ROW
            )
        )
        GROUP BY key_id, endpoint, path_hash
    )
    GROUP BY key_id, endpoint
    HAVING most_gaps >= ${LIMITS.minimumGaps}`,
  judge: (rows) =>
    rows.map((row) => {
      const [polled, equal] = [row.number('polled_count'), row.number('equal_count')];
      const seconds = rounded(row.number('median_gap') / 1_000);
      const [keyId, endpoint] = [row.string('key'), row.string('name')];
      return {
        keyId,
        endpoint,
        enough: true,
        faulty: row.number('polled_paths') > 0,
        title: `${keyId} polls ${endpoint} every ${seconds} s`,
        message:
          `${polled} requests came at regular intervals, and ${equal} of the answers were as long as the one before. This goes away when the client ` +
          `is told of changes (a webhook), asks with If-None-Match, or asks less often than ${LIMITS.minimumGaps} times.`,
        requests: row.number('request_count'),
        figures: {
          polledRequests: polled,
          polledPaths: row.number('polled_paths'),
          equalAnswers: equal,
          intervalSeconds: seconds,
          variation: rounded(row.number('variation')),
          equalPercent: rounded(100 * row.number('equal_share')),
        },
        comparedWith: 'random arrivals, whose gaps vary by 1.2 in this measure',
        gain: { requests: equal },
      };
    }),
};
