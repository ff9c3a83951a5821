/**
 * Backup of a service under load, and restore. Real: the built service and command line, HTTP, the engine, files. What a
 * restored service answers is compared with a count of the events that it should have, by account and minute.
 */
import { cp, mkdtemp, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouse, migrate } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { call, createKey } from './support/api';
import { meterhouse } from './support/command-line';
import { type Service, startService } from './support/service';
import { until } from './support/until';

const ACCOUNTS = ['acme', 'bolt', 'core'];
const BATCH = 100;
/** Of an account, which bounds the time of the test. */
const MAX_BATCHES = 150;
const DELIVERED_MS = 60_000;

interface Sent {
  account: string;
  id: string;
  timestamp: string;
  statusCode: number;
  latencyMs: number;
  responseBytes: number;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meterhouse-backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const inFolder = (name: string): string => join(folder, name);

/** Sends until it is told to stop, and remembers what was sent and what was answered for. */
class Load {
  readonly sent = new Map<string, Sent>();
  readonly acknowledged = new Set<string>();
  private stopping = false;
  private readonly senders: Promise<void>[];

  constructor(
    private readonly service: Service,
    private readonly secrets: ReadonlyMap<string, string>,
  ) {
    this.senders = ACCOUNTS.map((account) => this.send(account));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.senders);
  }

  private async send(account: string): Promise<void> {
    for (let batch = 0; batch < MAX_BATCHES && !this.stopping; batch++) {
      const events = Array.from({ length: BATCH }, (_, index) => eventOf(account, batch * BATCH + index));
      for (const event of events) this.sent.set(event.id, event);
      const key = this.secrets.get(account) ?? '';
      const answer = await call(this.service, '/events', { key, body: events.map(toBody) });
      expect(answer.status).toBe(202);
      for (const { id } of events) this.acknowledged.add(id);
    }
  }
}

function eventOf(account: string, number: number): Sent {
  return {
    account,
    id: `${account}-${number}`,
    timestamp: new Date(Date.now() - (number % 50) * 60_000).toISOString(),
    statusCode: number % 10 === 0 ? 500 : 200,
    latencyMs: number % 97,
    responseBytes: number % 1_000,
  };
}

function toBody({ account: _, ...event }: Sent): Record<string, unknown> {
  return { ...event, method: 'GET', endpoint: '/v1/orders' };
}

async function keysOf(service: Service): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  for (const account of ACCOUNTS) secrets.set(account, (await createKey(service, account)).secret);
  return secrets;
}

function backup(service: Service, directory: string) {
  const env = { METERHOUSE_URL: service.url, METERHOUSE_KEY: service.adminKey };
  return meterhouse(['backup', directory], env);
}

/** Waits until everything that was accepted shows. */
async function delivered(service: Service): Promise<void> {
  await until(DELIVERED_MS, async () => {
    expect(await (await fetch(`${service.url}/metrics`)).text()).toMatch(/^meterhouse_log_rows 0$/m);
  });
}

/** The ids in a folder that no service uses, a repeated one as often as it is stored. */
async function idsIn(dataDir: string): Promise<string[]> {
  const clickhouse = await ClickHouse.open(loadSettings({ DATA_DIR: dataDir }).storage);
  try {
    return (await clickhouse.query('SELECT id FROM events ORDER BY id')).map((row) => row.string('id'));
  } finally {
    await clickhouse.close();
  }
}

/** Requests, failures and bytes by account and minute. */
function expectedOf(events: readonly Sent[]): Record<string, Record<string, number[]>> {
  const sums: Record<string, Record<string, number[]>> = {};
  for (const { account, timestamp, statusCode, responseBytes } of events) {
    const minute = `${timestamp.slice(0, 16)}:00.000Z`;
    const [requests = 0, failed = 0, bytes = 0] = (sums[account] ??= {})[minute] ?? [];
    sums[account][minute] = [requests + 1, failed + (statusCode >= 400 ? 1 : 0), bytes + responseBytes];
  }
  return sums;
}

interface Point {
  timestamp: string;
  requests: number;
  failedRequests: number;
  dataTransferred: number;
}

