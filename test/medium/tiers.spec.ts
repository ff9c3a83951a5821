/** `GET /usage/tiers` over HTTP. Real: guards, validation, the gate, the embedded engine. Not real: the clock, the socket. */
import { DAY, HOUR, MINUTE, floorTo, iso } from '@meterhouse/common';
import { TiersModule } from '../../apps/api/src/tiers/tiers.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, type Made, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(TiersModule);
const TODAY = floorTo('day', NOW);

const ask = async (accountId: string, query = '') =>
  (await api.call(ADMIN, 'GET', `/usage/tiers?accountId=${accountId}&${query}`)).body;

/** So many requests of a key in the minute that begins then. */
const sent = (key: Made, at: number, requests: number, statusCode = 200): Promise<void> =>
  insertEvents(
    api.clickhouse,
    key.accountId,
    Array.from({ length: requests }, () => ({ ...aRequest(key.id, at), statusCode })),
  );

const NONE = { throttledRequests: 0, throttledMinutes: 0, throttledDays: 0, worst: null };

it('has what each tier would have refused, and the lowest that fits', async () => {
  const key = await api.make({ accountId: 'bursts', name: 'website', tier: 'free' });
  const [first, second] = [TODAY - 3 * DAY + 9 * HOUR, TODAY - DAY];
  await sent(key, first, 100);
  await sent(key, first + MINUTE, 61, 429);
  await sent(key, second, 400);
  const answer = await ask('bursts');
  expect(answer).toMatchObject({
    success: true,
    period: { from: iso(TODAY - 30 * DAY), to: iso(NOW) },
    notice: null,
    pagination: { total: 1, limit: 100, offset: 0, hasMore: false },
  });
  expect(answer.keys).toEqual([
    {
      keyId: key.id,
      accountId: 'bursts',
      name: 'website',
      tier: 'free',
      requests: 561,
      fits: 'professional',
      byTier: [
        {
          tier: 'free',
          limit: { requestsPerMinute: 60, requestsPerHour: null, requestsPerDay: 10_000 },
          throttledRequests: 381,
          throttledMinutes: 3,
          throttledDays: 2,
          worst: { at: iso(second), requests: 340 },
        },
        {
          tier: 'starter',
          limit: { requestsPerMinute: 300, requestsPerHour: null, requestsPerDay: 100_000 },
          throttledRequests: 100,
          throttledMinutes: 1,
          throttledDays: 1,
          worst: { at: iso(second), requests: 100 },
        },
        {
          tier: 'professional',
          limit: { requestsPerMinute: 1_000, requestsPerHour: null, requestsPerDay: 1_000_000 },
          ...NONE,
        },
        {
          tier: 'enterprise',
          limit: { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null },
          ...NONE,
        },
      ],
      custom: null,
    },
  ]);
});

it('tries a limit that is given beside those of the tiers', async () => {
  const [key] = (await ask('bursts', 'requestsPerMinute=250')).keys;
  expect(key.custom).toEqual({
    limit: { requestsPerMinute: 250, requestsPerHour: null, requestsPerDay: null },
    throttledRequests: 150,
    throttledMinutes: 1,
    throttledDays: 1,
    worst: { at: iso(TODAY - DAY), requests: 150 },
  });
  const hourly = await ask('bursts', 'requestsPerMinute=250&requestsPerHour=90');
  // 10 and 61 past the hour's 90 on one day; 310 on the other.
  expect(hourly.keys[0].custom).toMatchObject({ throttledRequests: 381, throttledMinutes: 3, throttledDays: 2 });
  expect(hourly.summary.custom).toEqual({ throttledKeys: 1, throttledRequests: 381 });
});

it('fits no tier where the own limits of an enterprise key refuse something, too', async () => {
  const rateLimit = { requestsPerMinute: 2, requestsPerHour: null, requestsPerDay: null };
  const key = await api.make({ accountId: 'own', tier: 'enterprise', rateLimit });
  await sent(key, TODAY, 1_001);
  const [{ fits, byTier }] = (await ask('own')).keys;
  expect(fits).toBeNull();
  expect(byTier.at(-1)).toMatchObject({ tier: 'enterprise', limit: rateLimit, throttledRequests: 999 });
});

