/**
 * Accounts that send a new path each time: scanners, and ids that no rule finds. Real: the routes, ingest with its log,
 * the read of the day's names, ClickHouse and its views. Not real: the socket; of services that are restarted or two,
 * the keys, which are in memory.
 */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ClickHouse } from '@meterhouse/clickhouse';
import { DAY, SystemClock } from '@meterhouse/common';
import type { Identity } from '../../apps/api/src/auth/identity';
import type { Tier } from '../../apps/api/src/auth/key';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { hashSecret } from '../../apps/api/src/auth/secret';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { aSentEvent } from '../factories/events';
import { openTestApi } from '../support/api';
import { openClickHouseFront } from '../support/clickhouse-front';
import { FixedClock } from '../support/fixed-clock';
import { ListedKeys, aKey } from '../support/keys';
import { until } from '../support/until';
import { type Engine, OpenIngest, makeKey, openEngine } from './ingest-fixture';

jest.setTimeout(120_000);

/** Of the tier `free`. */
const LIMIT = 500;
const NOW = Date.now();

const word = (index: number): string => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
/** Paths of words, in which no rule finds an id. */
const scanned = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `/wp-${word(from + index)}.php`);
const eventsOf = (paths: readonly string[], more: Record<string, unknown> = {}) =>
  paths.map((endpoint) => aSentEvent({ endpoint, statusCode: 404, timestamp: NOW, ...more }));

beforeAll(() => Logger.overrideLogger(false));

