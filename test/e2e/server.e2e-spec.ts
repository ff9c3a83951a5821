/**
 * The service on a ClickHouse server that it shares with a second instance. Real: two built services, HTTP, the engine
 * and, where redis-server is on the PATH, Redis. Not real: the server itself, see test/support/clickhouse-front; with
 * TEST_CLICKHOUSE_URL it is real too.
 */
import { aSentEvent } from '../factories/events';
import { type ClickHouseFront } from '../support/clickhouse-front';
import { openClickHouseServer } from '../support/clickhouse-server';
import { REDIS_MISSING, type RedisServer, startRedis } from '../support/redis-server';
import { call, createKey, expectContractError } from './support/api';
import { type Service, startService } from './support/service';
import { StorageCheck } from './support/storage-check';
import { until } from './support/until';

const START_MS = 60_000;

let front: ClickHouseFront;
let check: StorageCheck;
let one: Service;
let two: Service;

/** Both at once, so that one of them finds the other migrating. */
async function startBoth(env: Record<string, string> = {}): Promise<void> {
  const url = { CLICKHOUSE_URL: front.url, ...env };
  [one, two] = await Promise.all([startService(url), startService(url)]);
}

const requestsOf = async (service: Service, key: string): Promise<unknown> => {
  const answer = await call(service, '/usage?timeframe=1h&granularity=minute', { key });
  expect(answer.status).toBe(200);
  return (answer.body.usage as Record<string, unknown>).totalRequests;
};

beforeAll(async () => {
  front = await openClickHouseServer();
});

afterAll(() => front.close());

