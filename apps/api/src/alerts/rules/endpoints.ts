/** Rules on the endpoints of the window. */
import { OTHER_ENDPOINT } from '../../endpoints/normalise-endpoint';
import { type Rule, alert, percent, shown } from '../rule';

/** The endpoint furthest above the median of the others, by error rate and by p95. */
export const worstEndpoint: Rule = (input, thresholds) => {
  const candidates = input.endpoints.filter(
    ({ endpoint, requests }) => endpoint !== OTHER_ENDPOINT && requests >= thresholds.minimumRequests,
  );
  const errors = outlier(
    candidates.map((candidate) => ({
      endpoint: candidate.endpoint,
      value: percent(candidate.failed, candidate.requests),
    })),
    thresholds.endpointFactor,
    thresholds.errorRate,
  );
  const slow = outlier(
    candidates.flatMap(({ endpoint, p95 }) => (p95 === null ? [] : [{ endpoint, value: p95 }])),
    thresholds.endpointFactor,
    thresholds.p95LatencyMs,
  );
  return [
    ...(errors === null
      ? []
      : [
          alert(input, {
            type: 'endpoint_errors',
            priority: 'high',
            message: `${errors.endpoint} fails far more often than the other endpoints: ${shown(errors.value)} %.`,
            metric: 'errorRate',
            value: errors.value,
            threshold: errors.threshold,
            recommendation: `Look at the failures of ${errors.endpoint} first.`,
          }),
        ]),
    ...(slow === null
      ? []
      : [
          alert(input, {
            type: 'endpoint_latency',
            priority: 'medium',
            message: `${slow.endpoint} is far slower than the other endpoints: p95 ${shown(slow.value)} ms.`,
            metric: 'p95',
            value: slow.value,
            threshold: slow.threshold,
            recommendation: `Look at the latency of ${slow.endpoint} first.`,
          }),
        ]),
  ];
};

/** Requests whose endpoints came after as many others of their account and day as there may be. */
export const tooManyEndpoints: Rule = (input) => {
  const requests = input.endpoints.find(({ endpoint }) => endpoint === OTHER_ENDPOINT)?.requests ?? 0;
  if (requests === 0) return [];
  const limit = input.endpointNamesPerDay;
  const named =
    limit === null ? 'more endpoint names in a day than the limit' : `more than ${limit} endpoint names in a day`;
  return [
    alert(input, {
      type: 'too_many_endpoints',
      priority: 'medium',
      message: `${shown(percent(requests, input.requests))} % of the requests are counted as ${OTHER_ENDPOINT}: they came with ${named}.`,
      metric: 'otherRequests',
      value: requests,
      threshold: 0,
      recommendation:
        'Send route templates such as /v1/orders/{id}, and one name for all requests that no route matches; a higher ' +
        'tier has more names.',
    }),
  ];
};

/** The highest value, when it is above the floor and `factor` times the median of the others. */
function outlier(values: { endpoint: string; value: number }[], factor: number, floor: number) {
  const sorted = [...values].sort((a, b) => b.value - a.value);
  const [worst, ...rest] = sorted;
  if (!worst || rest.length < 2) return null;
  const median = rest[Math.floor(rest.length / 2)]?.value ?? 0;
  const threshold = Math.max(floor, factor * median);
  return worst.value > threshold ? { ...worst, threshold } : null;
}
