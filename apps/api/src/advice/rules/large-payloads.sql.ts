import { type Rule, percent } from './rule.sql';

const LIMITS = {
  minimumRequests: 100,
  /** p95 of the bytes of an answer. */
  minimumP95Bytes: 300_000,
  /** Percent of the bytes of all answers. */
  minimumSharePercent: 10,
};

/** An endpoint that answers more than a client is likely to need at once. */
export const largePayloads: Rule = {
  type: 'large_payloads',
  description: 'An endpoint with large answers that are a noticeable share of all bytes.',
  thresholds: LIMITS,
  reads: 'raw',
  endsWithTraffic: false,
  sql: (rows, { raw }) => `
    SELECT
        '' AS key,
        name,
        sum(of_key) AS request_count,
        quantileTDigestMerge(0.95)(bytes_state) AS p95,
        toFloat64(sum(bytes_of_key)) AS byte_count,
        sum(byte_count) OVER () AS all_bytes,
        toFloat64(sum(excess)) AS excess_bytes,
        argMax(key_name, bytes_of_key) AS top_key,
        argMax(bytes_of_key / of_key, bytes_of_key) AS top_mean,
        byte_count AS weight
    FROM
    (
        SELECT
            toString(endpoint) AS name,
            toString(key_id) AS key_name,
            count() AS of_key,
            sum(response_bytes) AS bytes_of_key,
            sum(if(response_bytes > ${LIMITS.minimumP95Bytes}, response_bytes - ${LIMITS.minimumP95Bytes}, 0)) AS excess,
            quantileTDigestState(0.95)(response_bytes) AS bytes_state
        FROM events
        WHERE ${rows.events(raw)} AND status_code BETWEEN 200 AND 299
        GROUP BY name, key_name
    )
    GROUP BY name`,
  judge: (rows) =>
    rows.map((row) => {
      const [requests, p95] = [row.number('request_count'), Math.round(row.number('p95'))];
      const sharePercent = percent(row.number('byte_count'), row.number('all_bytes'));
      const endpoint = row.string('name');
      return {
        keyId: null,
        endpoint,
        enough: requests >= LIMITS.minimumRequests,
        faulty: p95 >= LIMITS.minimumP95Bytes && sharePercent >= LIMITS.minimumSharePercent,
        title: `Answers of ${endpoint} are large: ${Math.round(p95 / 1_000)} kB at p95`,
        message:
          `They are ${sharePercent} % of the bytes of all answers; most go to ${row.string('top_key')}. This goes away when pages or chosen fields make ` +
          `the p95 smaller than ${LIMITS.minimumP95Bytes / 1_000} kB, or the share under ${LIMITS.minimumSharePercent} %.`,
        requests,
        figures: {
          p95Bytes: p95,
          sharePercent,
          topKey: row.string('top_key'),
          topKeyMeanBytes: Math.round(row.number('top_mean')),
        },
        comparedWith: 'the bytes of the answers of all endpoints',
        gain: { bytes: Math.round(row.number('excess_bytes')) },
      };
    }),
};
