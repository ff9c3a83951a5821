import { DAY, isoOrNull, nearest } from '@meterhouse/common';
import { type Rule, percent } from './rule.sql';

const LIMITS = {
  minimumRequests: 50,
  /** How far back the last request that succeeded is looked for. */
  lookedBackDays: 400,
};

/** What a route answers that is not there, or not with this method. */
export const GONE = 'status_code IN (404, 405, 410)';

/** A key that calls a route which answers nobody any more. */
export const retiredRoute: Rule = {
  type: 'retired_route',
  description: 'A key that calls an endpoint where every request of everybody is answered 404, 405 or 410.',
  thresholds: LIMITS,
  reads: 'rollups',
  endsWithTraffic: true,
  sql: (rows, { window }) => `
    SELECT
        key,
        name,
        request_count,
        gone_count,
        other_count,
        toUnixTimestamp64Milli(last_success) AS last_success_at,
        if(other_count = 0, gone_count, 0) AS weight
    FROM
    (
        SELECT
            toString(key_id) AS key,
            toString(endpoint) AS name,
            sum(requests) AS request_count,
            sumIf(requests, ${GONE}) AS gone_count,
            sum(request_count - gone_count) OVER (PARTITION BY name) AS other_count
        FROM (${rows.usage(['key_id', 'endpoint', 'status_code'], window)})
        GROUP BY key, name
    ) AS cells
    LEFT JOIN
    (
        SELECT toString(endpoint) AS name, max(last_at) AS last_success
        FROM usage_day
        WHERE ${rows.ofKeys({ from: window.to - LIMITS.lookedBackDays * DAY, to: window.to })}
            AND status_code < 400
        GROUP BY name
    ) AS successes USING (name)`,
  judge: (rows) => {
    const live = [...new Set(rows.filter((row) => row.number('other_count') > 0).map((row) => row.string('name')))];
    return rows.flatMap((row) => {
      const [requests, gone] = [row.number('request_count'), row.number('gone_count')];
      if (gone === 0) return [];
      const [keyId, endpoint] = [row.string('key'), row.string('name')];
      const last = row.number('last_success_at') || null;
      const like = nearest(endpoint, live);
      return [
        {
          keyId,
          endpoint,
          enough: requests >= LIMITS.minimumRequests,
          faulty: row.number('other_count') === 0 && gone >= LIMITS.minimumRequests,
          title: `${keyId} calls ${endpoint}, which is not there`,
          message:
            `All ${requests} requests were answered 404, 405 or 410. ${last === null ? 'None has ever succeeded' : `The last success was ${isoOrNull(last)}`}` +
            `${like === null ? '' : `; the nearest endpoint that answers is ${like}`}. This goes away when the key calls it under ${LIMITS.minimumRequests} times, or it answers.`,
          requests,
          figures: { gonePercent: percent(gone, requests), lastSuccess: isoOrNull(last), nearestEndpoint: like },
          comparedWith: 'the requests of all keys for the endpoint',
          gain: { requests: gone },
        },
      ];
    });
  },
};
