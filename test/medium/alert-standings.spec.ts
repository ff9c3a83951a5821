/** Alert rules on cost, projected cost and the days until a limit, on the embedded engine. Not real: the clock, and the watermark, which the tests say. */
import { DAY, HOUR, MINUTE, iso } from '@meterhouse/common';
import { CostService } from '../../apps/api/src/cost/cost.service';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, type Made } from '../support/keys-api';
import { WATCHER, useAlertRules } from './alert-rules-fixture';

const { api, makeRule, alertsOf, evaluateAt, requests, begin } = useAlertRules();

/** A dollar a request. */
const PLAN = {
  name: 'Dollars',
  currency: 'USD',
  prices: [{ name: 'All', model: 'unit', tiers: [{ upTo: null, unitAmount: '1' }] }],
};

const over = (metric: string, value: number) => ({
  metric,
  condition: { type: 'threshold', operator: metric === 'runway' ? 'below' : 'above', value },
});

async function assign(accountId: string, plan: object, from?: string): Promise<void> {
  const made = await api.call(ADMIN, 'POST', '/plans', plan);
  const body = { planId: made.body.plan.id, ...(from === undefined ? {} : { from }) };
  expect(await api.call(ADMIN, 'PUT', `/accounts/${accountId}/plan`, body)).toMatchObject({ status: 200 });
}

async function customer(plan: object = PLAN, key: object = {}): Promise<Made> {
  const member = await api.make({ ...WATCHER, ...key });
  await assign(member.accountId, plan, '2026-01-01');
  return member;
}

/** Judges the hour that ended then: standings are read within a quarter of an hour after it. */
const evaluateHour = (end: number): Promise<void> => evaluateAt(end + 15 * MINUTE);

const ruleOf = async (as: string, id: string) => (await api.call(as, 'GET', `/alerts/rules/${id}`)).body.rule;

const get = async (as: string, url: string) => (await api.call(as, 'GET', url)).body;

async function preview(as: string, rule: object, timeframe = '7d') {
  return api.call(as, 'POST', '/alerts/rules/preview', { rule: { name: 'Standing', ...rule }, timeframe });
}

afterEach(() => jest.restoreAllMocks());

describe('a rule on cost', () => {
  it('is tried on the past by what each period had cost at each hour', async () => {
    const start = begin();
    const february = Date.UTC(2026, 1, 1);
    const member = await customer({ ...PLAN, flatFee: '28', minimum: '40' });
    await assign(member.accountId, { ...PLAN, flatFee: '56', discountPercent: 50 }, iso(february + 14 * DAY));
    for (const [hour, count] of [
      [1, 7],
      [30, 20],
      [14 * 24, 9],
      [20 * 24, 31],
    ] as const) {
      await requests(member, february + hour * HOUR, count);
    }
    const hours = [1, 2, 31, 14 * 24, 14 * 24 + 1, 28 * 24, 28 * 24 + 1].map((hour) => february + hour * HOUR);
    api.clock.at = start;
    const spent = await api.app.get(CostService).spentBy(member.accountId, hours, AbortSignal.timeout(10_000));
    for (const hour of hours) {
      api.clock.at = hour - 1;
      expect([hour, Number(spent.get(hour)?.toFixed())]).toEqual([
        hour,
        Number((await get(member.secret, '/usage/cost?period=current')).total),
      ]);
    }
    api.clock.at = start;
    const { body } = await preview(member.secret, over('cost', 60), '30d');
    expect(body).toMatchObject({ success: true, evaluations: 30 * 24, notJudged: null });
    expect(body.firings).toMatchObject([{ threshold: 60, to: iso(Date.UTC(2026, 2, 1, 1)) }]);
  });

  it('says that an account has no plan', async () => {
    const start = begin();
    const member = await api.make(WATCHER);
    const rule = await makeRule(member.secret, over('cost', 10));
    await evaluateAt(start);
    await evaluateHour(start + HOUR);
    expect(await ruleOf(member.secret, rule.id)).toMatchObject({ notJudged: 'NO_PLAN' });
    expect((await preview(member.secret, over('cost', 10))).body).toMatchObject({ firings: [], notJudged: 'NO_PLAN' });
  });

  it('does not hold up other accounts where one cannot be read, and is judged an hour later', async () => {
    const start = begin();
    const [broken, well] = [await customer(), await customer()];
    const rules = [await makeRule(broken.secret, over('cost', 10)), await makeRule(well.secret, over('cost', 10))];
    await evaluateAt(start);
    for (const member of [broken, well]) await requests(member, start + MINUTE, 12);
    const costs = api.app.get(CostService);
    const read = costs.spentBy.bind(costs);
    jest
      .spyOn(costs, 'spentBy')
      .mockImplementation((accountId, ...rest) =>
        accountId === broken.accountId ? Promise.reject(new Error('too much')) : read(accountId, ...rest),
      );
    await evaluateHour(start + HOUR);
    expect(await ruleOf(broken.secret, rules[0].id)).toMatchObject({ notJudged: 'NOT_READABLE' });
    expect(await alertsOf(well.secret)).toMatchObject([{ value: 12 }]);
    jest.restoreAllMocks();
    await evaluateHour(start + 2 * HOUR);
    expect(await alertsOf(broken.secret)).toMatchObject([{ value: 12 }]);
    expect(await ruleOf(broken.secret, rules[0].id)).toMatchObject({ notJudged: null });
  });

  it('reads an account once, however many rules it has', async () => {
    const start = begin();
    const member = await customer();
    for (const value of [1, 2, 3]) await makeRule(member.secret, over('cost', value));
    await evaluateAt(start);
    const read = jest.spyOn(api.app.get(CostService), 'spentBy');
    await evaluateHour(start + HOUR);
    expect(read.mock.calls.filter(([accountId]) => accountId === member.accountId)).toHaveLength(1);
  });
});

