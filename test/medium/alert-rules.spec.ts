/** Alert rules over HTTP and their evaluation on the embedded engine. Not real: the clock, and the watermark, which the tests say. */
import { DAY, MINUTE, iso } from '@meterhouse/common';
import { AlertRulesModule } from '../../apps/api/src/alert-rules/alert-rules.module';
import { NotificationsService } from '../../apps/api/src/alert-channels/notifications.service';
import { Corrections } from '../../apps/api/src/alert-rules/evaluation/corrections';
import { Evaluator } from '../../apps/api/src/alert-rules/evaluation/evaluator';
import { EvaluationScheduler } from '../../apps/api/src/alert-rules/evaluation/scheduler';
import { StatesRepository } from '../../apps/api/src/alert-rules/evaluation/states.repository';
import { RuleRegistry } from '../../apps/api/src/alert-rules/rules/rule-registry';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, type Made, NOW, useKeysApi } from '../support/keys-api';

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

// The tests say when windows are judged.
beforeAll(() => api.app.get(EvaluationScheduler).beforeApplicationShutdown());

/** Each test has its own day, so that none judges the windows of another. */
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

  it('judges a running window at once where more events can only confirm it, and once', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret, {
      metric: 'requests',
      condition: { type: 'threshold', operator: 'above', value: 50 },
    });
    await evaluateAt(start);
    await requests(member, start + 1_000, 60);
    await evaluateAt(start + 20_000);
    expect(await alertsOf(member.secret)).toMatchObject([
      { state: 'firing', value: 60, firingAt: iso(start + 20_000), window: { to: iso(start + MINUTE) } },
    ]);
    await evaluateAt(start + MINUTE);
    await evaluateAt(start + 2 * MINUTE);
    expect(await alertsOf(member.secret)).toHaveLength(1);
  });

  it('waits for the watermark, and tells no requests from not known yet', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret, {
      metric: 'requests',
      noData: 'alert',
      condition: { type: 'threshold', operator: 'above', value: 1e9 },
    });
    await evaluateAt(start);
    await evaluateAt(start + 5 * MINUTE, start + 30_000);
    expect(await alertsOf(member.secret)).toEqual([]);
    await evaluateAt(start + 5 * MINUTE, start + MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'firing', reason: 'NO_DATA', value: 0 }]);
  });

  it('catches up with every window after it could not be evaluated', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret);
    await evaluateAt(start);
    await requests(member, start + 10 * MINUTE, 100, 50);
    await evaluateAt(start + 60 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([
      { state: 'resolved', firingAt: iso(start + 11 * MINUTE), resolvedAt: iso(start + 16 * MINUTE) },
    ]);
  });

  it('goes on where it stood when the process was killed', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret, { breaching: { windows: 2, of: 2 } });
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    await evaluateAt(start + MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'pending', firingAt: null }]);
    api.app.get(Evaluator).stepBack();
    await evaluateAt(start + 2 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'firing', startedAt: iso(start + MINUTE) }]);
  });

  it('decides a step once, whoever else makes it, and the other goes on from there', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret);
    await evaluateAt(start);
    const states = api.app.get(StatesRepository);
    const number = ((await states.cursor())?.number ?? 0) + 1;
    const step = { number, evaluatedTo: start + MINUTE, decisions: [], states: [], quiet: [] };
    expect(await states.commit(step, 'another')).toBe('own');
    expect(await states.commit({ ...step, evaluatedTo: start }, 'a late one')).toBe('another');
    await requests(member, start + 1_000, 100, 50);
    // The first is lost to the other, so that its minute is passed over.
    await evaluateAt(start + MINUTE);
    expect(await alertsOf(member.secret)).toEqual([]);
    await evaluateAt(start + 2 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ firingAt: iso(start + 2 * MINUTE) }]);
  });

  it('goes on where the rows of its last steps were lost', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret);
    await evaluateAt(start);
    await evaluateAt(start + MINUTE);
    await api.clickhouse.command('ALTER TABLE alert_states DELETE WHERE true SETTINGS mutations_sync = 2');
    api.app.get(Evaluator).stepBack();
    await requests(member, start + MINUTE, 100, 50);
    await evaluateAt(start + 2 * MINUTE);
    await evaluateAt(start + 2 * MINUTE + 5_000);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'firing' }]);
  });

  it.each([
    ['RULE_CHANGED', 'PATCH', { window: '15m' }],
    ['RULE_DISABLED', 'PATCH', { enabled: false }],
    ['RULE_DELETED', 'DELETE', undefined],
  ] as const)('ends its alerts with %s', async (reason, method, body) => {
    const member = await api.make(WATCHER);
    const { id } = await makeRule(member.secret);
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    await evaluateAt(start + MINUTE);
    expect(await api.call(member.secret, method, `/alerts/rules/${id}`, body)).toMatchObject({ status: 200 });
    await evaluateAt(start + MINUTE + 5_000);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'resolved', reason }]);
    // A change that decides nothing changes nothing.
    if (reason !== 'RULE_CHANGED') return;
    await evaluateAt(start + 5 * MINUTE);
    const changed = await alertsOf(member.secret, 'state=firing');
    expect(changed).toHaveLength(1);
    await api.call(member.secret, 'PATCH', `/alerts/rules/${id}`, { name: 'Another name', severity: 'low' });
    await evaluateAt(start + 10 * MINUTE);
    expect(await alertsOf(member.secret, 'state=firing')).toEqual(changed);
  });

  it('ends when its key is revoked', async () => {
    const member = await api.make({ ...WATCHER, permissions: [...WATCHER.permissions, 'keys:write'] });
    const other = await api.make({ ...WATCHER, accountId: member.accountId });
    const { id } = await makeRule(member.secret, { filters: { keyId: [other.id] } });
    await evaluateAt(start);
    await requests(other, start + 1_000, 100, 50);
    await evaluateAt(start + MINUTE);
    await api.call(ADMIN, 'DELETE', `/keys/${other.id}`);
    await evaluateAt(start + 2 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'resolved', reason: 'KEY_REVOKED' }]);
    expect((await api.call(member.secret, 'GET', `/alerts/rules/${id}`)).body.rule.notJudged).toBe('KEY_REVOKED');
  });

  it('is silent in a silence, which it says, and tells late what still fires after it', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret);
    const silence = { to: iso(start + 3 * MINUTE), comment: 'Migration' };
    const made = await api.call(member.secret, 'POST', '/alerts/silences', silence);
    expect(made).toMatchObject({
      status: 201,
      body: { silence: { ...silence, from: iso(start), ruleIds: [], groups: [] } },
    });
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    await evaluateAt(start + MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'firing', silenced: true }]);
    await evaluateAt(start + 4 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'firing', silenced: false }]);
    const { id } = made.body.silence;
    expect(await api.call(member.secret, 'DELETE', `/alerts/silences/${id}`)).toMatchObject({ status: 200 });
    expect((await api.call(member.secret, 'GET', '/alerts/silences')).body.silences).toEqual([]);
  });

  it('counts a quota of the day once a period and percentage', async () => {
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
    const member = await api.make(WATCHER);
    await makeRule(member.secret, { condition: { type: 'burnRate', objective: 99 } });
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 20);
    await evaluateAt(start + 5 * MINUTE);
    expect(await alertsOf(member.secret)).toMatchObject([{ reason: 'BURN_RATE', value: 20, threshold: 14.4 }]);
  });

  it('has an alert for each key or endpoint where it is grouped', async () => {
    const member = await api.make(WATCHER);
    const other = await api.make({ ...WATCHER, accountId: member.accountId });
    await makeRule(member.secret, { groupBy: 'key' });
    await makeRule(member.secret, { groupBy: 'endpoint', name: 'By endpoint' });
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    await requests(other, start + 1_000, 100, 0);
    await evaluateAt(start + MINUTE);
    const groups = (await alertsOf(member.secret)).map(({ group }: { group: object }) => group);
    expect(groups).toHaveLength(2);
    expect(groups).toEqual(expect.arrayContaining([{ keyId: member.id }, { endpoint: '/v1/orders' }]));
  });

  it('watches all accounts together for an admin', async () => {
    const member = await api.make(WATCHER);
    const rule = await makeRule(ADMIN, { accountId: null, filters: { keyId: [member.id] } });
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    await evaluateAt(start + MINUTE);
    expect(await alertsOf(ADMIN, `ruleId=${rule.id}`)).toMatchObject([{ accountId: null, value: 50 }]);
    expect(await alertsOf(member.secret)).toEqual([]);
    expect(await api.call(member.secret, 'GET', `/alerts/rules/${rule.id}`)).toMatchObject({
      status: 404,
      body: { error: 'RULE_NOT_FOUND' },
    });
    expect(await api.call(member.secret, 'POST', '/alerts/rules', { ...ERRORS, accountId: null })).toMatchObject({
      status: 403,
    });
    await api.call(ADMIN, 'DELETE', `/alerts/rules/${rule.id}`);
  });

  it('does not judge an anomaly without three weeks of history, which it says', async () => {
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

  it('notes what late events make of it, and tells nobody again', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret);
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 10);
    await evaluateAt(start + MINUTE);
    await api.app.get(Corrections).check();
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'firing', value: 10, correction: null }]);
    await requests(member, start + 2_000, 900, 0);
    await evaluateAt(start + 2 * MINUTE);
    await api.app.get(Corrections).check();
    expect(await alertsOf(member.secret)).toMatchObject([
      {
        state: 'resolved',
        value: 10,
        correction: { value: 1, requests: 1_000, stands: false, at: iso(start + 2 * MINUTE) },
      },
    ]);
  });

  it('passes on what it decided before the process was killed, under the same ids', async () => {
    const member = await api.make(WATCHER);
    const rule = await makeRule(member.secret);
    await api.app.get(RuleRegistry).change(rule.id, (stored) => ({ ...stored, channels: ['chn_0000000000000000'] }));
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    const enqueue = jest.spyOn(api.app.get(NotificationsService), 'enqueue');
    enqueue.mockRejectedValueOnce(new Error('killed'));
    await expect(evaluateAt(start + MINUTE)).rejects.toThrow('killed');
    const [[killed]] = enqueue.mock.calls as [[unknown]];
    expect(killed).toMatchObject([
      {
        id: expect.stringMatching(/^msg_\w{24}-chn_0000000000000000$/),
        channelId: 'chn_0000000000000000',
        accountId: member.accountId,
        kind: 'firing',
        at: new Date(start + MINUTE),
        alert: { state: 'firing', value: 50 },
        rule: { id: rule.id, name: 'Errors' },
        links: {
          dashboard: expect.stringMatching(/^http:\/\/localhost\/app\/alerts\?account=/),
          usage: expect.stringMatching(/^http:\/\/localhost\/usage\?/),
        },
      },
    ]);
    // What came in between changes nothing: it was decided.
    await requests(member, start + 2_000, 9_000, 0);
    await evaluateAt(start + MINUTE + 5_000);
    expect(enqueue.mock.calls[1]).toEqual([killed]);
    await evaluateAt(start + 2 * MINUTE);
    expect(enqueue.mock.lastCall).toMatchObject([[{ kind: 'resolved', alert: { state: 'resolved' } }]]);
    enqueue.mockRestore();
  });

  it('is acknowledged once', async () => {
    const member = await api.make(WATCHER);
    await makeRule(member.secret);
    await evaluateAt(start);
    await requests(member, start + 1_000, 100, 50);
    await evaluateAt(start + MINUTE);
    const [{ id }] = await alertsOf(member.secret);
    const acknowledge = () => api.call(member.secret, 'POST', `/alerts/${id}/acknowledge`);
    expect(await acknowledge()).toMatchObject({
      status: 200,
      body: { alert: { id, acknowledgedAt: iso(start + MINUTE) } },
    });
    api.clock.at += MINUTE;
    expect(await acknowledge()).toMatchObject({ body: { alert: { acknowledgedAt: iso(start + MINUTE) } } });
    const stranger = await api.make(WATCHER);
    expect(await api.call(stranger.secret, 'GET', `/alerts/${id}`)).toMatchObject({
      status: 404,
      body: { error: 'ALERT_NOT_FOUND' },
    });
    expect(await alertsOf(stranger.secret)).toEqual([]);
  });
});

describe('a preview', () => {
  it('says when a rule would have fired, by the code that evaluates it', async () => {
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
    ['metric', { metric: 'cost' }],
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