describe('over HTTP', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const engine = await openEngine();
    const settings = { ...engine.settings, adminKey: 'the admin secret of the tests of endpoints' };
    app = await openTestApi({ ...engine, settings }, new SystemClock(), IngestModule, UsageModule);
  });
  afterAll(() => app.close());

  async function newAccount(accountId: string, tier: Tier): Promise<string> {
    const secretHash = hashSecret(accountId);
    await app.get(KeyRegistry).save(aKey({ id: `k-${accountId}`, accountId, tier, secretHash, createdAt: NOW }));
    return accountId;
  }

  async function send(secret: string, payload: unknown[]): Promise<void> {
    const headers = { 'x-api-key': secret };
    const answer = await app.inject({ method: 'POST', url: '/events?wait=true', headers, payload });
    expect(answer.json()).toMatchObject({ accepted: payload.length });
  }

  async function ask(secret: string, query = ''): Promise<UsageResponseDto> {
    const url = `/usage?from=${new Date(NOW - 40 * DAY).toISOString()}&granularity=day&limit=1000${query}`;
    return (await app.inject({ url, headers: { 'x-api-key': secret } })).json();
  }

  const folded = async (): Promise<number> =>
    Number(/^meterhouse_ingest_other_endpoint_events_total (\d+)$/m.exec(await app.get(Metrics).text())?.[1]);

  it('new names past the limit are counted as {other}, said in alerts and measured; known ones go on', async () => {
    const secret = await newAccount('scanned', 'free');
    const before = await folded();
    await send(secret, eventsOf(['/v1/orders/1'], { statusCode: 200 }));
    await send(secret, eventsOf(scanned(0, LIMIT + 99), { id: undefined }));
    await send(secret, eventsOf([...scanned(1_000, 100), '/v1/orders/2', ...scanned(0, 3)]));
    const { usage, breakdown, errors, alerts, pagination } = await ask(secret);
    expect(usage.totalRequests).toBe(1 + LIMIT + 99 + 104);
    expect(pagination.total).toBe(LIMIT + 1);
    const rows = breakdown?.byEndpoint ?? [];
    expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBe(usage.totalRequests);
    expect(rows[0]).toMatchObject({ endpoint: '{other}', requests: 200, failedRequests: 200 });
    expect(rows.slice(1, 5).map(({ endpoint, requests }) => [endpoint, requests])).toEqual([
      ['/v1/orders/{id}', 2],
      ...scanned(0, 3).map((path) => [path, 2]),
    ]);
    expect(errors?.byEndpoint[0]).toMatchObject({ endpoint: '{other}', count: 200 });
    expect(alerts).toContainEqual(
      expect.objectContaining({
        type: 'too_many_endpoints',
        message: '28.4 % of the requests are counted as {other}: they came with more than 500 endpoint names in a day.',
      }),
    );
    expect((await ask(secret, '&endpoint={other}')).usage.totalRequests).toBe(200);
    expect((await folded()) - before).toBe(200);
  });

  it.each([
    ['methods', 50, (name: string) => ({ method: name }), 'byMethod'],
    ['error types', 1_000, (name: string) => ({ errorType: name }), 'byType'],
  ] as const)('new %s past %s a day are counted as {other}, and can be asked for', async (_, most, named, part) => {
    const secret = await newAccount(`many-${part}`, 'free');
    const sent = Array.from({ length: most + 7 }, (_, index) => `X-${word(index).toUpperCase()}`);
    const ok = eventsOf(['/a'], { statusCode: 200, ...(part === 'byType' ? {} : named(sent[0] ?? '')) });
    await send(secret, ok);
    await send(
      secret,
      [...sent, ...sent.slice(0, 3)].flatMap((name) => eventsOf(['/a'], named(name))),
    );
    const { breakdown, errors, usage } = await ask(secret);
    const rows =
      part === 'byMethod'
        ? breakdown?.byMethod.map((row) => [row.method, row.failedRequests] as const)
        : errors?.byType.map((row) => [row.type, row.count] as const);
    // An answer has 1,000 rows with that of all others.
    const shown = sent.slice(0, Math.min(most, 999)).map((name, index) => [name, index < 3 ? 2 : 1] as const);
    expect(new Map(rows)).toEqual(new Map([...shown, ['{other}', 7 + most - shown.length]]));
    expect(usage.failedRequests).toBe(most + 10);
    const filter = part === 'byMethod' ? 'method' : 'errorType';
    expect((await ask(secret, `&${filter}={other}`)).usage.totalRequests).toBe(7);
  });

  it('the limit is that of the highest tier, and no account has that of another', async () => {
    const secret = await newAccount('larger', 'starter');
    await send(secret, eventsOf(scanned(0, 800)));
    const { alerts, pagination } = await ask(secret);
    expect(pagination.total).toBe(800);
    expect(alerts.map(({ type }) => type)).not.toContain('too_many_endpoints');
  });

  it('an event counts for its own day, whenever it comes', async () => {
    const secret = await newAccount('imported', 'free');
    for (const days of [30, 29, 0]) {
      await send(secret, eventsOf(scanned(1_000 * days, LIMIT), { timestamp: NOW - days * DAY }));
    }
    expect((await ask(secret)).pagination.total).toBe(3 * LIMIT);
    await send(secret, eventsOf(scanned(50_000, 7), { timestamp: NOW - 30 * DAY }));
    expect((await ask(secret, '&endpoint={other}')).usage.totalRequests).toBe(7);
  });

  it('an event that is sent again neither counts again nor takes a name', async () => {
    const secret = await newAccount('again', 'free');
    const events = scanned(0, LIMIT + 20).map((path) => eventsOf([path], { id: path })[0]);
    await send(secret, events);
    const headers = { 'x-api-key': secret };
    const payload = events.toReversed();
    const answer = await app.inject({ method: 'POST', url: '/events?wait=true', headers, payload });
    expect(answer.json()).toMatchObject({ accepted: 0, duplicates: LIMIT + 20 });
    expect((await ask(secret, '&endpoint={other}')).usage.totalRequests).toBe(20);
  });
});

