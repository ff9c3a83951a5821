/**
 * `GET /usage/advice` and its states over HTTP. Real: guards, validation, the gate, the embedded engine. Not real: the
 * clock, ingest. What each rule finds is in advice-suite.spec.ts.
 */
import { DAY, HOUR, MINUTE, iso } from '@meterhouse/common';
import { AdviceModule } from '../../apps/api/src/advice/advice.module';
import { AuditModule } from '../../apps/api/src/audit/audit.module';
import { ADVICE_TYPES } from '../../apps/api/src/advice/advice';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, type Made, NOW, useKeysApi } from '../support/keys-api';
import type { OracleEvent } from '../support/usage-oracle';

const api = useKeysApi(AdviceModule, AuditModule);

const WRITER = { permissions: ['usage:read', 'alerts:write'] };

/** What an answer has of each piece of advice that is looked at here. */
interface Advice {
  id: string;
  type: string;
  keyId: string | null;
  endpoint: string | null;
  state: string;
  since: string;
  evidence: { usage: string; requests: number; figures: Record<string, unknown> };
  after: { requests: number | null; figures: Record<string, unknown> | null } | null;
  dismissed: { reason: string | null } | null;
}

async function ask(key: Made, query = 'timeframe=7d'): Promise<Advice[]> {
  const { status, body } = await api.call(key.secret, 'GET', `/usage/advice?${query}`);
  expect(status).toBe(200);
  return body.advice;
}

/** Requests in every minute of a span, of which a fourth to /v1/items fail; none where the API is well. */
async function traffic(key: Made, from: number, to: number, failing: boolean): Promise<void> {
  const events: OracleEvent[] = [];
  for (let at = from, index = 0; at < to; at += MINUTE, index++) {
    const event = { ...aRequest(key.id, at), responseBytes: index };
    const endpoint = ['/v1/orders', '/v1/users', '/v1/items'][index % 3] ?? '';
    const fails = failing && index % 12 === 2;
    events.push({ ...event, endpoint, ...(fails ? { statusCode: 502, errorType: 'bad_gateway' } : {}) });
  }
  await insertEvents(api.clickhouse, key.accountId, events);
}

/** A key of an account with a hot spot of errors in the last two days. */
async function faulty(): Promise<Made> {
  const key = await api.make(WRITER);
  await traffic(key, NOW - 4 * DAY, NOW - 2 * DAY, false);
  await traffic(key, NOW - 2 * DAY, NOW, true);
  return key;
}

it('names the fault, with figures that a call of GET /usage shows', async () => {
  const key = await faulty();
  const { body } = await api.call(key.secret, 'GET', '/usage/advice?timeframe=7d');
  expect(body).toMatchObject({ success: true, timestamp: iso(NOW) });
  expect(body.types.map(({ type }: { type: string }) => type)).toEqual(ADVICE_TYPES);
  expect(body.advice).toMatchObject([
    {
      type: 'error_hot_spot',
      keyId: key.id,
      endpoint: '/v1/items',
      state: 'open',
      since: iso(NOW),
      evidence: { requests: 1_920, figures: { failedRequests: 240, errorType: 'bad_gateway' } },
      gain: { requests: 240 },
      after: null,
      dismissed: null,
    },
  ]);
  const shown = await api.call(key.secret, 'GET', body.advice[0].evidence.usage);
  expect(shown.body.usage).toMatchObject({ totalRequests: 1_920, failedRequests: 240 });
});

it('says what the requests of a fault cost where the account has a plan, and nothing of money where it has none', async () => {
  const key = await faulty();
  const prices = [{ name: 'Requests', tiers: [{ upTo: null, unitAmount: '0.0111' }] }];
  const made = await api.call(ADMIN, 'POST', '/plans', { name: 'Flat', currency: 'USD', prices });
  expect(made.status).toBe(201);
  const gainOf = async (): Promise<unknown> =>
    (await api.call(key.secret, 'GET', '/usage/advice?timeframe=7d')).body.advice[0].gain;
  expect(await gainOf()).toEqual({ requests: 240 });
  const body = { planId: made.body.plan.id, from: '2026-01-01' };
  expect(await api.call(ADMIN, 'PUT', `/accounts/${key.accountId}/plan`, body)).toMatchObject({ status: 200 });
  expect(await gainOf()).toEqual({ requests: 240, cost: '2.66', currency: 'USD' });
});

