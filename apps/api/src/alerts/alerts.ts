/** The alerts of `GET /usage`: plain functions of a window's figures, so that each rule can be tested alone. */
import { type AlertThresholds, DAY, iso, round6 } from '@meterhouse/common';
import { OTHER_ENDPOINT } from '../endpoints/normalise-endpoint';
import { type AlertDto, type AlertType, PRIORITIES, type Priority } from './alert.dto';
import { changeOf, isTrafficChange } from './traffic-change';

/** Input of the rules. Rates are percentages, latencies milliseconds, instants epoch milliseconds. */
export interface AlertInput {
  from: number;
  to: number;
  now: number;
  requests: number;
  failed: number;
  throttled: number;
  /** Requests without the filters on more than the key; null where there are none, or where some requests match them. */
  unfilteredRequests: number | null;
  /** Null without `includeLatency`, or without requests that have a latency. */
  p95: number | null;
  /** Requests in the period before the window; null when there is no such period. */
  previousRequests: number | null;
  endpoints: { endpoint: string; requests: number; failed: number; p95: number | null }[];
  /** Of the account asked for; null where it has no limit, or all accounts are asked for. */
  endpointNamesPerDay: number | null;
  utilization: { window: 'minute' | 'hour' | 'day'; percent: number | null }[];
  /** The active keys asked for; `usedRecently` is whether one called or had an event within the configured days. */
  keys: { id: string; name: string; createdAt: number; expiresAt: number | null; usedRecently: boolean }[];
}

type Rule = (input: AlertInput, thresholds: AlertThresholds) => AlertDto[];

/** Names listed in one message; the rest is counted. */
const MAX_NAMES = 3;

/** Every alert that the figures raise, most urgent first. */
export function findAlerts(input: AlertInput, thresholds: AlertThresholds): AlertDto[] {
  const rules: Rule[] = [
    noData,
    errorRate,
    latency,
    throttling,
    utilization,
    trafficChange,
    worstEndpoint,
    tooManyEndpoints,
    expiringKeys,
    unusedKeys,
  ];
  return rules
    .flatMap((rule) => rule(input, thresholds))
    .sort((a, b) => PRIORITIES.indexOf(b.priority) - PRIORITIES.indexOf(a.priority));
}

const noData: Rule = (input) => {
  if (input.requests > 0) return [];
  const hidden = input.unfilteredRequests ?? 0;
  return [
    alert(input, {
      type: 'no_data',
      priority: 'low',
      metric: 'requests',
      value: 0,
      threshold: 1,
      ...(hidden > 0
        ? {
            message: `No requests match this filter; without it there ${hidden === 1 ? 'is 1' : `are ${hidden}`}.`,
            recommendation:
              'Check endpoint, method, statusCode and errorType against the values that the breakdown and the errors ' +
              'list without a filter.',
          }
        : {
            message: 'No usage data found',
            recommendation: 'Ask for a longer timeframe, or check that the key id is the one that events are sent for.',
          }),
    }),
  ];
};

const errorRate: Rule = (input, thresholds) => {
  if (!isEnough(input, thresholds)) return [];
  const rate = percent(input.failed, input.requests);
  if (rate <= thresholds.errorRate) return [];
  const priority = rate >= 50 ? 'critical' : rate >= 2 * thresholds.errorRate ? 'high' : 'medium';
  return [
    alert(input, {
      type: 'high_error_rate',
      priority,
      message: `${shown(rate)} % of the requests failed.`,
      metric: 'errorRate',
      value: rate,
      threshold: thresholds.errorRate,
      recommendation: 'Look at errors.byEndpoint and errors.byType for where the failures come from.',
    }),
  ];
};

const latency: Rule = (input, thresholds) => {
  const { p95 } = input;
  if (!isEnough(input, thresholds) || p95 === null || p95 <= thresholds.p95LatencyMs) return [];
  const priority = p95 >= 2 * thresholds.p95LatencyMs ? 'high' : 'medium';
  return [
    alert(input, {
      type: 'high_latency',
      priority,
      message: `One request in twenty took ${shown(p95)} ms or longer.`,
      metric: 'p95',
      value: p95,
      threshold: thresholds.p95LatencyMs,
      recommendation: 'Sort breakdown.byEndpoint by latency to see which endpoints are slow.',
    }),
  ];
};

const throttling: Rule = (input, thresholds) => {
  if (!isEnough(input, thresholds)) return [];
  const rate = percent(input.throttled, input.requests);
  if (rate <= thresholds.throttledRate) return [];
  const priority = rate >= 10 * thresholds.throttledRate ? 'high' : 'medium';
  return [
    alert(input, {
      type: 'throttling',
      priority,
      message: `${shown(rate)} % of the requests were throttled (429).`,
      metric: 'throttledRate',
      value: rate,
      threshold: thresholds.throttledRate,
      recommendation: 'Spread the calls out, honour Retry-After, or move to a higher tier.',
    }),
  ];
};