describe('two instances', () => {
  beforeAll(async () => {
    await startBoth();
    check = await StorageCheck.open(front.url);
  }, START_MS);

  afterAll(async () => {
    await Promise.all([one.stop(), two.stop()]);
    await check.close();
  }, START_MS);

  it('migrate the server once and release the lock', async () => {
    const rows = await check.clickhouse.query(
      `SELECT count() AS count, uniqExact(version) AS versions,
              (SELECT countIf(state = 'claimed') - countIf(state = 'released') FROM schema_migrations_lock) AS held
       FROM schema_migrations`,
    );
    expect(rows[0]?.number('count')).toBe(rows[0]?.number('versions'));
    expect(rows[0]?.number('held')).toBe(0);
    // Started with the same ADMIN_KEY, they share it.
    for (const service of [one, two]) {
      expect((await call(service, '/keys', { key: service.adminKey })).status).toBe(200);
    }
  });

  it('know a new key, a rotated one and a revoked one within a second, on either instance', async () => {
    const { secret, id } = await createKey(one, 'shared');
    await until(1_000, async () => expect((await call(two, '/usage', { key: secret })).status).toBe(200));
    const rotated = await call(two, `/keys/${id}/rotate`, { key: two.adminKey, body: {} });
    const next = String(rotated.body.apiKey);
    await until(1_000, async () => {
      expect((await call(one, '/usage', { key: secret })).body.error).toBe('UNAUTHORIZED');
      expect((await call(one, '/usage', { key: next })).status).toBe(200);
    });
    expect((await call(two, `/keys/${id}`, { key: two.adminKey, method: 'DELETE' })).status).toBe(200);
    await until(1_000, async () =>
      expect((await call(one, '/usage', { key: next })).body.error).toBe('API_KEY_REVOKED'),
    );
  });

  it('count what either of them was sent, an id once', async () => {
    const { secret } = await createKey(one, 'once');
    await until(1_000, async () => expect((await call(two, '/usage', { key: secret })).status).toBe(200));
    const body = [aSentEvent({ id: 'a' }), aSentEvent({ id: 'b', statusCode: 500 }), aSentEvent()];
    const first = await call(one, '/events?wait=true', { key: secret, body });
    expect(first).toMatchObject({ status: 202, body: { accepted: 3, duplicates: 0 } });
    const second = await call(two, '/events?wait=true', { key: secret, body });
    expect(second).toMatchObject({ status: 202, body: { accepted: 1, duplicates: 2 } });
    expect(await requestsOf(one, secret)).toBe(4);
    expect(await requestsOf(two, secret)).toBe(4);
    expect(await check.ids('once')).toEqual(['a', 'b']);
  });

  it('lose nothing that one takes while the other repairs rollups and deletes events', async () => {
    const { secret } = await createKey(one, 'busy');
    const other = await createKey(one, 'damaged');
    for (const key of [secret, other.secret]) {
      await until(1_000, async () => expect((await call(two, '/usage', { key })).status).toBe(200));
    }
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    for (const key of [secret, other.secret]) {
      const body = [aSentEvent({ timestamp: yesterday }), aSentEvent()];
      expect((await call(one, '/events?wait=true', { key, body })).status).toBe(202);
    }
    let sent = 1;
    let sending = true;
    const sender = (async () => {
      for (; sending; sent += 20) {
        const body = Array.from({ length: 20 }, () => aSentEvent());
        expect((await call(two, '/events?wait=true', { key: secret, body })).status).toBe(202);
      }
    })();
    for (let round = 1; round <= 3; round++) {
      const before = sent;
      await check.clickhouse.command(
        "ALTER TABLE usage_day DELETE WHERE account_id = 'damaged' SETTINGS mutations_sync = 2",
      );
      const repaired = await call(one, '/admin/reconcile', { key: one.adminKey, body: { repair: true } });
      expect([repaired.status, JSON.stringify(repaired.body.repaired)]).toEqual([
        200,
        expect.stringMatching('usage_day'),
      ]);
      const deletion = { accountId: 'busy', to: new Date(Date.parse(yesterday) + 1).toISOString(), confirm: true };
      const deleted = await call(one, '/admin/events/delete', { key: one.adminKey, body: deletion });
      expect(deleted).toMatchObject({ status: 200, body: { eventsDeleted: round === 1 ? 1 : 0 } });
      await until(5_000, () => Promise.resolve(expect(sent).toBeGreaterThan(before)));
    }
    sending = false;
    await sender;
    for (const [account, requests] of [
      ['busy', sent],
      ['damaged', 2],
    ] as const) {
      const sums = await check.sums(account);
      expect([account, ...Object.values(sums).map((sum) => sum.requests)]).toEqual([
        account,
        ...Array(5).fill(requests),
      ]);
    }
    const found = await call(two, '/admin/reconcile', { key: two.adminKey, body: {} });
    const rollups = found.body.rollups as { bucketsDrifted: number }[];
    expect(rollups.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0, 0]);
  });

  it('evaluate an alert rule once, on whichever of them it was made', async () => {
    const key = await createKey(one, 'watched', { permissions: ['usage:read', 'events:write', 'alerts:write'] });
    const condition = { type: 'threshold', operator: 'above', value: 0 };
    const body = { name: 'Any request', metric: 'requests', window: '5m', condition };
    expect((await call(one, '/alerts/rules', { key: key.secret, body })).status).toBe(201);
    await until(5_000, async () => {
      expect((await call(two, '/events?wait=true', { key: key.secret, body: aSentEvent() })).status).toBe(202);
    });
    await until(60_000, async () => {
      for (const service of [one, two]) {
        const { alerts } = (await call(service, '/alerts', { key: key.secret })).body;
        expect(alerts).toMatchObject([{ state: 'firing', ruleName: 'Any request' }]);
      }
    });
    const [leaders] = await check.clickhouse.query(
      "SELECT uniqExact(instance) AS count FROM alerts_lease WHERE state = 'claimed'",
    );
    expect(leaders?.number('count')).toBe(1);
  }, 90_000);

  it('take the largest batch of the longest ids, and know all of them again', async () => {
    const { secret } = await createKey(one, 'large');
    const body = Array.from({ length: 10_000 }, (_, index) =>
      aSentEvent({ id: `${index}`.padStart(128, 'ü'), endpoint: `/v1/${index % 50}/x`, latencyMs: 1 }),
    );
    const first = await call(one, '/events?wait=true', { key: secret, body });
    expect(first).toMatchObject({ status: 202, body: { accepted: 10_000 } });
    await until(1_000, async () => expect((await call(two, '/usage', { key: secret })).status).toBe(200));
    const again = await call(two, '/events?wait=true', { key: secret, body });
    expect(again.status).toBe(202);
    expect(await requestsOf(two, secret)).toBe(10_000);
    const sums = await check.sums('large');
    expect(new Set(Object.values(sums).map(({ requests }) => requests))).toEqual(new Set([10_000]));
  });

  it('reads every part of GET /usage and the list of keys', async () => {
    const { secret, id } = await createKey(one, 'parts');
    const events = [aSentEvent(), aSentEvent({ statusCode: 404 }), aSentEvent({ statusCode: 429 })];
    await call(one, '/events?wait=true', { key: secret, body: events });
    for (const timeframe of ['1h', '24h', '7d', '30d', '90d', '1y', 'all']) {
      const answer = await call(one, `/usage?timeframe=${timeframe}&granularity=day&keyId=${id}`, { key: secret });
      expect([timeframe, answer.status, answer.body.usage]).toMatchObject([
        timeframe,
        200,
        { totalRequests: 3, failedRequests: 2, throttledRequests: 1, averageLatency: 12.5 },
      ]);
      expect(answer.body.errors).toMatchObject({ totalErrors: 2 });
    }
    const listed = await call(one, '/keys?accountId=parts', { key: one.adminKey });
    expect(listed.body.keys).toMatchObject([{ id, usage: { totalRequests: 3, requestsToday: 3 } }]);
  });
});

