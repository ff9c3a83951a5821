import { changesOf } from './comparison';
import type { LatencyDto, UsageTotalsDto } from './dto/usage-totals.dto';

const totals = (given: Partial<UsageTotalsDto>): UsageTotalsDto => ({
  totalRequests: 0,
  successfulRequests: 0,
  failedRequests: 0,
  throttledRequests: 0,
  successRate: 0,
  requestsPerMinute: 0,
  requestsPerHour: 0,
  requestsPerDay: 0,
  peakRequestsPerMinute: 0,
  peakRequestsPerHour: 0,
  dataTransferred: 0,
  averageDataPerRequest: null,
  ...given,
});

const latency = (value: number | null): LatencyDto => ({
  average: value,
  peak: value,
  p50: value,
  p75: value,
  p90: value,
  p95: value,
  p99: value,
  maxErrorPercent: 0.33,
});

describe('changesOf', () => {
  it.each([
    ['more', 30, 20, { absolute: 10, percent: 50 }],
    ['less', 5, 20, { absolute: -15, percent: -75 }],
    ['the same', 20, 20, { absolute: 0, percent: 0 }],
    ['none any more', 0, 20, { absolute: -20, percent: -100 }],
    ['something after nothing', 20, 0, { absolute: 20, percent: null }],
    ['nothing twice', 0, 0, { absolute: 0, percent: null }],
    ['thirds', 1, 3, { absolute: -2, percent: -66.666667 }],
    ['more than doubled', 7, 3, { absolute: 4, percent: 133.333333 }],
  ])('compares %s', (_, now, before, change) => {
    const { usage } = changesOf(
      { usage: totals({ totalRequests: now }) },
      { usage: totals({ totalRequests: before }) },
    );
    expect(usage.totalRequests).toEqual(change);
  });

  it.each([
    ['more bytes than a number holds', 2n ** 60n + 1n, 2n ** 60n, { absolute: 1, percent: 0 }],
    ['fewer', 7, 2n ** 60n, { absolute: 7n - 2n ** 60n, percent: -100 }],
    ['twice as many', 2n ** 61n, 2n ** 60n, { absolute: 2n ** 60n, percent: 100 }],
    ['many after nothing', 2n ** 60n, 0, { absolute: 2n ** 60n, percent: null }],
  ])('compares %s', (_, now, before, change) => {
    const { usage } = changesOf(
      { usage: totals({ dataTransferred: now }) },
      { usage: totals({ dataTransferred: before }) },
    );
    expect(usage.dataTransferred).toEqual(change);
  });

  it.each([
    [null, 5],
    [5, null],
    [null, null],
  ])('has no change between %s and %s', (now, before) => {
    const change = changesOf(
      { usage: totals({ averageDataPerRequest: now, peakRequestsPerMinute: now }), latency: latency(now) },
      { usage: totals({ averageDataPerRequest: before, peakRequestsPerMinute: before }), latency: latency(before) },
    );
    const none = { absolute: null, percent: null };
    expect(change.usage).toMatchObject({ averageDataPerRequest: none, peakRequestsPerMinute: none });
    expect(change.latency).toMatchObject({ average: none, p99: none });
  });

  it('has each figure once, by its name, and no change of the error bound', () => {
    const change = changesOf(
      { usage: totals({ averageLatency: 3, peakLatency: 4 }), latency: latency(3) },
      { usage: totals({ averageLatency: 2, peakLatency: 8 }), latency: latency(2) },
    );
    expect(Object.keys(change.usage).sort()).toEqual(Object.keys(totals({ averageLatency: 3, peakLatency: 4 })).sort());
    expect(change.usage.peakLatency).toEqual({ absolute: -4, percent: -50 });
    expect(Object.keys(change.latency ?? {})).toEqual(['average', 'peak', 'p50', 'p75', 'p90', 'p95', 'p99']);
    expect(change.latency?.p95).toEqual({ absolute: 1, percent: 50 });
  });

  it('compares latency only where both sides have it, and keeps what it was given', () => {
    const before = { usage: totals({}), latency: latency(2) };
    expect(changesOf({ usage: totals({}) }, before)).not.toHaveProperty('latency');
    expect(before).toEqual({ usage: totals({}), latency: latency(2) });
  });
});
