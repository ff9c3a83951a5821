import { type Rule, percent } from './rule.sql';

const LIMITS = {
  minimumRequests: 1_000,
  minimumKeys: 3,
  /** Percent of the answers that are as long as another one for the same path. */
  minimumRepeatedPercent: 95,
  /** Percent of the latency of all requests together. */
  minimumSharePercent: 10,
};

/** Answers that many keys ask for and that seem to be the same. */
export const cacheCandidate: Rule = {
  type: 'cache_candidate',
  description:
    'An endpoint that several keys get, much of the latency of all requests, with few different lengths of answers for each path. Equal length is not equal content: it is a candidate.',
  thresholds: LIMITS,
  reads: 'raw',
  endsWithTraffic: false,
  sql: (rows, { raw }) => `
    SELECT
        '' AS key,
        toString(endpoint) AS name,
        countIf(is_get) AS request_count,
        uniqExactIf(key_id, is_get) AS key_count,
        uniqExactIf((path_hash, response_bytes), is_get) AS distinct_count,
        sumIf(latency_us, is_get) / 1000 AS latency_ms,
        sum(sum(latency_us) / 1000) OVER () AS all_ms,
        latency_ms AS weight
    FROM
    (
        SELECT
            endpoint,
            key_id,
            path_hash,
            response_bytes,
            latency_us,
            method = 'GET' AND status_code BETWEEN 200 AND 299 AS is_get
        FROM events
        WHERE ${rows.events(raw)} AND status_code NOT IN (101, 429)
    )
    GROUP BY endpoint`,
  judge: (rows) =>
    rows.map((row) => {
      const [requests, keys] = [row.number('request_count'), row.number('key_count')];
      const distinct = row.number('distinct_count');
      const repeatedPercent = percent(requests - distinct, requests);
      const [latencyMs, sharePercent] = [
        row.number('latency_ms'),
        percent(row.number('latency_ms'), row.number('all_ms')),
      ];
      const endpoint = row.string('name');
      return {
        keyId: null,
        endpoint,
        enough: requests >= LIMITS.minimumRequests,
        faulty:
          keys >= LIMITS.minimumKeys &&
          repeatedPercent >= LIMITS.minimumRepeatedPercent &&
          sharePercent >= LIMITS.minimumSharePercent,
        title: `${endpoint} may be worth a cache`,
        message:
          `${keys} keys got it ${requests} times, with ${distinct} different answers by path and length; it is ${sharePercent} % of the time of all ` +
          `requests. This goes away when a cache answers: with under ${LIMITS.minimumSharePercent} % of the time. See first that the answers are the same.`,
        requests,
        figures: { keys, distinctAnswers: distinct, repeatedPercent, sharePercent, latencyMs: Math.round(latencyMs) },
        comparedWith: 'the number of answers, and the latency of all endpoints',
        gain: { latencyMs: Math.round((latencyMs * (requests - distinct)) / Math.max(1, requests)) },
      };
    }),
};
