/** `GET /usage/cost` over HTTP: plans that change, periods that are closed, what is expected. Real: the engine. Not real: the clock, the socket. */
import { DAY, HOUR, MINUTE, iso } from '@meterhouse/common';
import { CostModule } from '../../apps/api/src/cost/cost.module';
import { ClosedPeriodsRepository } from '../../apps/api/src/cost/closed-periods.repository';
import { PeriodClosing } from '../../apps/api/src/cost/period-closing';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';
import type { OracleEvent } from '../support/usage-oracle';

const api = useKeysApi(CostModule);

/** Begin of the running period, and of the one before. */
const MARCH = Date.UTC(2026, 2, 1);
const FEBRUARY = Date.UTC(2026, 1, 1);

const TIERS = [
  { upTo: 2, unitAmount: '1' },
  { upTo: null, unitAmount: '0.10' },
];
const PLAN = { name: 'Graduated', currency: 'USD', prices: [{ name: 'All', model: 'graduated', tiers: TIERS }] };

let accounts = 0;

async function plan(body: object = PLAN): Promise<string> {
  const made = await api.call(ADMIN, 'POST', '/plans', body);
  expect(made).toMatchObject({ status: 201 });
  return made.body.plan.id;
}

/** An account with one request at each of these times, and a plan from January on. */
async function account(times: number[], planId?: string): Promise<{ id: string; key: string }> {
  const id = `account-of-cost-${accounts++}`;
  const key = `${id}-key`;
  await api.registry.registerExternal(id, key);
  await add(id, times);
  if (planId !== undefined) await assign(id, planId, '2026-01-01');
  return { id, key };
}

const add = (id: string, times: number[], more: Partial<OracleEvent> = {}): Promise<void> =>
  insertEvents(
    api.clickhouse,
    id,
    times.map((at) => ({ ...aRequest(`${id}-key`, at), ...more })),
  );

const assign = async (id: string, planId: string, from?: string): Promise<void> => {
  const answer = await api.call(ADMIN, 'PUT', `/accounts/${id}/plan`, {
    planId,
    ...(from === undefined ? {} : { from }),
  });
  expect(answer).toMatchObject({ status: 200 });
};

