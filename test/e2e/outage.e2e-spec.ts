/**
 * ClickHouse is away, slow or misbehaves while events are sent: each is accepted at once, waits in the log, and is
 * counted once after. Real: the built service, HTTP, the engine; see test/support for the server and the faults.
 */
import { ROLLUPS } from '@meterhouse/clickhouse/rollups';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { type Fault, FaultProxy, type Strikes, eventInserts } from '../support/fault-proxy';
import { call, createKey } from './support/api';
import { type Service, startService } from './support/service';
import { StorageCheck } from './support/storage-check';
import { until } from './support/until';

const START_MS = 60_000;
/** An acknowledgement takes no longer, whatever ClickHouse does. */
const ACCEPTED_MS = 2_000;
/** The longest pause between two tries is 5 s. */
const DELIVERED_MS = 20_000;

let front: ClickHouseFront;
let proxy: FaultProxy;
let check: StorageCheck;
let service: Service;

beforeAll(async () => {
  front = await openClickHouseFront();
  proxy = await FaultProxy.open(front.url);
  service = await startService({ CLICKHOUSE_URL: proxy.url });
  check = await StorageCheck.open(front.url);
}, START_MS);

// The next test starts with an empty log and no pause between tries.
afterEach(async () => {
  await proxy.heal();
  await delivered();
});

afterAll(async () => {
  await service.stop();
  await check.close();
  await proxy.close();
  await front.close();
}, START_MS);

const LATENCY_MS = 2.5;
const BYTES = 7;

const anEvent = (id?: string) => ({
  ...(id === undefined ? {} : { id }),
  method: 'POST',
  endpoint: '/v1/orders',
  statusCode: 201,
  latencyMs: LATENCY_MS,
  requestBytes: BYTES,
});