it('sums all keys up, and lists those first of which their own tier would have refused most', async () => {
  const [low, silent, high] = [
    await api.make({ accountId: 'fleet', tier: 'free' }),
    await api.make({ accountId: 'fleet', tier: 'starter' }),
    await api.make({ accountId: 'fleet', tier: 'free' }),
  ];
  await sent(low, TODAY - HOUR, 70);
  await sent(high, TODAY - HOUR, 301);
  const answer = await ask('fleet', 'limit=2');
  expect(answer.keys.map(({ keyId }: { keyId: string }) => keyId)).toEqual([high.id, low.id]);
  expect((await ask('fleet', 'offset=2')).keys).toMatchObject([{ keyId: silent.id, requests: 0, fits: 'free' }]);
  expect(answer.pagination).toEqual({ total: 3, limit: 2, offset: 0, hasMore: true });
  expect(answer.summary).toEqual({
    keys: 3,
    requests: 371,
    byTier: [
      { tier: 'free', fits: 1, throttledKeys: 2, throttledRequests: 251 },
      { tier: 'starter', fits: 1, throttledKeys: 1, throttledRequests: 1 },
      { tier: 'professional', fits: 1, throttledKeys: 0, throttledRequests: 0 },
      { tier: 'enterprise', fits: 0, throttledKeys: 0, throttledRequests: 0 },
    ],
    custom: null,
  });
  expect((await ask('fleet', `keyId=${low.id}`)).summary).toMatchObject({ keys: 1, requests: 70 });
});

it('reads whole UTC days, up to the end of an hour', async () => {
  const key = await api.make({ accountId: 'edges', tier: 'free' });
  const day = TODAY - 5 * DAY;
  await sent(key, day, 1);
  await sent(key, day - 1, 10);
  await sent(key, day + 13 * HOUR - 1, 100);
  await sent(key, day + 13 * HOUR, 1_000);
  const answer = await ask('edges', `from=${iso(day + 8 * HOUR)}&to=${iso(day + 12 * HOUR + MINUTE)}`);
  expect(answer.keys[0].requests).toBe(101);
  expect(answer.period.from).toBe(iso(day));
});

it('says what of a window is past the retention of minutes, and refuses one that is so as a whole', async () => {
  const since = iso(TODAY - api.settings.retention.minuteDays * DAY);
  expect(await ask('edges', 'from=2024-01-01')).toMatchObject({
    period: { from: since },
    notice: `Minutes are stored since ${since}; what was sent before could not be tested.`,
  });
  expect(await ask('edges', 'timeframe=all')).toMatchObject({ period: { from: since }, notice: null });
  const gone = await ask('edges', 'from=2024-01-01&to=2024-02-01');
  expect(gone.error).toBe('INVALID_PARAMETERS');
  expect(gone.message).toMatch(/ends at 2024-02-01.* by minutes alone/);
});

it('reads own keys, and those of all accounts for an admin', async () => {
  const own = await api.make({ accountId: 'mine', permissions: ['usage:read'] });
  const { body } = await api.call(own.secret, 'GET', '/usage/tiers');
  expect(body.keys).toMatchObject([{ keyId: own.id }]);
  expect((await api.call(own.secret, 'GET', '/usage/tiers?accountId=fleet')).body.error).toBe('FORBIDDEN');
  const all = (await api.call(ADMIN, 'GET', '/usage/tiers?limit=1000')).body;
  expect(new Set(all.keys.map(({ accountId }: { accountId: string }) => accountId))).toContain('fleet');
});

it.each([
  ['requestsPerMinute=0', 'INVALID_PARAMETERS'],
  ['requestsPerDay=1.5', 'INVALID_PARAMETERS'],
  ['timeframe=2d', 'INVALID_TIMEFRAME'],
  ['timeframe=7d&from=2026-02-01', 'INVALID_PARAMETERS'],
  ['from=2027-01-01', 'INVALID_PARAMETERS'],
  ['endpoint=/v1/orders', 'INVALID_PARAMETERS'],
])('%s is refused', async (query, error) => {
  expect(await ask('fleet', query)).toMatchObject({ success: false, error });
});
