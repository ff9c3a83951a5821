/** `GET /usage/capacity` over HTTP. Real: guards, validation, the gate, the embedded engine. Not real: the clock, the socket. */
import { DAY, HOUR, MINUTE, floorTo, iso } from '@meterhouse/common';
import { CapacityModule } from '../../apps/api/src/capacity/capacity.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(CapacityModule);
const TODAY = floorTo('day', NOW);

const ask = async (accountId: string, query = '') =>
  (await api.call(ADMIN, 'GET', `/usage/capacity?accountId=${accountId}&${query}`)).body;

/** Requests of a key in one minute of each of the days before today. */
async function busy(key: { id: string; accountId: string }, days: number, requestsAt: (day: number) => number) {
  const events = Array.from({ length: days }, (_, ago) => TODAY - (ago + 1) * DAY).flatMap((day) =>
    Array.from({ length: requestsAt(day) }, (_, n) => aRequest(key.id, day + 9 * HOUR + n)),
  );
  await insertEvents(api.clickhouse, key.accountId, events);
}

const enterprise = (
  requestsPerMinute: number | null,
  requestsPerHour: number | null,
  requestsPerDay: number | null,
) => ({
  tier: 'enterprise',
  rateLimit: { requestsPerMinute, requestsPerHour, requestsPerDay },
});

it('has the peak of each window and what it is of the limit', async () => {
  const key = await api.make({ accountId: 'peaks', name: 'website', ...enterprise(10, 20, 40) });
  const at = TODAY - 2 * DAY;
  await insertEvents(api.clickhouse, 'peaks', [
    ...Array.from({ length: 5 }, () => aRequest(key.id, at + 7 * MINUTE)),
    ...Array.from({ length: 3 }, () => ({ ...aRequest(key.id, at + 8 * MINUTE), statusCode: 429 })),
    ...Array.from({ length: 4 }, () => aRequest(key.id, at + 3 * HOUR)),
    // Past the 30 days.
    ...Array.from({ length: 9 }, () => aRequest(key.id, TODAY - 31 * DAY)),
  ]);
  const about = { keyId: key.id, accountId: 'peaks', name: 'website', tier: 'enterprise' };
  expect((await ask('peaks')).limits).toMatchObject([
    { ...about, window: 'minute', limit: 10, peak: 5, peakAt: iso(at + 7 * MINUTE), utilization: 50 },
    { ...about, window: 'hour', limit: 20, peak: 8, peakAt: iso(at), utilization: 40 },
    { ...about, window: 'day', limit: 40, peak: 12, peakAt: iso(at), utilization: 30 },
  ]);
});

it('has limits of keys without requests, and none of keys without limits or that have ended', async () => {
  const free = await api.make({ accountId: 'silent', tier: 'free' });
  await api.make({ accountId: 'silent', ...enterprise(null, null, null) });
  const revoked = await api.make({ accountId: 'silent', tier: 'free' });
  await api.call(ADMIN, 'DELETE', `/keys/${revoked.id}`);
  const rest = { keyId: free.id, peak: 0, peakAt: null, utilization: 0, exhausts: null };
  expect((await ask('silent')).limits).toMatchObject([
    { ...rest, window: 'minute', limit: 60 },
    { ...rest, window: 'day', limit: 10_000 },
  ]);
});

it('foresees when growing demand meets a limit', async () => {
  const growing = await api.make({ accountId: 'growing', ...enterprise(null, null, 80) });
  await busy(growing, 55, (day) => Math.round(60 * 1.05 ** ((day - TODAY) / DAY / 7)));
  const [limit] = (await ask('growing')).limits;
  const { expected, earliest, latest } = limit.exhausts;
  expect(limit).toMatchObject({ window: 'day', limit: 80, peak: 60 });
  const days = (text: string): number => (Date.parse(text) - TODAY) / DAY;
  // 5 % a week without end would take six weeks; growth that fades takes longer.
  expect(days(expected)).toBeGreaterThan(42);
  expect(days(expected)).toBeLessThan(90);
  expect(days(earliest)).toBeLessThanOrEqual(days(expected));
  expect(latest === null || days(latest) >= days(expected)).toBe(true);
});

it('sees no end where demand stays, and says today where the limit is met', async () => {
  const steady = await api.make({ accountId: 'steady', ...enterprise(null, null, 20) });
  await busy(steady, 40, () => 10);
  expect((await ask('steady')).limits).toMatchObject([{ peak: 10, utilization: 50, exhausts: null }]);
  await insertEvents(
    api.clickhouse,
    'steady',
    Array.from({ length: 20 }, (_, n) => aRequest(steady.id, TODAY + n)),
  );
  const today = { expected: iso(TODAY), earliest: iso(TODAY), latest: iso(TODAY) };
  expect((await ask('steady')).limits).toMatchObject([{ peak: 20, utilization: 100, exhausts: today }]);
});

it('lists what runs out first, then by use, in pages', async () => {
  const [low, high, full] = [
    await api.make({ accountId: 'order', ...enterprise(null, null, 1_000) }),
    await api.make({ accountId: 'order', ...enterprise(null, null, 50) }),
    await api.make({ accountId: 'order', ...enterprise(null, null, 10) }),
  ];
  await busy(low, 20, () => 5);
  await busy(high, 20, () => 5);
  await busy(full, 20, () => 12);
  const ids = async (query: string): Promise<string[]> =>
    (await ask('order', query)).limits.map(({ keyId }: { keyId: string }) => keyId);
  expect(await ids('')).toEqual([full.id, high.id, low.id]);
  expect(await ids('limit=1&offset=1')).toEqual([high.id]);
  expect(await ids(`keyId=${low.id}`)).toEqual([low.id]);
  expect((await ask('order', 'limit=2')).pagination).toEqual({ total: 3, limit: 2, offset: 0, hasMore: true });
});

it('reads own keys, and those of all accounts for an admin', async () => {
  const own = await api.make({ accountId: 'own', tier: 'free', permissions: ['usage:read'] });
  const { body } = await api.call(own.secret, 'GET', '/usage/capacity');
  expect(body.limits.map(({ accountId }: { accountId: string }) => accountId)).toEqual(['own', 'own']);
  expect((await api.call(own.secret, 'GET', '/usage/capacity?accountId=order')).body.error).toBe('FORBIDDEN');
  const all = (await api.call(ADMIN, 'GET', '/usage/capacity?limit=1000')).body.limits;
  expect(new Set(all.map(({ accountId }: { accountId: string }) => accountId))).toContain('order');
});