(REDIS_MISSING === undefined ? describe : describe.skip)(
  `two instances with Redis${REDIS_MISSING ? ` (skipped: ${REDIS_MISSING})` : ''}`,
  () => {
    let redis: RedisServer;

    beforeAll(async () => {
      redis = await startRedis();
      await startBoth({ REDIS_URL: redis.url });
    }, START_MS);

    afterAll(async () => {
      await Promise.all([one.stop(), two.stop()]);
      await redis.stop();
    }, START_MS);

    it('keep one limit together', async () => {
      const { secret } = await createKey(one, 'limited', { rateLimit: { requestsPerDay: 6 } });
      // The calls that the second instance refuses are not the key's: it does not know it yet.
      await until(1_000, async () => expect((await call(two, '/usage', { key: secret })).status).toBe(200));
      const remaining: (string | null)[] = [];
      for (const service of [one, two, one, two, one]) {
        const answer = await call(service, '/usage', { key: secret });
        expect(answer.status).toBe(200);
        remaining.push(answer.headers.get('x-ratelimit-remaining'));
      }
      expect(remaining).toEqual(['4', '3', '2', '1', '0']);
      for (const service of [one, two]) {
        const refused = await call(service, '/usage', { key: secret });
        expect(refused.status).toBe(429);
        expectContractError(refused);
      }
    });

    it('count an event once that both get at the same moment', async () => {
      const { secret } = await createKey(one, 'together');
      await until(1_000, async () => expect((await call(two, '/usage', { key: secret })).status).toBe(200));
      const ids = Array.from({ length: 500 }, (_, index) => `event-${index}`);
      const body = ids.map((id) => aSentEvent({ id }));
      const answers = await Promise.all(
        [one, two, one, two].map((service) => call(service, '/events?wait=true', { key: secret, body })),
      );
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
      expect(await requestsOf(one, secret)).toBe(500);
    });
  },
);

describe('a server that does not answer', () => {
  it('keeps the service from starting, with one sentence that shows no password', async () => {
    const failure = await startService({ CLICKHOUSE_URL: 'http://default:sesame@127.0.0.1:9' }).catch(String);
    expect(failure).toMatch(/Meterhouse cannot start: CLICKHOUSE_URL: the server at 127\.0\.0\.1:9 cannot be used: /);
    expect(failure).not.toMatch(/sesame|\n\s+at /);
  });
});
