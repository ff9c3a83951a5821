import { DAY, HOUR, MINUTE } from '@meterhouse/common';
import { NO_TRAFFIC, type Traffic } from '../../usage/read/aggregates';
import type { Condition, Rule } from '../rules/rule';
import { aRule } from '../testing/rules';
import { weeksBefore } from './anomaly';
import { judge } from './judge';

const END = Date.UTC(2026, 2, 31, 12);

const of = (requests: number, failed = 0): Traffic => ({ ...NO_TRAFFIC, requests, failed });

/** Judges the window that ends at `END`; what is not named has no request. */
const judged = (
  change: Partial<Rule>,
  traffic: Record<string, Traffic>,
  limits: { day?: number; minute?: number } | null = null,
) =>
  judge(
    {
      rule: aRule(change),
      traffic: (length, end) => traffic[`${length / MINUTE}@${(end - END) / MINUTE}`] ?? NO_TRAFFIC,
      standing: () => undefined,
      limits: limits && {
        requestsPerMinute: limits.minute ?? null,
        requestsPerHour: null,
        requestsPerDay: limits.day ?? null,
      },
      firstEvent: END - 60 * DAY,
    },
    END,
  );

const above = (value: number, recovery?: number): Condition => ({
  type: 'threshold',
  operator: 'above',
  value,
  ...(recovery === undefined ? {} : { recovery }),
});

describe('a threshold', () => {
  it.each([
    [6, 'breach'],
    [5, 'between'],
    [4, 'between'],
    [3, 'ok'],
  ])('of 5 with the recovery 3 says of %s %%: %s', (failed, verdict) => {
    expect(judged({ condition: above(5, 3) }, { '5@0': of(100, failed) })).toMatchObject({
      verdict,
      value: failed,
      threshold: 5,
    });
  });

  it('says nothing of fewer requests than the minimum, but of counts', () => {
    expect(judged({}, { '5@0': of(19, 19) }).verdict).toBe('ok');
    expect(judged({ metric: 'failedRequests' }, { '5@0': of(19, 19) }).verdict).toBe('breach');
  });

  it.each([
    ['ok', 'ok', null],
    ['keep', 'skip', null],
    ['alert', 'breach', 'NO_DATA'],
  ] as const)('takes a window without a request as %s: %s', (noData, verdict, reason) => {
    expect(judged({ noData }, {})).toMatchObject({ verdict, reason, value: null, requests: 0 });
  });

  it('finds a count of 0 below, whatever no data is', () => {
    const condition = { type: 'threshold', operator: 'below', value: 1 } as const;
    for (const noData of ['ok', 'keep'] as const) {
      expect(judged({ metric: 'requests', condition, noData }, {})).toMatchObject({
        verdict: 'breach',
        reason: 'THRESHOLD',
        value: 0,
      });
    }
  });

  it('takes for utilization the largest share of limits that are not longer than the window', () => {
    const rule = { metric: 'utilization', condition: above(80) } as const;
    expect(judged(rule, { '5@0': of(450) }, { minute: 100, day: 1_000 })).toMatchObject({
      verdict: 'breach',
      value: 90,
    });
    expect(judged({ ...rule, window: '24h' }, { '1440@0': of(950) }, { minute: 100, day: 1_000 })).toMatchObject({
      value: 95,
    });
    expect(judged(rule, { '5@0': of(450) }, null)).toMatchObject({ verdict: 'skip', reason: 'NO_LIMIT' });
  });
});