const utilization: Rule = (input, thresholds) =>
  input.utilization.flatMap(({ window, percent: used }) => {
    if (used === null || used < thresholds.utilization) return [];
    const message = `${shown(used)} % of the requests allowed in the running ${window} are used.`;
    const metric = `utilization.requestsPer${window[0]?.toUpperCase()}${window.slice(1)}`;
    return [
      alert(input, {
        type: 'rate_limit_utilization',
        priority: used >= 100 ? 'critical' : 'high',
        message,
        metric,
        value: used,
        threshold: thresholds.utilization,
        recommendation: `Slow down until the ${window} ends, or move to a higher tier.`,
      }),
    ];
  });

const trafficChange: Rule = (input, thresholds) => {
  const before = input.previousRequests;
  if (before === null || !isTrafficChange(input.requests, before, thresholds)) return [];
  const change = changeOf(input.requests, before);
  const [type, word] = change > 0 ? (['traffic_spike', 'more'] as const) : (['traffic_drop', 'less'] as const);
  return [
    alert(input, {
      type,
      priority: 'medium',
      message: `${shown(Math.abs(change))} % ${word} traffic than in the period before.`,
      metric: 'trafficChange',
      value: change,
      threshold: thresholds.trafficChange,
      recommendation:
        change > 0
          ? 'Check breakdown.byKey for the keys that send more, and whether the limits still fit.'
          : 'Check breakdown.byKey for who stopped sending, and whether events still arrive.',
    }),
  ];
};

/** The endpoint furthest above the median of the others, by error rate and by p95. */
const worstEndpoint: Rule = (input, thresholds) => {
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
const tooManyEndpoints: Rule = (input) => {
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

const expiringKeys: Rule = (input, thresholds) => {
  const soon = input.keys
    .flatMap((key) => (key.expiresAt === null ? [] : [{ ...key, days: (key.expiresAt - input.now) / DAY }]))
    .filter((key) => key.days <= thresholds.expiryDays)
    .sort((a, b) => a.days - b.days);
  const [first] = soon;
  if (!first) return [];
  const verb = soon.length === 1 ? 'expires' : 'expire';
  return [
    alert(input, {
      type: 'key_expiring',
      priority: first.days <= 1 ? 'high' : 'medium',
      message: `${names(soon)} ${verb} within ${first.days < 1 ? `${shown(24 * first.days)} hours` : `${shown(first.days)} days`}.`,
      metric: 'daysUntilExpiry',
      value: first.days,
      threshold: thresholds.expiryDays,
      recommendation: 'Create a key without that expiry and move its users to it before then.',
    }),
  ];
};

/** A key younger than the threshold cannot be unused yet. */
const unusedKeys: Rule = (input, thresholds) => {
  const since = input.now - thresholds.unusedDays * DAY;
  const unused = input.keys.filter((key) => !key.usedRecently && key.createdAt < since);
  if (unused.length === 0) return [];
  const verb = unused.length === 1 ? 'was' : 'were';
  return [
    alert(input, {
      type: 'key_unused',
      priority: 'low',
      message: `${names(unused)} ${verb} not used for ${thresholds.unusedDays} days.`,
      metric: 'unusedKeys',
      value: unused.length,
      threshold: 1,
      recommendation: 'Revoke keys that nobody uses.',
      from: since,
      to: input.now,
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

interface Finding {
  type: AlertType;
  priority: Priority;
  message: string;
  recommendation: string;
  metric: string;
  value: number;
  threshold: number;
  /** The time looked at; the window unless given. */
  from?: number;
  to?: number;
}

function alert(input: AlertInput, finding: Finding): AlertDto {
  const { type, message, priority, recommendation, metric } = finding;
  const evidence = {
    metric,
    value: round6(finding.value),
    threshold: round6(finding.threshold),
    from: iso(finding.from ?? input.from),
    to: iso(finding.to ?? input.to),
  };
  return { type, message, priority, recommendation, evidence };
}

function isEnough(input: AlertInput, thresholds: AlertThresholds): boolean {
  return input.requests >= thresholds.minimumRequests;
}

/** Of a whole that is not 0: `minimumRequests` is 1 or more. */
function percent(part: number, whole: number): number {
  return (part / whole) * 100;
}

function names(keys: { name: string }[]): string {
  const listed = keys
    .slice(0, MAX_NAMES)
    .map((key) => `"${key.name}"`)
    .join(', ');
  const more = keys.length - MAX_NAMES;
  return `${keys.length === 1 ? 'Key' : 'Keys'} ${listed}${more > 0 ? ` and ${more} more` : ''}`;
}

/** One decimal is enough to read. */
function shown(value: number): string {
  return String(Math.round(value * 10) / 10);
}
