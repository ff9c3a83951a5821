/** Alert rules over HTTP, and their evaluation when a test says so, for the specs of alert rules. */
import { DAY } from '@meterhouse/common';
import { AlertRulesModule } from '../../apps/api/src/alert-rules/alert-rules.module';
import { Evaluator } from '../../apps/api/src/alert-rules/evaluation/evaluator';
import { EvaluationScheduler } from '../../apps/api/src/alert-rules/evaluation/scheduler';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { type Made, NOW, useKeysApi } from '../support/keys-api';

/** What a member needs who makes rules. */
export const WATCHER = { tier: 'enterprise', permissions: ['usage:read', 'alerts:write'] };

export const ERRORS = {
  name: 'Errors',
  metric: 'errorRate',
  window: '5m',
  condition: { type: 'threshold', operator: 'above', value: 5 },
};

/** The routes for the tests of a file; each test has a day of its own, so that none judges the windows of another. */
export function useAlertRules() {
  const api = useKeysApi(AlertRulesModule);
  let start = NOW;
  // The tests say when windows are judged.
  beforeAll(() => api.app.get(EvaluationScheduler).beforeApplicationShutdown());
  beforeEach(() => {
    start += DAY;
    api.clock.at = start;
  });

  async function makeRule(as: string, body: object = {}) {
    const answer = await api.call(as, 'POST', '/alerts/rules', { ...ERRORS, ...body });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.rule;
  }

  const alertsOf = async (as: string, query = '') => (await api.call(as, 'GET', `/alerts?${query}`)).body.alerts;

  /** Moves the clock on and judges what is complete by then. */
  async function evaluateAt(at: number, watermark = at): Promise<void> {
    api.clock.at = at;
    await api.app.get(Evaluator).turn(watermark, true);
  }

  /** So many requests of a key at an instant, of which some fail. */
  function requests(of: Made, at: number, count: number, failed = 0): Promise<void> {
    const events = Array.from({ length: count }, (_, index) => ({
      ...aRequest(of.id, at + index),
      statusCode: index < failed ? 500 : 200,
    }));
    return insertEvents(api.clickhouse, of.accountId, events);
  }

  /** When the running test begins: midday of its day. */
  const begin = (): number => start;

  return { api, makeRule, alertsOf, evaluateAt, requests, begin };
}
