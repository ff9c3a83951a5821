import fc from 'fast-check';
import { DAY, loadSettings } from '@meterhouse/common';
import { PRIORITIES } from './alert.dto';
import { type AlertInput, findAlerts } from './alerts';

const NOW = Date.parse('2026-03-31T10:20:30.400Z');
const thresholds = loadSettings({}).alerts;

/** A healthy day: nothing to report. */
const quiet: AlertInput = {
  from: NOW - DAY,
  to: NOW,
  now: NOW,
  requests: 1_000,
  failed: 10,
  throttled: 1,
  unfilteredRequests: null,
  p95: 200,
  previousRequests: 1_000,
  endpoints: ['/a', '/b', '/c'].map((endpoint) => ({ endpoint, requests: 300, failed: 3, p95: 200 })),
  endpointNamesPerDay: 500,
  utilization: [
    { window: 'minute', percent: 10 },
    { window: 'day', percent: null },
  ],
  keys: [{ id: 'k', name: 'Production', createdAt: 0, expiresAt: null, usedRecently: true }],
};

const find = (change: Partial<AlertInput>) => findAlerts({ ...quiet, ...change }, thresholds);
const types = (change: Partial<AlertInput>) => find(change).map((alert) => alert.type);

describe('findAlerts', () => {
  it('says nothing of a healthy window', () => {
    expect(find({})).toEqual([]);
  });

  it.each([
    ['high_error_rate', { failed: 51 }, 'errorRate', 5.1, 5, 'medium'],
    ['high_error_rate', { failed: 500 }, 'errorRate', 50, 5, 'critical'],
    ['high_latency', { p95: 1_500 }, 'p95', 1_500, 1_000, 'medium'],
    ['throttling', { throttled: 20 }, 'throttledRate', 2, 1, 'medium'],
    [
      'rate_limit_utilization',
      { utilization: [{ window: 'day', percent: 81 }] },
      'utilization.requestsPerDay',
      81,
      80,
      'high',
    ],
    ['traffic_spike', { previousRequests: 500 }, 'trafficChange', 100, 50, 'medium'],
    ['traffic_drop', { previousRequests: 4_000 }, 'trafficChange', -75, 50, 'medium'],
    [
      'key_expiring',
      { keys: [{ id: 'k', name: 'P', createdAt: 0, expiresAt: NOW + 3 * DAY, usedRecently: true }] },
      'daysUntilExpiry',
      3,
      7,
      'medium',
    ],
    [
      'key_unused',
      { keys: [{ id: 'k', name: 'P', createdAt: 0, expiresAt: null, usedRecently: false }] },
      'unusedKeys',
      1,
      1,
      'low',
    ],
    [
      'no_data',
      { requests: 0, failed: 0, throttled: 0, p95: null, endpoints: [], previousRequests: 0 },
      'requests',
      0,
      1,
      'low',
    ],
  ] as const)('raises %s with its evidence', (type, change, metric, value, threshold, priority) => {
    const [alert, ...others] = find(change as Partial<AlertInput>);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ type, priority, evidence: { metric, value, threshold } });
    expect(alert?.recommendation).not.toBe('');
  });

  it.each([
    [null, 'No usage data found'],
    [0, 'No usage data found'],
    [1, 'No requests match this filter; without it there is 1.'],
    [20, 'No requests match this filter; without it there are 20.'],
  ])('says whether a filter leaves no data: of %s requests', (unfilteredRequests, message) => {
    expect(find({ requests: 0, previousRequests: 0, endpoints: [], unfilteredRequests })).toMatchObject([
      { type: 'no_data', message },
    ]);
  });

  it('names the endpoint that is far worse than the rest', () => {
    const endpoints = [...quiet.endpoints, { endpoint: '/bad', requests: 100, failed: 40, p95: 5_000 }];
    const found = find({ endpoints });
    expect(found.map((alert) => alert.type)).toEqual(['endpoint_errors', 'endpoint_latency']);
    expect(found[0]?.message).toContain('/bad');
  });

  describe('of a window with more endpoint names than there may be', () => {
    const endpoints = [...quiet.endpoints, { endpoint: '{other}', requests: 125, failed: 125, p95: 9_000 }];

    it.each([
      [500, '12.5 % of the requests are counted as {other}: they came with more than 500 endpoint names in a day.'],
      [
        null,
        '12.5 % of the requests are counted as {other}: they came with more endpoint names in a day than the limit.',
      ],
    ])('says so, for a limit of %s, and takes {other} for no endpoint', (endpointNamesPerDay, message) => {
      expect(find({ endpoints, endpointNamesPerDay })).toMatchObject([
        { type: 'too_many_endpoints', priority: 'medium', message, evidence: { metric: 'otherRequests', value: 125 } },
      ]);
    });
  });

  it('says nothing of rates over a handful of requests', () => {
    expect(types({ requests: 10, failed: 9, p95: 9_000, previousRequests: 10, endpoints: [] })).toEqual([]);
  });

  it('does not call a new key unused', () => {
    const keys = [{ id: 'k', name: 'New', createdAt: NOW - DAY, expiresAt: null, usedRecently: false }];
    expect(types({ keys })).toEqual([]);
  });

  it('distinguishes a missing period before from an empty one', () => {
    expect(types({ previousRequests: null })).toEqual([]);
  });

  it('lists the most urgent first, whatever the figures', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.nat(1_000),
        fc.nat(5_000),
        fc.nat(5_000),
        (failed, throttled, p95, previousRequests) => {
          const order = find({ failed, throttled, p95, previousRequests }).map((alert) =>
            PRIORITIES.indexOf(alert.priority),
          );
          expect(order).toEqual([...order].sort((a, b) => b - a));
        },
      ),
    );
  });
});