const named = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(4, '0')}`);

/** Sends events; they must be accepted in time. */
async function send(key: string, events: unknown[], on = service): Promise<Record<string, unknown>> {
  const started = Date.now();
  const answer = await call(on, '/events', { key, body: events });
  expect(answer).toMatchObject({ status: 202, body: { rejected: [] } });
  expect(Date.now() - started).toBeLessThan(ACCEPTED_MS);
  return answer.body;
}

/** Rows that wait in the log, as GET /metrics shows them. */
async function waiting(on = service): Promise<number> {
  const text = await (await fetch(`${on.url}/metrics`)).text();
  return Number(/^meterhouse_log_rows (\d+)/m.exec(text)?.[1]);
}

const delivered = (on = service): Promise<void> =>
  until(DELIVERED_MS, async () => {
    expect(await waiting(on)).toBe(0);
    expect((await call(on, '/health/ready')).status).toBe(200);
  });

/** Each id is stored once, and the raw table and every rollup hold `unnamed` events beside them. */
async function expectOnce(accountId: string, ids: readonly string[], unnamed: number): Promise<void> {
  expect(await check.ids(accountId)).toEqual([...ids].sort());
  const requests = ids.length + unnamed;
  const sums = { requests, latencyUs: requests * LATENCY_MS * 1_000, bytes: requests * BYTES };
  expect(await check.sums(accountId)).toEqual(Object.fromEntries(['events', ...ROLLUPS].map((table) => [table, sums])));
}

const all: Strikes = () => true;

describe.each<[fault: Fault, extent: string, strikes: Strikes]>([
  ['down', 'for everything', all],
  ['hanging', 'for everything', all],
  ['slow', 'for everything', all],
  ['refusing', 'for everything', all],
  ['reset before', 'for everything', all],
  ['reset after', 'for everything', all],
  ['half', 'for everything', all],
  ['page', 'for everything', all],
  ['wrong page', 'for everything', all],
  ['refusing', 'for inserts of events', eventInserts],
  ['reset before', 'for inserts of events', eventInserts],
  ['reset after', 'for inserts of events', eventInserts],
  ['half', 'for inserts of events', eventInserts],
  ['wrong page', 'for inserts of events', eventInserts],
])('%s %s', (fault, extent, strikes) => {
  it('accepts events at once, says so, and counts each once after', async () => {
    const account = `${fault} ${extent}`.replaceAll(' ', '-');
    const { secret } = await createKey(service, account);
    await call(service, '/events?wait=true', { key: secret, body: [anEvent('before')] });
    await proxy.fail(fault, strikes);

    const [a, b] = [named(300, 'a'), named(200, 'b')];
    const answers = await Promise.all([
      send(secret, a.map(anEvent)),
      send(secret, b.map(anEvent)),
      send(secret, [anEvent(), anEvent(), anEvent()]),
    ]);
    expect(answers.map(({ accepted }) => accepted)).toEqual([300, 200, 3]);
    expect(await send(secret, a.slice(0, 50).map(anEvent))).toMatchObject({ accepted: 0, duplicates: 50 });
    await until(10_000, async () => {
      const answer = await call(service, '/health/ready');
      expect(answer).toMatchObject({ status: 503, body: { error: 'OVERLOADED' } });
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    });
    expect((await call(service, '/health/live')).status).toBe(200);
    expect(await waiting()).toBeGreaterThan(0);
    // While it cannot be known whether it was counted before, a repeat is accepted, and left out at delivery.
    await send(secret, [anEvent('before'), anEvent('late')]);

    await proxy.heal();
    await delivered();
    await expectOnce(account, ['before', ...a, ...b, 'late'], 3);
    expect(await send(secret, [...a, ...b].map(anEvent))).toMatchObject({ accepted: 0, duplicates: 500 });
    const usage = await call(service, '/usage?timeframe=1h&granularity=minute', { key: secret });
    expect(usage.body.usage).toMatchObject({ totalRequests: 505, averageLatency: LATENCY_MS });
  });
});

describe('while ClickHouse is away', () => {
  it('reads are refused at once, in the form of every error', async () => {
    const { secret } = await createKey(service, 'reader');
    await proxy.fail('down');
    const started = Date.now();
    const answer = await call(service, '/usage', { key: secret });
    expect(Date.now() - started).toBeLessThan(ACCEPTED_MS);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.body).toMatchObject({ success: false, error: expect.stringMatching(/^(OVERLOADED|INTERNAL)$/) });
    expect(JSON.stringify(answer.body)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|usage_|traffic_/);
  });

  it('?wait=true waits, and is answered when the events show', async () => {
    const { secret } = await createKey(service, 'waiter');
    await proxy.fail('refusing', eventInserts);
    const answer = call(service, '/events?wait=true', { key: secret, body: [anEvent('waited-for')] });
    await until(5_000, async () => expect(proxy.struck).toBeGreaterThan(1));
    await proxy.heal();
    expect(await answer).toMatchObject({ status: 202, body: { accepted: 1 } });
    await expectOnce('waiter', ['waited-for'], 0);
  });

  it('the log says little, however long it lasts', async () => {
    const { secret } = await createKey(service, 'quiet');
    await proxy.fail('refusing');
    const before = service.output().length;
    await send(secret, [anEvent()]);
    await until(10_000, async () => expect(proxy.struck).toBeGreaterThan(10));
    const written = service.output().slice(before);
    expect(written).toMatch(/wait in the log/);
    // It waits for every request that sent something.
    expect(written).not.toMatch(/requestId/);
    // What runs by itself says once that it cannot: rules, deliveries, periods, samples and the log.
    expect(written.split('\n').length).toBeLessThan(20);
    expect(written).not.toMatch(/\n\s+at /);
  });
});

describe('a batch of which ClickHouse', () => {
  it('has applied one half is completed, not repeated', async () => {
    const { secret } = await createKey(service, 'half-applied');
    // Fails while other views and the raw table have their rows already.
    await check.clickhouse.command(
      `CREATE MATERIALIZED VIEW broken_view TO usage_hour AS
       SELECT account_id, throwIf(id = 'h-0000', 'A view that fails.') AS requests FROM events`,
    );
    const ids = named(100, 'h');
    try {
      await send(secret, ids.map(anEvent));
      await until(10_000, async () => {
        expect((await call(service, '/health/ready')).status).toBe(503);
        const requests = Object.values(await check.sums('half-applied')).map((sums) => sums.requests);
        expect(requests).toContain(100);
        expect(requests).toContain(0);
      });
    } finally {
      await check.clickhouse.command('DROP TABLE broken_view');
    }
    await delivered();
    await expectOnce('half-applied', ids, 0);
  });
});

describe('a log that is full', () => {
  it('refuses calls with Retry-After, keeps what it took, and takes more when ClickHouse is back', async () => {
    const small = await startService({ CLICKHOUSE_URL: proxy.url, EVENT_LOG_MB: '1' });
    try {
      const { secret } = await createKey(small, 'full');
      await proxy.fail('down');
      const taken: string[] = [];
      let refused = 0;
      for (let part = 0; refused < 3; part++) {
        const ids = named(1_000, `part-${part}`);
        const answer = await call(small, '/events', { key: secret, body: ids.map(anEvent) });
        if (answer.status === 202) {
          taken.push(...ids);
          continue;
        }
        refused += 1;
        expect(answer).toMatchObject({ status: 503, body: { error: 'OVERLOADED' } });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(taken.length).toBeGreaterThan(0);
      await proxy.heal();
      await delivered(small);
      await expectOnce('full', taken, 0);
      await send(secret, [anEvent('after')], small);
      await delivered(small);
      await expectOnce('full', [...taken, 'after'], 0);
    } finally {
      await small.stop();
    }
  });
});