describe('a change', () => {
  const change = (against: 'previous' | 'lastWeek', direction: 'up' | 'down' | 'both'): Partial<Rule> => ({
    metric: 'requests',
    condition: { type: 'change', against, direction, percent: 50 },
  });

  it.each([
    ['up', 100, 151, 'breach', 150],
    ['up', 100, 150, 'ok', 150],
    ['up', 100, 10, 'ok', 50],
    ['down', 100, 49, 'breach', 50],
    ['down', 100, 50, 'ok', 50],
    ['down', 100, 0, 'breach', 50],
    ['both', 100, 0, 'breach', 50],
    ['both', 0, 100, 'ok', null],
    ['both', 10, 19, 'ok', null],
  ] as const)('%s by 50 %% from %s to %s: %s', (direction, previous, now, verdict, threshold) => {
    const answer = judged(change('previous', direction), { '5@0': of(now), '5@-5': of(previous) });
    expect(answer).toMatchObject({ verdict, value: now, previous, threshold });
  });

  it('compares with the same window a week ago', () => {
    const week = `5@-${(7 * DAY) / MINUTE}`;
    expect(judged(change('lastWeek', 'up'), { '5@0': of(200), [week]: of(100), '5@-5': of(200) })).toMatchObject({
      verdict: 'breach',
    });
  });
});

it.each([
  // Of an objective of 99 % the budget is 1 %.
  [15, 15, 0, 0, 'breach', 15],
  [15, 10, 0, 0, 'ok', null],
  [10, 15, 7, 7, 'breach', 7],
  [7, 7, 7, 5, 'ok', null],
])('burns in the long and the short window of a pair: %s %s %s %s is %s', (hour, five, six, half, verdict, value) => {
  const traffic = { '60@0': of(100, hour), '5@0': of(100, five), '360@0': of(100, six), '30@0': of(100, half) };
  const answer = judged({ condition: { type: 'burnRate', objective: 99 } }, traffic);
  expect(answer.verdict).toBe(verdict);
  if (value !== null) expect(answer.value).toBe(value);
});

it('says which percentages of a quota are reached', () => {
  const rule: Partial<Rule> = {
    metric: 'requests',
    condition: { type: 'quota', window: 'day', percent: [50, 80, 100] },
  };
  expect(judged(rule, { '720@0': of(850) }, { day: 1_000 })).toMatchObject({
    verdict: 'breach',
    value: 85,
    crossed: [50, 80],
    threshold: 80,
  });
  expect(judged(rule, { '720@0': of(400) }, { day: 1_000 })).toMatchObject({
    verdict: 'ok',
    value: 40,
    crossed: [],
    threshold: 50,
  });
  expect(judged(rule, { '720@0': of(400) })).toMatchObject({ verdict: 'skip', reason: 'NO_LIMIT' });
});

describe('an anomaly', () => {
  const rule = aRule({
    metric: 'requests',
    window: '15m',
    condition: { type: 'anomaly', direction: 'both', sensitivity: 'medium' },
  });
  const subject = (now: number, firstEvent: number | null = END - 60 * DAY, zone = 'UTC') => ({
    rule: { ...rule, schedule: { timezone: zone, days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' } },
    standing: () => undefined,
    traffic: (_: number, end: number) => of(end === END ? now : 1_000 + ((end / MINUTE) % 7)),
    limits: null,
    firstEvent,
  });

  it.each([
    [1_000, 'ok'],
    [1_300, 'ok'],
    [1_500, 'breach'],
    [500, 'breach'],
    [0, 'breach'],
  ])('of about 1,000 requests in the weeks before says of %s: %s', (now, verdict) => {
    expect(judge(subject(now), END)).toMatchObject({ verdict, value: now });
  });

  it('is not judged with less than three whole weeks before', () => {
    expect(judge(subject(0, END - 21 * DAY), END)).toMatchObject({ verdict: 'skip', reason: 'NOT_ENOUGH_HISTORY' });
    expect(judge(subject(0, END - 21 * DAY - HOUR), END).verdict).toBe('breach');
    expect(judge(subject(0, null), END)).toMatchObject({ verdict: 'skip', reason: 'NOT_ENOUGH_HISTORY' });
  });

  it('looks at the same time of the clocks, over a change of these', () => {
    const summer = Date.parse('2026-03-31T09:00:00+02:00');
    expect(weeksBefore(summer, 1, 'Europe/Berlin')).toBe(Date.parse('2026-03-24T09:00:00+01:00'));
    expect(weeksBefore(summer, 1, 'UTC')).toBe(summer - 7 * DAY);
  });
});
