import { FAILED, THROTTLED } from '@meterhouse/clickhouse/rollups';
import { largerShareByChance } from '../statistics';
import { GONE } from './retired-route.sql';
import { type Rule, percent } from './rule.sql';

const LIMITS = {
  minimumFailed: 50,
  /** Percent of the requests of the key to the endpoint that failed. */
  minimumRatePercent: 5,
  /** Its rate over that of all other requests. */
  minimumRatio: 3,
  /** The chance that it is none, over all pairs of key and endpoint tested (Bonferroni). */
  maximumP: 0.001,
};

/** Where the errors of an account come from. */
export const errorHotSpot: Rule = {
  type: 'error_hot_spot',
  description:
    'A key and endpoint whose requests fail far more often than all others. Throttled requests do not count, nor does a route that answers nothing but 404, 405 and 410.',
  thresholds: LIMITS,
  reads: 'rollups',
  endsWithTraffic: false,
  sql: (rows, { window }) => `
    SELECT
        key,
        name,
        sum(of_type) AS request_count,
        sum(failed_of_type) AS failed_count,
        sum(server_of_type) AS server_count,
        sum(gone_of_type) AS gone_count,
        argMax(type, failed_of_type) AS top_type,
        max(failed_of_type) AS top_failed,
        sum(request_count) OVER () - request_count AS other_count,
        sum(failed_count) OVER () - failed_count AS other_failed,
        count() OVER () AS tested,
        failed_count AS weight
    FROM
    (
        SELECT
            toString(key_id) AS key,
            toString(endpoint) AS name,
            toString(error_type) AS type,
            sum(requests) AS of_type,
            sumIf(requests, ${FAILED}) AS failed_of_type,
            sumIf(requests, status_code >= 500) AS server_of_type,
            sumIf(requests, ${GONE}) AS gone_of_type
        FROM (${rows.usage(['key_id', 'endpoint', 'status_code', 'error_type'], window)})
        WHERE NOT (${THROTTLED})
        GROUP BY key, name, type
    )
    GROUP BY key, name`,
  judge: (rows) =>
    rows.flatMap((row) => {
      const cell = { count: row.number('failed_count'), of: row.number('request_count') };
      const others = { count: row.number('other_failed'), of: row.number('other_count') };
      if (row.number('gone_count') === cell.of) return [];
      const [rate, otherRate] = [percent(cell.count, cell.of), percent(others.count, others.of)];
      const p = others.of > 0 ? Math.min(1, largerShareByChance(cell, others) * row.number('tested')) : 1;
      const [keyId, endpoint] = [row.string('key'), row.string('name')];
      const server = row.number('server_count');
      const cause =
        server * 2 >= cell.count
          ? 'Most are answered 5xx, which is for the API to mend.'
          : 'Most are answered 4xx, which is for the owner of the key to mend.';
      return [
        {
          keyId,
          endpoint,
          enough: cell.of >= LIMITS.minimumFailed,
          faulty:
            cell.count >= LIMITS.minimumFailed &&
            rate >= LIMITS.minimumRatePercent &&
            rate >= LIMITS.minimumRatio * otherRate &&
            p < LIMITS.maximumP,
          title: `${Math.round(rate)} % of the requests of ${keyId} to ${endpoint} fail`,
          message:
            `${cell.count} of ${cell.of} requests failed, most of them with ${row.string('top_type')}; of all others ${otherRate} % did. ${cause} ` +
            `This goes away when the rate is under ${LIMITS.minimumRatePercent} % or ${LIMITS.minimumRatio} times that of the others.`,
          requests: cell.of,
          figures: {
            failedRequests: cell.count,
            serverErrors: server,
            errorRate: rate,
            othersErrorRate: otherRate,
            errorType: row.string('top_type'),
            ofErrorType: row.number('top_failed'),
            p,
          },
          comparedWith: 'all other keys and endpoints in the same window, by the two-proportion test',
          gain: { requests: Math.max(0, Math.round(cell.count - (cell.of * otherRate) / 100)) },
        },
      ];
    }),
};
