/** Forecast, limits and tiers of keys and the service's own capacity over HTTP against the built service. */
import { DAY, HOUR, MINUTE, floorTo, iso } from '@meterhouse/common';
import { type Answer, call, createKey, expectContractError } from './support/api';
import { meterhouse } from './support/command-line';
import { type Service, startService } from './support/service';

let service: Service;
let key: { secret: string; id: string };

const WINDOWS = ['minute', 'hour', 'day'];
const YESTERDAY = floorTo('day', Date.now()) - DAY;

beforeAll(async () => {
  service = await startService();
  const rateLimit = { requestsPerMinute: 50, requestsPerHour: 60, requestsPerDay: 1_000 };
  key = await createKey(service, 'acme', { permissions: ['usage:read', 'events:write'], rateLimit });
  const event = (at: number) => ({
    method: 'GET',
    endpoint: '/v1/orders',
    statusCode: 200,
    latencyMs: 5,
    timestamp: iso(at),
  });
  const events = [
    ...Array.from({ length: 75 }, (_, n) => event(YESTERDAY + HOUR + n)),
    ...Array.from({ length: 20 }, (_, n) => event(YESTERDAY + HOUR + MINUTE + n)),
    event(YESTERDAY + 3 * HOUR),
  ];
  expect((await call(service, '/events?wait=true', { key: key.secret, body: events })).status).toBe(202);
}, 30_000);
afterAll(() => service.stop());

const own = (path: string): Promise<Answer> => call(service, path, { key: key.secret });

it('answers what each tier would have refused, of a member and of an admin alike', async () => {
  const { status, body } = await own('/usage/tiers?timeframe=7d&requestsPerMinute=70');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    notice: null,
    keys: [
      {
        keyId: key.id,
        requests: 96,
        fits: 'starter',
        byTier: [
          { tier: 'free', throttledRequests: 15, worst: { at: iso(YESTERDAY + HOUR), requests: 15 } },
          { tier: 'starter', throttledRequests: 0, worst: null },
          { tier: 'professional', throttledRequests: 0 },
          // 50 of the first minute; 10 of the second, with which the hour has its 60.
          { tier: 'enterprise', throttledRequests: 35, throttledMinutes: 2, throttledDays: 1 },
        ],
        custom: { throttledRequests: 5, throttledMinutes: 1 },
      },
    ],
  });
  const all = await call(service, '/usage/tiers?timeframe=7d&requestsPerMinute=70', { key: service.adminKey });
  expect((all.body.keys as { keyId: string }[]).find(({ keyId }) => keyId === key.id)).toEqual(
    (body.keys as unknown[])[0],
  );
  const wrong = await own('/usage/tiers?requestsPerMinute=none');
  expectContractError(wrong);
  expect(wrong.body.error).toBe('INVALID_PARAMETERS');
});

it('answers the same on the command line', async () => {
  const { out } = await meterhouse(['tiers', 'backtest', '--account', 'acme', '--timeframe', '7d', '--csv'], {
    METERHOUSE_URL: service.url,
    METERHOUSE_KEY: service.adminKey,
  });
  expect(out).toContain(`${key.id},acme,Key of acme,enterprise,96,starter,enterprise,35,2,1,`);
});

it('answers the peaks and the headroom of a key in every window with a limit', async () => {
  const { status, body } = await own('/usage/capacity');
  expect(status).toBe(200);
  const limits = body.limits as { window: string; peak: number; utilization: number; exhausts: null }[];
  expect(limits.map(({ window }) => window).sort()).toEqual([...WINDOWS].sort());
  expect(limits.find(({ window }) => window === 'minute')).toMatchObject({ limit: 50, peak: 75, utilization: 150 });
  expect(limits.find(({ window }) => window === 'day')).toMatchObject({ limit: 1_000, peak: 96, exhausts: null });
});

it('refuses a forecast of a history that is too short, and says what it needs', async () => {
  const { status, body } = await own('/usage/forecast?horizon=7d');
  expect(status).toBe(200);
  expect(body).toMatchObject({ method: 'none', confidence: 'none', points: [], total: null, accuracy: null });
  expect(body.notice).toMatch(/^A forecast needs 48 complete hours/);
});

it('answers what the service itself takes up, to admins alone', async () => {
  const { status, body } = await call(service, '/admin/capacity', { key: service.adminKey });
  expect(status).toBe(200);
  const resources = body.resources as { resource: string; used: number; limit: number; notice: string | null }[];
  expect(resources.map(({ resource }) => resource).sort()).toEqual(['disk', 'log', 'memory']);
  for (const { used, limit, notice } of resources) {
    expect(used).toBeGreaterThanOrEqual(0);
    expect(limit).toBeGreaterThan(used);
    expect(notice).toBe('Growth is told from 14 complete days of samples in a row on; there are 0.');
  }
  const refused = await own('/admin/capacity');
  expectContractError(refused);
  expect(refused.status).toBe(403);
});
