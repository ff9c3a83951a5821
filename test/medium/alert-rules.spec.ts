/** Alert rules from when they are made to when they end, over HTTP and on the embedded engine. Not real: the clock, and the watermark, which the tests say. */
import { MINUTE, iso } from '@meterhouse/common';
import { ADMIN } from '../support/keys-api';
import { ERRORS, WATCHER, useAlertRules } from './alert-rules-fixture';

const { api, makeRule, alertsOf, evaluateAt, requests, begin } = useAlertRules();

describe('a rule', () => {
  it('fires when a complete window breaches and is resolved when one does not', async () => {
    const start = begin();
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
    const start = begin();
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
    const start = begin();
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

  it.each([
    ['RULE_CHANGED', 'PATCH', { window: '15m' }],
    ['RULE_DISABLED', 'PATCH', { enabled: false }],
    ['RULE_DELETED', 'DELETE', undefined],
  ] as const)('ends its alerts with %s', async (reason, method, body) => {
    const start = begin();
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
    const start = begin();
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
    const start = begin();
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

  it('has an alert for each key or endpoint where it is grouped', async () => {
    const start = begin();
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
    const start = begin();
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
});
