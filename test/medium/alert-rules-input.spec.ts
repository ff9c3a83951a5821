/** What is no rule, over HTTP. Not real: the clock, and the watermark, which the tests say. */
import { RuleRegistry } from '../../apps/api/src/alert-rules/rules/rule-registry';
import { ADMIN } from '../support/keys-api';
import { ERRORS, WATCHER, useAlertRules } from './alert-rules-fixture';

const { api, makeRule } = useAlertRules();

const RUNS_OUT = { type: 'threshold', operator: 'below', value: 14 };

describe('what is not a rule', () => {
  it.each([
    ['condition.type', { metric: 'p95', condition: { type: 'burnRate', objective: 99 } }],
    ['condition.type', { metric: 'errorRate', condition: { type: 'quota', window: 'day' } }],
    ['condition.value', { condition: { type: 'threshold', operator: 'above', value: 101 } }],
    ['condition.value', { condition: { type: 'threshold', operator: 'below', value: 0 } }],
    ['condition.recovery', { condition: { type: 'threshold', operator: 'above', value: 5, recovery: 6 } }],
    ['condition.objective', { condition: { type: 'burnRate', objective: 100 } }],
    ['condition.percent', { metric: 'requests', condition: { type: 'quota', window: 'day', percent: [80, 50] } }],
    ['condition.limit', { condition: { type: 'threshold', operator: 'above', value: 5, limit: 6 } }],
    ['condition', { condition: 'high' }],
    ['condition.operator', { metric: 'cost', condition: { type: 'threshold', operator: 'below', value: 5 } }],
    ['condition.operator', { metric: 'runway', condition: { type: 'threshold', operator: 'above', value: 5 } }],
    ['condition.value', { metric: 'runway', condition: { type: 'threshold', operator: 'below', value: 91 } }],
    ['condition.type', { metric: 'projectedCost', condition: { type: 'change', percent: 50 } }],
    ['condition.type', { metric: 'runway', condition: { type: 'anomaly' } }],
    ['filters', { metric: 'cost', filters: { method: ['GET'] } }],
    ['filters', { metric: 'runway', filters: { method: ['GET'] }, condition: RUNS_OUT }],
    ['groupBy', { metric: 'cost', groupBy: 'key' }],
    ['groupBy', { metric: 'runway', groupBy: 'endpoint', condition: RUNS_OUT }],
    ['accountId', { metric: 'cost', accountId: null }],
    ['metric', { metric: 'errors' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'a\u0000' }],
    ['filters.statusCode', { filters: { statusCode: ['abc'] } }],
    ['filters.path', { filters: { path: ['/'] } }],
    ['breaching.of', { breaching: { windows: 3, of: 2 } }],
    ['schedule.timezone', { schedule: { timezone: 'Berlin', days: [1], from: '09:00', to: '18:00' } }],
    ['schedule.to', { schedule: { timezone: 'Europe/Berlin', days: [1], from: '09:00', to: '08:00' } }],
    ['groupBy', { groupBy: 'endpoint', metric: 'utilization' }],
    ['renotifyAfterMinutes', { renotifyAfterMinutes: 1 }],
    ['channels', { channels: ['slack'] }],
    ['colour', { colour: 'red' }],
  ])('is refused with its field: %s', async (field, body) => {
    const { status, body: answer } = await api.call(ADMIN, 'POST', '/alerts/rules', { ...ERRORS, ...body });
    expect({ status, error: answer.error }).toEqual({ status: 400, error: 'INVALID_PARAMETERS' });
    expect(answer.details).toMatchObject([{ field, message: expect.stringContaining(field) }]);
  });

  it("is refused for another account's key and channel, and past 64 KiB", async () => {
    const [member, other] = [await api.make(WATCHER), await api.make(WATCHER)];
    const make = (body: object) => api.call(member.secret, 'POST', '/alerts/rules', { ...ERRORS, ...body });
    expect(await make({ filters: { keyId: [other.id] } })).toMatchObject({
      status: 404,
      body: { error: 'KEY_NOT_FOUND' },
    });
    expect(await make({ channels: ['chn_0000000000000000'] })).toMatchObject({
      status: 404,
      body: { error: 'CHANNEL_NOT_FOUND' },
    });
    expect(await make({ accountId: other.accountId })).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await make({ description: 'x'.repeat(1_048_576) })).toMatchObject({
      status: 413,
      body: { error: 'PAYLOAD_TOO_LARGE' },
    });
    const reader = await api.make({ permissions: ['usage:read'] });
    expect(await api.call(reader.secret, 'POST', '/alerts/rules', ERRORS)).toMatchObject({ status: 403 });
  });

  it('is refused past 1,000 rules of an account', async () => {
    const member = await api.make(WATCHER);
    const rule = await makeRule(member.secret, { enabled: false });
    const registry = api.app.get(RuleRegistry);
    const stored = registry.find(rule.id)?.rule;
    const others = Array.from({ length: 999 }, (_, index) =>
      JSON.stringify({
        id: `rul_${index}`,
        version: stored?.version,
        account_id: member.accountId,
        deleted: false,
        body: JSON.stringify(stored),
      }),
    );
    await api.clickhouse.insert(
      'INSERT INTO alert_rules SETTINGS async_insert = 0 FORMAT JSONEachRow',
      others.join('\n'),
    );
    await registry.onModuleInit();
    const answer = await api.call(member.secret, 'POST', '/alerts/rules', ERRORS);
    expect(answer).toMatchObject({ status: 403, body: { error: 'LIMIT_REACHED' } });
  });
});