describe('a restart', () => {
  const registry = new ListedKeys();
  let engine: Engine;

  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  /** Requests by name of an account. */
  async function stored(accountId: string): Promise<Map<string, number>> {
    const rows = await engine.clickhouse.query(
      `SELECT endpoint, sum(u.requests) AS requests FROM usage_day AS u
       WHERE account_id = {accountId:String} GROUP BY endpoint`,
      { accountId },
    );
    return new Map(rows.map((row) => [row.string('endpoint'), row.number('requests')]));
  }

  function newCaller(accountId: string): Identity {
    return registry.add({ ...makeKey(`k-${accountId}`, accountId), tier: 'free' });
  }

  it('knows the names that were stored', async () => {
    const caller = newCaller('restarted');
    const first = await OpenIngest.open(engine, registry);
    await first.ingest(caller, eventsOf(scanned(0, LIMIT - 10)), undefined);
    await first.close();
    const second = await OpenIngest.open(engine, registry);
    await second.ingest(caller, eventsOf([...scanned(900, 12), ...scanned(0, 5)]), undefined);
    await second.close();
    const names = await stored('restarted');
    expect(names.size).toBe(LIMIT + 1);
    expect(names.get('{other}')).toBe(2);
    expect(scanned(0, 5).map((path) => names.get(path))).toEqual([2, 2, 2, 2, 2]);
  });

  it('knows the names that were left in the log while ClickHouse took nothing', async () => {
    const caller = newCaller('left');
    const folder = await mkdtemp(join(engine.settings.storage.dataDir, 'left-'));
    let isAway = true;
    const insertBlock: ClickHouse['insertBlock'] = (...call) =>
      isAway
        ? Promise.reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
        : engine.clickhouse.insertBlock(...call);
    const clickhouse = new Proxy(engine.clickhouse, {
      get: (target, name): unknown => (name === 'insertBlock' ? insertBlock : Reflect.get(target, name, target)),
    });
    const open = (): Promise<OpenIngest> => OpenIngest.open(engine, registry, clickhouse, undefined, undefined, folder);
    const first = await open();
    // Accepted, and its caller waits in vain for the delivery.
    const waits = first.ingest(caller, eventsOf(scanned(0, LIMIT - 10)), undefined).catch(() => undefined);
    await until(async () => (await first.waitingRows()) === LIMIT - 10);
    await first.close();
    await waits;
    const second = await open();
    const shown = second.ingest(caller, eventsOf([...scanned(900, 12), ...scanned(0, 5)]), undefined);
    await until(async () => (await second.waitingRows()) === LIMIT + 7);
    expect(await stored('left')).toEqual(new Map());
    isAway = false;
    await shown;
    await second.close();
    const names = await stored('left');
    expect(names.size).toBe(LIMIT + 1);
    expect(names.get('{other}')).toBe(2);
    expect(scanned(0, 5).map((path) => names.get(path))).toEqual([2, 2, 2, 2, 2]);
  });
});

it('two instances on one server know the names of each other after ten seconds', async () => {
  const registry = new ListedKeys();
  const caller = registry.add({ ...makeKey('k-two', 'two'), tier: 'free' });
  const front = await openClickHouseFront();
  const engine = await openEngine(front.url);
  const clock = new FixedClock(NOW);
  const [one, two] = (await Promise.all(
    [1, 2].map(() => OpenIngest.open(engine, registry, engine.clickhouse, clock)),
  )) as [OpenIngest, OpenIngest];
  await two.ingest(caller, eventsOf(scanned(0, 1)), undefined);
  await one.ingest(caller, eventsOf(scanned(0, LIMIT - 100)), undefined);
  clock.at += 10_000;
  await two.ingest(caller, eventsOf([...scanned(5_000, 150), ...scanned(0, LIMIT - 100)]), undefined);
  const rows = await engine.clickhouse.query(
    `SELECT endpoint, sum(u.requests) AS requests FROM usage_day AS u WHERE account_id = 'two' GROUP BY endpoint`,
  );
  expect(rows).toHaveLength(LIMIT + 1);
  expect(rows.find((row) => row.string('endpoint') === '{other}')?.number('requests')).toBe(50);
  await Promise.all([one.close(), two.close()]);
  await engine.close();
  await front.close();
});