async function answered(
  service: Service,
  secrets: ReadonlyMap<string, string>,
): Promise<Record<string, Record<string, number[]>>> {
  const sums: Record<string, Record<string, number[]>> = {};
  for (const [account, key] of secrets) {
    const { body } = await call(service, '/usage?timeframe=24h&granularity=minute', { key });
    const points = body.timeSeries as Point[];
    sums[account] = Object.fromEntries(
      points
        .filter(({ requests }) => requests > 0)
        .map((point) => [point.timestamp, [point.requests, point.failedRequests, point.dataTransferred]]),
    );
  }
  return sums;
}

/** The folders of the parts of a table, by the table's name. */
async function partsOf(dataDir: string, table: string): Promise<string[]> {
  const database = (await readdir(join(dataDir, 'metadata')))[0] ?? '';
  const definition = await readFile(join(dataDir, 'metadata', database, `${table}.sql`), 'utf8');
  const uuid = /UUID '([^']+)'/.exec(definition)?.[1] ?? '';
  const path = join(dataDir, 'store', uuid.slice(0, 3), uuid);
  return (await readdir(path)).filter((name) => /_\d+_\d+_\d+$/.test(name)).map((name) => join(path, name));
}

it('restores what was acknowledged before a backup under load, once, and links what an earlier one has', async () => {
  const service = await startService({ DATA_DIR: inFolder('live') });
  const secrets = await keysOf(service);
  const load = new Load(service, secrets);
  await until(DELIVERED_MS, async () => expect(load.acknowledged.size).toBeGreaterThan(1_000));
  expect(await backup(service, inFolder('backups'))).toMatchObject({ code: 0 });
  await until(DELIVERED_MS, async () => expect(load.acknowledged.size).toBeGreaterThan(5_000));
  const before = new Set(load.acknowledged);
  const second = await backup(service, inFolder('backups'));
  expect(second).toMatchObject({ code: 0, err: expect.stringMatching(/bytes, .* of them new; events waited/) });
  await load.stop();
  await service.kill();

  const [one = '', two = ''] = (await readdir(inFolder('backups'))).sort();
  expect(second.out.trim()).toBe(join(inFolder('backups'), two));
  const keys = (await partsOf(join(inFolder('backups'), two, 'data'), 'keys'))[0] ?? '';
  const inode = async (path: string): Promise<number> => (await stat(join(path, 'checksums.txt'))).ino;
  expect(await inode(keys)).toBe(await inode(keys.replace(two, one)));

  expect(await meterhouse(['restore', inFolder('backups'), '--to', inFolder('restored')])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Restored .* every figure equal\.\n$/),
  });
  const restored = await startService({ DATA_DIR: inFolder('restored') });
  await delivered(restored);
  const found = await answered(restored, secrets);
  await restored.stop();
  const ids = await idsIn(inFolder('restored'));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...before].filter((id) => !ids.includes(id))).toEqual([]);
  expect(found).toEqual(expectedOf(ids.flatMap((id) => load.sent.get(id) ?? [])));

  // Senders that send all again complete it, and nothing counts twice.
  const again = await startService({ DATA_DIR: inFolder('restored') });
  for (const account of ACCOUNTS) {
    const events = [...load.sent.values()].filter((event) => event.account === account).map(toBody);
    for (let at = 0; at < events.length; at += 5_000) {
      const body = events.slice(at, at + 5_000);
      expect((await call(again, '/events?wait=true', { key: secrets.get(account) ?? '', body })).status).toBe(202);
    }
  }
  expect(await answered(again, secrets)).toEqual(expectedOf([...load.sent.values()]));
  await again.stop();
});

it('says of each directory that it does not take why, and of a key that is no admin', async () => {
  const service = await startService({ DATA_DIR: inFolder('live') });
  const refusal = async (directory: unknown, key = service.adminKey): Promise<unknown> => {
    const { status, body } = await call(service, '/admin/backups', { key, body: { directory } });
    return [status, body.message];
  };
  expect(await refusal('backups')).toEqual([400, 'The directory should be an absolute path, but is backups.']);
  for (const directory of [folder, inFolder('live'), inFolder('live/backups'), inFolder('other/../live/x')]) {
    expect(await refusal(directory)).toEqual([
      400,
      `The directory ${directory} should be apart from DATA_DIR ${inFolder('live')}.`,
    ]);
  }
  await cp(join(__dirname, 'support'), inFolder('other'), { recursive: true });
  expect(await refusal(inFolder('other'))).toEqual([
    400,
    expect.stringMatching(/ should be empty or hold backups alone, but has .*\.ts in it\.$/),
  ]);
  expect(await refusal(5)).toEqual([400, expect.stringContaining('directory should be a path')]);
  const { secret } = await createKey(service, 'acme');
  expect(await refusal(inFolder('b'), secret)).toEqual([403, expect.anything()]);
  expect((await call(service, '/admin/backups', { key: service.adminKey })).body).toMatchObject({ backup: null });
  await service.stop();
});

