/** What is decided of alerts, on the embedded engine: once, after a crash, and when events come late. Not real: the clock, and the watermark, which the tests say. */
import { MINUTE, iso } from '@meterhouse/common';
import { NotificationsService } from '../../apps/api/src/alert-channels/notifications.service';
import { Corrections } from '../../apps/api/src/alert-rules/evaluation/corrections';
import { Evaluator } from '../../apps/api/src/alert-rules/evaluation/evaluator';
import { StatesRepository } from '../../apps/api/src/alert-rules/evaluation/states.repository';
import { RuleRegistry } from '../../apps/api/src/alert-rules/rules/rule-registry';
import { WATCHER, useAlertRules } from './alert-rules-fixture';

const { api, makeRule, alertsOf, evaluateAt, requests, begin } = useAlertRules();

describe('a decision', () => {
  it('catches up with every window after it could not be evaluated', async () => {
    const start = begin();
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
    const start = begin();
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
    const start = begin();
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
    const start = begin();
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

  it('notes what late events make of it, and tells nobody again', async () => {
    const start = begin();
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
    const start = begin();
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
    const start = begin();
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
