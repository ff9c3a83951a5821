/** Alert rules over HTTP and their evaluation on the embedded engine. Not real: the clock, and the watermark, which the tests say. */
import { DAY, MINUTE, iso } from '@meterhouse/common';
import { AlertRulesModule } from '../../apps/api/src/alert-rules/alert-rules.module';
import { Evaluator } from '../../apps/api/src/alert-rules/evaluation/evaluator';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { type Made, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(AlertRulesModule);

const WATCHER = { tier: 'enterprise', permissions: ['usage:read', 'alerts:write'] };

const ERRORS = {
  name: 'Errors',
  metric: 'errorRate',
  window: '5m',
  condition: { type: 'threshold', operator: 'above', value: 5 },
};

const makeRule = async (as: string, body: object = {}) => {
  const answer = await api.call(as, 'POST', '/alerts/rules', { ...ERRORS, ...body });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body.rule;
};

const alertsOf = async (as: string, query = '') => (await api.call(as, 'GET', `/alerts?${query}`)).body.alerts;

/** Moves the clock on and judges what is complete by then. */
const evaluateAt = async (at: number, watermark = at): Promise<void> => {
  api.clock.at = at;
  await api.app.get(Evaluator).turn(watermark, true);
};

/** So many requests of a key at an instant, of which some fail. */
const requests = (of: Made, at: number, count: number, failed = 0) =>
  insertEvents(
    api.clickhouse,
    of.accountId,
    Array.from({ length: count }, (_, index) => ({
      ...aRequest(of.id, at + index),
      statusCode: index < failed ? 500 : 200,
    })),
  );

/** Each test has its own hour, so that none judges the windows of another. */
let start = NOW;
beforeEach(() => {
  start += DAY;
  api.clock.at = start;
});

describe('a rule', () => {
  it('fires when a complete window breaches and is resolved when one does not', async () => {
    const member = await api.make(WATCHER);
    const rule = await makeRule(member.secret);
    expect(rule).toMatchObject({
      ...ERRORS,
      accountId: member.accountId,
      lastEvaluatedTo: null,
      breaching: { windows: 1, of: 1 },
    });
    await evaluateAt(start);
    await requests(member, start + 10_000, 100, 10);
    await evaluateAt(start + MINUTE + 1);
    expect(await alertsOf(member.secret)).toEqual([
      {
        id: expect.stringMatching(/^alr_[0-9A-Za-z]{20}$/),
        ruleId: rule.id,
        ruleName: 'Errors',
        accountId: member.accountId,
        group: {},
        severity: 'medium',
        state: 'firing',
        reason: 'THRESHOLD',
        value: 10,
        threshold: 5,
        window: { from: iso(start - 4 * MINUTE), to: iso(start + MINUTE) },
        startedAt: iso(start + MINUTE),
        firingAt: iso(start + MINUTE),
        resolvedAt: null,
        acknowledgedAt: null,
        silenced: false,
        evidence: { usage: expect.stringMatching(/^\/usage\?from=/), requests: 100 },
        correction: null,
        notifications: [],
      },
    ]);
    await evaluateAt(start + 7 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([
      { state: 'resolved', reason: 'RECOVERED', resolvedAt: iso(start + 6 * MINUTE) },
    ]);
    expect((await api.call(member.secret, 'GET', `/alerts/rules/${rule.id}`)).body.rule).toMatchObject({
      lastEvaluatedTo: iso(start + 7 * MINUTE),
    });
  });
});
