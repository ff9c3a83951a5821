import { LEVELS, SUMS, TIMED, toSums } from '@meterhouse/clickhouse/rollups';
import { toTraffic } from '../../usage/read/breakdown-rows';
import { weightedMedian } from '../statistics';
import { type Rule, percent, rounded } from './rule.sql';

const LIMITS = {
  /** Timed requests. */
  minimumRequests: 1_000,
  /** Percent of the latency of all requests together. */
  minimumSharePercent: 25,
  /** Its p95 over that of the other endpoints. */
  minimumRatio: 3,
  minimumP95Ms: 200,
};

/** Not the slowest endpoint, but the one that most of the waiting is for. */
export const slowEndpoint: Rule = {
  type: 'slow_endpoint',
  description:
    'An endpoint that takes much of the latency of all requests, and whose p95 is several times that of the others.',
  thresholds: LIMITS,
  reads: 'rollups',
  endsWithTraffic: false,
  sql: (rows, { window }) => `
    SELECT
        '' AS key,
        toString(endpoint) AS name,
        ${SUMS},
        quantilesTimingMerge(${LEVELS})(latency) AS latency_codes,
        sum(latency_sum) OVER () AS all_latency,
        latency_sum AS weight
    FROM (${rows.usage(['endpoint', 'status_code'], window)})
    WHERE ${TIMED}
    GROUP BY name`,
  judge: (rows) => {
    const endpoints = rows.map((row) => {
      const sums = toSums(row);
      const { p50, p95 } = toTraffic(sums, row.numbersOrNull('latency_codes')).percentiles;
      return { name: row.string('name'), sums, p50: p50 ?? 0, p95: p95 ?? 0, all: row.number('all_latency') };
    });
    return endpoints.map(({ name, sums, p50, p95, all }) => {
      const others = endpoints.filter((other) => other.name !== name);
      const otherP95 = weightedMedian(others.map((other) => ({ value: other.p95, weight: other.sums.timed })));
      const otherRequests = others.reduce((sum, other) => sum + other.sums.timed, 0);
      const sharePercent = percent(sums.latencySumUs, all);
      const spared = otherP95 < p95 ? (sums.latencySumUs / 1_000) * (1 - otherP95 / p95) : 0;
      return {
        keyId: null,
        endpoint: name,
        enough: Math.min(sums.timed, otherRequests) >= LIMITS.minimumRequests,
        faulty:
          sharePercent >= LIMITS.minimumSharePercent &&
          p95 >= LIMITS.minimumP95Ms &&
          p95 >= LIMITS.minimumRatio * otherP95,
        title: `${name} takes ${Math.round(sharePercent)} % of the time of all requests`,
        message:
          `The p95 of ${name} is ${Math.round(p95)} ms, that of the other endpoints ${Math.round(otherP95)} ms. ` +
          `This goes away when it is under ${LIMITS.minimumP95Ms} ms or ${LIMITS.minimumRatio} times theirs, or the share under ${LIMITS.minimumSharePercent} %.`,
        requests: sums.timed,
        figures: {
          p50: rounded(p50),
          p95: rounded(p95),
          othersP95: rounded(otherP95),
          sharePercent,
          slowestPartPercent: percent(p95 - p50, p95),
        },
        comparedWith: 'the p95 of the other endpoints in the same window: their median, weighted by requests',
        gain: { latencyMs: Math.round(spared) },
      };
    });
  },
};
