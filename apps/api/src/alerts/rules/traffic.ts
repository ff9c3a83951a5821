/** Rules on the traffic of the window as a whole. */
import { type Rule, alert, isEnough, percent, shown } from '../rule';
import { changeOf, isTrafficChange } from '../traffic-change';

export const noData: Rule = (input) => {
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

export const errorRate: Rule = (input, thresholds) => {
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

export const latency: Rule = (input, thresholds) => {
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

export const throttling: Rule = (input, thresholds) => {
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

export const utilization: Rule = (input, thresholds) =>
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

export const trafficChange: Rule = (input, thresholds) => {
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
