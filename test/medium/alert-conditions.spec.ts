/** Conditions that look further than a window, and what a rule would have done, on the embedded engine. Not real: the clock, and the watermark, which the tests say. */
import { DAY, MINUTE, iso } from '@meterhouse/common';
import { ERRORS, WATCHER, useAlertRules } from './alert-rules-fixture';

const { api, makeRule, alertsOf, evaluateAt, requests, begin } = useAlertRules();

describe('a rule', () => {
  it('counts a quota of the day once a period and percentage', async () => {
    const start = begin();
    const rateLimit = { requestsPerDay: 100 };
    const member = await api.make({ ...WATCHER, rateLimit });
    await makeRule(member.secret, {
      metric: 'requests',
      condition: { type: 'quota', window: 'day', percent: [50, 100] },
    });
    await evaluateAt(start);
    await requests(member, start + 1_000, 60);
    await evaluateAt(start + 5 * MINUTE);
    await evaluateAt(start + 10 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([
      { reason: 'QUOTA', value: 60, threshold: 50, state: 'firing' },
    ]);
    await requests(member, start + 11 * MINUTE, 50);
    await evaluateAt(start + 15 * MINUTE);
    expect((await alertsOf(member.secret)).map(({ threshold }: { threshold: number }) => threshold).sort()).toEqual([
      100, 50,
    ]);
    await evaluateAt(start + DAY / 2 + 5 * MINUTE);
    expect(await alertsOf(member.secret, 'state=resolved')).toMatchObject([
      { reason: 'PERIOD_ENDED' },
      { reason: 'PERIOD_ENDED' },
    ]);
  });

  it('burns its budget', async () => {
    const start = begin();
    const member = await api.make(WATCHER);
    await makeRule(member.secret, { condition: { type: 'burnRate', objective: 99 } });
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 20);
    await evaluateAt(start + 5 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ reason: 'BURN_RATE', value: 20, threshold: 14.4 }]);
  });

  it('does not judge an anomaly without three weeks of history, which it says', async () => {
    const start = begin();
    const member = await api.make(WATCHER);
    const rule = await makeRule(member.secret, {
      metric: 'requests',
      window: '15m',
      condition: { type: 'anomaly', direction: 'both', sensitivity: 'high' },
    });
    await evaluateAt(start);
    await evaluateAt(start + 5 * MINUTE);
    expect((await api.call(member.secret, 'GET', `/alerts/rules/${rule.id}`)).body.rule.notJudged).toBe(
      'NOT_ENOUGH_HISTORY',
    );
  });
});

describe('a preview', () => {
  it('says when a rule would have fired, by the code that evaluates it', async () => {
    const start = begin();
    const member = await api.make(WATCHER);
    await requests(member, start - 3 * DAY, 100, 50);
    await requests(member, start - MINUTE, 100, 50);
    const preview = async (rule: object, timeframe = '7d') =>
      (await api.call(member.secret, 'POST', '/alerts/rules/preview', { rule: { ...ERRORS, ...rule }, timeframe }))
        .body;
    expect(await preview({})).toMatchObject({
      success: true,
      evaluations: 7 * 24 * 60,
      firings: [
        {
          group: {},
          from: iso(start - 3 * DAY + MINUTE),
          to: iso(start - 3 * DAY + 6 * MINUTE),
          value: 50,
          threshold: 5,
        },
        { from: iso(start), to: null },
      ],
      openNow: 1,
    });
    expect(await preview({ condition: { type: 'threshold', operator: 'above', value: 60 } })).toMatchObject({
      firings: [],
      openNow: 0,
    });
    expect((await api.call(member.secret, 'GET', '/alerts/rules')).body.rules).toEqual([]);
  });

  it('counts a quota as its evaluation does', async () => {
    const start = begin();
    const member = await api.make({ ...WATCHER, rateLimit: { requestsPerDay: 100 } });
    await requests(member, start - 2 * DAY, 60);
    await requests(member, start - 2 * DAY + 10 * MINUTE, 50);
    const rule = { ...ERRORS, metric: 'requests', condition: { type: 'quota', window: 'day', percent: [50, 100] } };
    const { body } = await api.call(member.secret, 'POST', '/alerts/rules/preview', { rule, timeframe: '7d' });
    const end = iso(start - 2 * DAY + DAY / 2);
    expect(body.firings).toMatchObject([
      { from: iso(start - 2 * DAY + 5 * MINUTE), to: end, threshold: 50 },
      { from: iso(start - 2 * DAY + 15 * MINUTE), to: end, threshold: 100 },
    ]);
  });
});