it('refuses to start where parts are missing after a stop, and warns of those that are missing after a crash', async () => {
  const DATA_DIR = inFolder('live');
  const first = await startService({ DATA_DIR });
  const { secret } = await createKey(first, 'acme');
  const send = (service: Service, batch: number) =>
    call(service, '/events?wait=true', {
      key: secret,
      body: Array.from({ length: 50 }, (_, index) => toBody(eventOf('acme', batch * 50 + index))),
    });
  await send(first, 1);
  await first.stop();
  await cp(DATA_DIR, inFolder('whole'), { recursive: true, verbatimSymlinks: true });
  const [part = ''] = await partsOf(DATA_DIR, 'keys');
  await rm(part, { recursive: true });
  await expect(startService({ DATA_DIR })).rejects.toThrow(
    /is not whole: 1 part\(s\) of tables are missing .*parts\.json/,
  );
  await rm(join(DATA_DIR, 'metadata'), { recursive: true });
  await expect(startService({ DATA_DIR })).rejects.toThrow(/is not whole: .* nothing in metadata/);

  const second = await startService({ DATA_DIR: inFolder('whole') });
  const warnings = async (service: Service): Promise<unknown> =>
    (await call(service, '/health/ready')).body.warnings ?? [];
  expect(await warnings(second)).toEqual([]);
  await second.kill();
  for (const lost of await partsOf(inFolder('whole'), 'traffic_hour')) await rm(lost, { recursive: true });
  for (const cut of await partsOf(inFolder('whole'), 'usage_day')) await truncate(join(cut, 'data.bin'), 3);
  const third = await startService({ DATA_DIR: inFolder('whole') });
  await until(DELIVERED_MS, async () =>
    expect(await warnings(third)).toEqual([
      expect.stringMatching(/^1 damaged part\(s\) of tables are set aside/),
      'Rollups and raw events have different numbers of requests; see meterhouse reconcile',
    ]),
  );
  expect(third.output()).toMatch(/traffic_hour has 0 in the week of [-\d]+, events 50; usage_day has 0/);
  await call(third, '/admin/reconcile', { key: third.adminKey, body: { repair: true } });
  expect(await warnings(third)).toEqual([expect.stringContaining('damaged part(s)')]);
  await third.stop();
});

it('says what an upgrade does and copies the folder before, which an older version can go back to', async () => {
  const migrations = join(__dirname, '../../clickhouse/migrations');
  const files = (await readdir(migrations)).sort();
  await cp(migrations, inFolder('older'), { recursive: true });
  await rm(join(inFolder('older'), files.at(-1) ?? ''));
  const DATA_DIR = inFolder('live');
  const older = await ClickHouse.open(loadSettings({ DATA_DIR }).storage);
  await migrate(older, inFolder('older'));
  await older.close();

  const service = await startService({ DATA_DIR });
  const label = (files.at(-1) ?? '').replace('.sql', '');
  expect(service.output()).toContain(`Migration ${label}: `);
  const [copy = ''] = await readdir(join(DATA_DIR, 'upgrade-backup'));
  expect(service.output()).toContain(`Copied DATA_DIR to ${join(DATA_DIR, 'upgrade-backup', copy)} before`);
  await service.stop();

  const to = inFolder('back');
  expect((await meterhouse(['restore', join(DATA_DIR, 'upgrade-backup'), '--to', to])).code).toBe(0);
  const back = await ClickHouse.open(loadSettings({ DATA_DIR: to }).storage);
  expect(await migrate(back, inFolder('older'))).toEqual([]);
  await back.close();
  const newer = await ClickHouse.open(loadSettings({ DATA_DIR }).storage);
  await expect(migrate(newer, inFolder('older'))).rejects.toThrow('this version is older than the data');
  await newer.close();
});