const cost = async (id: string, query = '') => {
  const answer = await api.call(ADMIN, 'GET', `/usage/cost?accountId=${id}&${query}`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};

const close = (): Promise<void> => api.app.get(PeriodClosing).closeAll();

it('begins tiers anew where the plan changes, and has each fee by its time', async () => {
  const [first, second] = [await plan({ ...PLAN, flatFee: '28' }), await plan({ ...PLAN, flatFee: '56' })];
  const { id } = await account(
    [FEBRUARY, FEBRUARY + 1, FEBRUARY + 2, FEBRUARY + 20 * DAY, FEBRUARY + 20 * DAY + 1],
    first,
  );
  await assign(id, second, iso(FEBRUARY + 7 * DAY + HOUR / 2));
  const answer = await cost(id, 'period=previous');
  // 7 of 28 days by the first plan with 2.10, 21 by the second with 2.00; the half hour is rounded down.
  expect(answer).toMatchObject({ plan: { id: second }, flatFee: '49.00', total: '53.10' });
  expect(answer.lines.map(({ amount }: { amount: string }) => amount)).toEqual(['2.10', '2.00']);
  expect(await cost(id, `period=previous&planId=${first}`)).toMatchObject({ flatFee: '28.00', total: '30.30' });
});

it('names what was used without a plan, and prices none of it', async () => {
  const { id } = await account([MARCH, MARCH + HOUR, MARCH + 5 * HOUR]);
  await assign(id, await plan(), iso(MARCH + 2 * HOUR));
  expect(await cost(id)).toMatchObject({
    total: '1.00',
    unpriced: [{ reason: 'no_plan', requests: 2 }],
    byKey: [{ requests: 3, amount: '1.00' }],
  });
});

it('gives an account its plan from the start of the running period where no instant is named', async () => {
  const { id } = await account([MARCH]);
  await assign(id, await plan());
  expect(await cost(id)).toMatchObject({ total: '1.00', unpriced: [] });
  expect((await api.call(ADMIN, 'GET', `/accounts/${id}/plan`)).body.from).toBe(iso(MARCH));
});

it('goes on with the tiers of the period in a window within it', async () => {
  const { id } = await account([MARCH, MARCH + 1, MARCH + DAY, MARCH + DAY + 1], await plan());
  expect(await cost(id, `from=${iso(MARCH + DAY)}`)).toMatchObject({
    total: '0.20',
    lines: [{ units: 2, amount: '0.20' }],
  });
  expect(await cost(id, 'timeframe=1h')).toMatchObject({ total: '0.00', lines: [{ units: 0 }] });
});

it('counts a period of another zone to the minute, and refuses one whose raw events are gone', async () => {
  const kolkata = await plan({ ...PLAN, timezone: 'Asia/Kolkata' });
  const start = Date.UTC(2026, 1, 28, 18, 30);
  const { id } = await account([start - 1, start], kolkata);
  expect(await cost(id)).toMatchObject({ period: { from: iso(start), timezone: 'Asia/Kolkata' }, total: '1.00' });
  expect(await cost(id, 'period=previous')).toMatchObject({ total: '1.00' });
  const old = await api.call(ADMIN, 'GET', `/usage/cost?accountId=${id}&period=2025-08`);
  expect(old).toMatchObject({ status: 400, body: { error: 'INVALID_PARAMETERS' } });
  expect(old.body.message).toContain('needs raw events of 2025-07-31T18:00:00.000Z, which are kept since 2025-12-02');
});

it('shows late events as a dated adjustment of a period that was closed', async () => {
  const { id } = await account([FEBRUARY, FEBRUARY + 1, FEBRUARY + 2], await plan());
  expect(await cost(id, 'period=previous')).toMatchObject({ total: '2.10', closed: null, adjustments: [] });
  api.clock.at = MARCH + DAY - 1;
  await close();
  expect(await cost(id, 'period=previous')).toMatchObject({ closed: null });
  api.clock.at = MARCH + DAY;
  await close();
  const closed = { at: iso(MARCH + DAY), total: '2.10', requests: 3 };
  expect(await cost(id, 'period=previous')).toMatchObject({ closed, adjustments: [] });

  await add(id, [FEBRUARY + HOUR, FEBRUARY + HOUR]);
  api.clock.at = NOW + HOUR;
  const first = { at: iso(NOW + HOUR), requests: 2, amount: '0.20' };
  expect(await cost(id, 'period=previous')).toMatchObject({ total: '2.30', closed, adjustments: [first] });
  await close();
  api.clock.at = NOW + DAY;
  expect(await cost(id, 'period=previous')).toMatchObject({ total: '2.30', closed, adjustments: [first] });
  await add(id, [FEBRUARY + HOUR]);
  await close();
  await close();
  const second = { at: iso(NOW + DAY), requests: 1, amount: '0.10' };
  expect(await cost(id, 'period=2026-02')).toMatchObject({ total: '2.40', closed, adjustments: [first, second] });
  expect(await cost(id, `period=previous&keyId=${id}-key`)).toMatchObject({ closed: null, adjustments: [] });
});

it('closes a period at the next turn where the store is away at this one, and other accounts all the same', async () => {
  const [one, other] = [await account([FEBRUARY], await plan()), await account([FEBRUARY], await plan())];
  api.clock.at = MARCH + DAY;
  const insert = jest.spyOn(api.app.get(ClosedPeriodsRepository), 'insert');
  insert.mockRejectedValueOnce(new Error('The store is away.'));
  await expect(close()).rejects.toThrow('The store is away.');
  expect(await cost(one.id, 'period=previous')).toMatchObject({ closed: null });
  expect(await cost(other.id, 'period=previous')).toMatchObject({ closed: { total: '1.00' } });
  await close();
  expect(await cost(one.id, 'period=previous')).toMatchObject({ closed: { total: '1.00' } });
  insert.mockRestore();
});

it('expects the end of the period as the forecast of the account does, with what is counted already', async () => {
  const running = MARCH + 10 * DAY + 5 * HOUR;
  const now = running + HOUR / 2;
  api.clock.at = now;
  const perHour = await plan({ ...PLAN, prices: [{ name: 'All', tiers: TIERS.slice(1) }] });
  // One request an hour, that of the running hour too: March has 744 hours.
  const { id } = await account(
    Array.from({ length: 29 * 24 }, (_, hour) => running - hour * HOUR),
    perHour,
  );
  const { total, projected } = await cost(id);
  expect(total).toBe('24.60');
  expect(projected).toEqual({ expected: '74.40', low: '74.40', high: '74.40' });
  // The forecast has the running hour as well, so that what came in it is not added on top.
  await add(id, [now - MINUTE, now - MINUTE]);
  expect((await cost(id)).projected.expected).toBe('74.40');
  expect((await cost(id, `keyId=${id}-key`)).projected).toBeNull();
  expect((await cost(id, 'period=previous')).projected).toBeNull();
});

it('has a range around what it expects where traffic varies, and expects nothing of a history of hours', async () => {
  api.clock.at = MARCH + 10 * DAY;
  const perRequest = await plan({ ...PLAN, prices: [{ name: 'All', tiers: TIERS.slice(1) }] });
  const varying = Array.from({ length: 29 * 24 }, (_, hour) => {
    const at = MARCH + 10 * DAY - (hour + 1) * HOUR;
    return Array.from({ length: 1 + ((hour * 7919) % 5) }, () => at);
  });
  const { projected } = await cost((await account(varying.flat(), perRequest)).id);
  expect(Number(projected.low)).toBeLessThan(Number(projected.expected));
  expect(Number(projected.expected)).toBeLessThan(Number(projected.high));
  const young = await account([MARCH + 9 * DAY, MARCH + 9 * DAY + HOUR], perRequest);
  expect(await cost(young.id)).toMatchObject({ total: '0.20', projected: null });
});

it('shares what errors and throttled calls cost', async () => {
  const { id } = await account(
    [MARCH, MARCH],
    await plan({ ...PLAN, freeStatuses: ['429'], prices: [{ name: 'All', tiers: TIERS.slice(1) }] }),
  );
  await add(id, [MARCH, MARCH], { statusCode: 500 });
  await add(id, [MARCH], { statusCode: 429 });
  expect((await cost(id)).waste).toMatchObject({
    errors: { requests: 2, amount: '0.20' },
    throttled: { requests: 1, amount: '0.00' },
  });
});

it('shares what retries cost: what follows a failure of the same key, method and endpoint within a minute', async () => {
  const { id } = await account([], await plan({ ...PLAN, prices: [{ name: 'All', tiers: TIERS.slice(1) }] }));
  const at = MARCH + HOUR;
  await add(id, [at, at + MINUTE, at + 2 * MINUTE + 1], { statusCode: 503 });
  await add(id, [at + 2 * MINUTE + 2]);
  await add(id, [at + 1], { statusCode: 503, endpoint: '/v1/others' });
  await add(id, [at + 2], { method: 'POST', endpoint: '/v1/others' });
  // Of six requests the second and the fourth follow a failure; the third comes a millisecond too late.
  const retries = { requests: 2, amount: '0.20' };
  expect((await cost(id, 'includeRetries=true')).waste).toMatchObject({ errors: { requests: 4 }, retries });
  expect((await cost(id, `from=${iso(at + MINUTE)}&includeRetries=true`)).waste).toMatchObject({ retries });
  expect((await cost(id)).waste.retries).toBeNull();
});

it('refuses another currency of a plan, and of a window', async () => {
  const dollars = await plan();
  const euros = await plan({ ...PLAN, currency: 'EUR' });
  const changed = await api.call(ADMIN, 'PUT', `/plans/${dollars}`, { ...PLAN, currency: 'EUR' });
  expect(changed).toMatchObject({ status: 400, body: { details: [{ field: 'currency' }] } });
  const { id } = await account([], dollars);
  await assign(id, euros, iso(FEBRUARY + DAY));
  const answer = await api.call(ADMIN, 'GET', `/usage/cost?accountId=${id}&period=previous`);
  expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_PARAMETERS' } });
  expect(answer.body.message).toContain('USD and EUR');
});