it('says the same of a fault whenever it is asked, and since when', async () => {
  const key = await faulty();
  const [first] = await ask(key);
  api.clock.at = NOW + HOUR;
  expect(await ask(key)).toMatchObject([{ id: first?.id, since: iso(NOW), state: 'open' }]);
});

it('resolves what the last day shows no more, with the figures after, and opens it when it is back', async () => {
  const key = await faulty();
  const [first] = await ask(key);
  await traffic(key, NOW, NOW + DAY, false);
  api.clock.at = NOW + DAY;
  // Within the week the fault is still there; in the last day it is not.
  const resolved = { id: first?.id, state: 'resolved', since: iso(NOW) };
  expect(await ask(key)).toMatchObject([
    {
      ...resolved,
      evidence: { figures: { failedRequests: 240 } },
      after: { requests: 480, figures: { failedRequests: 0 } },
    },
  ]);
  expect(await ask(key)).toMatchObject([resolved]);
  await traffic(key, NOW + DAY, NOW + 2 * DAY, true);
  api.clock.at = NOW + 2 * DAY;
  expect(await ask(key)).toMatchObject([{ id: first?.id, state: 'open', since: iso(NOW + 2 * DAY), after: null }]);
});

it('does not say that a fault is gone where there is nothing to see', async () => {
  const key = await faulty();
  await ask(key);
  api.clock.at = NOW + DAY;
  expect(await ask(key)).toMatchObject([{ state: 'open' }]);
  // Nor where it was asked for a part alone.
  await traffic(key, NOW, NOW + DAY, false);
  expect(await ask(key, `timeframe=7d&keyId=${key.id}`)).toMatchObject([{ state: 'open' }]);
});

it('stays dismissed, with the reason, and says who did it', async () => {
  const key = await faulty();
  const [first] = await ask(key);
  const path = `/usage/advice/${first?.id}/dismiss`;
  const { status, body } = await api.call(key.secret, 'POST', path, { reason: 'Known' });
  expect([status, body.advice]).toMatchObject([200, { state: 'dismissed', dismissed: { reason: 'Known' } }]);
  api.clock.at = NOW + HOUR;
  expect(await ask(key)).toMatchObject([{ state: 'dismissed', dismissed: { at: iso(NOW), reason: 'Known' } }]);
  const entries = (await api.call(ADMIN, 'GET', '/admin/audit?action=advice.dismissed')).body.entries;
  expect(entries).toMatchObject([{ target: first?.id, details: { type: 'error_hot_spot', reason: 'Known' } }]);
});

it("dismisses nothing of another account's, nothing unknown and nothing without the permission", async () => {
  const key = await faulty();
  const [first] = await ask(key);
  const other = await api.make(WRITER);
  for (const [secret, id, error] of [
    [other.secret, first?.id, 'NOT_FOUND'],
    [key.secret, 'adv_none', 'NOT_FOUND'],
    [(await api.make({ permissions: ['usage:read'] })).secret, first?.id, 'FORBIDDEN'],
  ] as const) {
    const answer = await api.call(secret, 'POST', `/usage/advice/${id}/dismiss`, {});
    expect(answer.body.error).toBe(error);
  }
  const long = await api.call(key.secret, 'POST', `/usage/advice/${first?.id}/dismiss`, { reason: 'x'.repeat(501) });
  expect(long.body.error).toBe('INVALID_PARAMETERS');
  expect(await ask(key)).toMatchObject([{ state: 'open' }]);
  expect(await ask(other)).toEqual([]);
});

it('looks at the requests that filters let through', async () => {
  const key = await faulty();
  expect(await ask(key, 'timeframe=7d&endpoint=/v1/orders')).toEqual([]);
  expect(await ask(key, 'timeframe=7d&method=POST')).toEqual([]);
  expect(await ask(key, 'timeframe=7d&statusCode=2xx')).toEqual([]);
  const [found] = await ask(key, 'timeframe=7d&method=GET');
  expect(found?.evidence.usage).toContain('method=GET');
});

it('sees old windows by the day, and raw events no more', async () => {
  const key = await faulty();
  api.clock.at = NOW + 100 * DAY;
  const from = iso(NOW - 4 * DAY);
  expect(await ask(key, `from=${from}&to=${iso(NOW)}`)).toMatchObject([
    { type: 'error_hot_spot', evidence: { figures: { failedRequests: 240 } } },
  ]);
});

it('is for one account', async () => {
  expect((await api.call(ADMIN, 'GET', '/usage/advice')).body).toMatchObject({
    error: 'INVALID_PARAMETERS',
    details: [{ field: 'accountId' }],
  });
});