describe('a rule on the projected cost', () => {
  it('fires by the projection of GET /usage/cost, and says where there is too little history for one', async () => {
    const start = begin();
    const [old, young] = [await customer(), await customer()];
    const hourly = Array.from({ length: 35 * 24 }, (_, hour) => aRequest(old.id, start - hour * HOUR));
    await insertEvents(api.clickhouse, old.accountId, hourly);
    const rule = await makeRule(young.secret, over('projectedCost', 100));
    await makeRule(old.secret, over('projectedCost', 100));
    await evaluateAt(start);
    await evaluateHour(start + HOUR);
    const [alert] = await alertsOf(old.secret);
    const { projected } = await get(old.secret, alert.evidence.usage);
    expect(alert).toMatchObject({ state: 'firing', threshold: 100, value: Number(projected.expected) });
    expect(await ruleOf(young.secret, rule.id)).toMatchObject({ notJudged: 'NOT_ENOUGH_HISTORY' });
  });

  it('is not tried on the past, and neither are the days until a limit', async () => {
    const member = await customer();
    for (const metric of ['projectedCost', 'runway']) {
      expect(await preview(member.secret, over(metric, 10))).toMatchObject({
        status: 400,
        body: { error: 'INVALID_PARAMETERS', details: [{ field: 'rule.metric' }] },
      });
    }
  });
});

describe('a rule on the days until a limit', () => {
  it('fires for the key that meets its limit, and is resolved when it does no more', async () => {
    const start = begin();
    const full = await api.make({ ...WATCHER, rateLimit: { requestsPerDay: 20 } });
    await api.make({ accountId: full.accountId, tier: 'free' });
    await makeRule(full.secret, { ...over('runway', 14), groupBy: 'key' });
    await evaluateAt(start);
    await requests(full, start + MINUTE, 20);
    await evaluateHour(start + HOUR);
    const [alert, ...more] = await alertsOf(full.secret);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ state: 'firing', value: 0, threshold: 14, group: { keyId: full.id } });
    expect((await get(full.secret, alert.evidence.usage)).limits).toMatchObject([
      { keyId: full.id, exhausts: { expected: iso(start - DAY / 2) } },
    ]);
    await evaluateHour(start + DAY);
    expect(await alertsOf(full.secret)).toMatchObject([{ state: 'resolved', reason: 'RECOVERED' }]);
  });

  it('says that no key has a limit', async () => {
    const start = begin();
    const rateLimit = { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null };
    const member = await api.make({ ...WATCHER, rateLimit });
    const rule = await makeRule(member.secret, over('runway', 14));
    await evaluateAt(start);
    await evaluateHour(start + HOUR);
    expect(await ruleOf(member.secret, rule.id)).toMatchObject({ notJudged: 'NO_LIMIT' });
  });
});

// The last of the file: what is judged in April is not judged again in March.
describe('a rule on cost over the end of a period', () => {
  it('fires once when the running period has cost more, and is resolved when the next begins', async () => {
    const start = begin();
    const member = await customer();
    const rule = await makeRule(member.secret, over('cost', 10));
    await evaluateAt(start);
    await requests(member, start + MINUTE, 10);
    await evaluateHour(start + HOUR);
    expect(await alertsOf(member.secret)).toEqual([]);
    await requests(member, start + HOUR + MINUTE, 2);
    await evaluateHour(start + 2 * HOUR);
    await evaluateHour(start + 3 * HOUR);
    const [alert, ...more] = await alertsOf(member.secret);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      state: 'firing',
      reason: 'THRESHOLD',
      value: 12,
      threshold: 10,
      firingAt: iso(start + 2 * HOUR),
      evidence: { usage: `/usage/cost?accountId=${member.accountId}&period=current` },
    });
    expect(await get(member.secret, alert.evidence.usage)).toMatchObject({ total: '12.00' });
    expect((await ruleOf(member.secret, rule.id)).lastEvaluatedTo).toBe(iso(start + 3 * HOUR));
    const april = Date.UTC(2026, 3, 1);
    await evaluateHour(april);
    expect(await alertsOf(member.secret, 'state=firing')).toHaveLength(1);
    await evaluateHour(april + HOUR);
    expect(await alertsOf(member.secret)).toMatchObject([{ state: 'resolved', reason: 'RECOVERED' }]);
  });
});
