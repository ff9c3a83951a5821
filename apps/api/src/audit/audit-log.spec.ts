/** The audit log while ClickHouse or the disk is away. Real: the file. Not real: ClickHouse, the clock. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { loadSettings } from '@meterhouse/common';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { Metrics } from '../monitoring/metrics';
import { Readiness } from '../monitoring/readiness';
import type { AuditEntry, AuditRow } from './audit-entry';
import { AuditLog, MAX_WAITING } from './audit-log';
import { RefusedSignIns } from './refused-sign-ins';

const NOW = Date.UTC(2026, 2, 2, 12);

let folder: string;
let opened: { stop: () => Promise<void> }[];

beforeAll(() => Logger.overrideLogger(false));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  opened = [];
});
afterEach(async () => {
  for (const { stop } of opened) await stop();
  rmSync(folder, { recursive: true });
});

const entry = (target: string): AuditEntry => ({
  at: NOW,
  action: 'key.created',
  actor: { keyId: 'key_admin', accountId: 'admin', address: '192.0.2.1' },
  target,
  accountId: 'acme',
  details: {},
});

async function open() {
  const store = { rows: [] as AuditRow[], fails: false };
  const insert = async (rows: readonly AuditRow[]): Promise<void> => {
    if (store.fails) throw new Error('away');
    store.rows.push(...rows);
  };
  const [signIns, metrics, readiness] = [new RefusedSignIns(), new Metrics(), new Readiness()];
  const settings = loadSettings({ DATA_DIR: folder });
  const log = new AuditLog(settings, { insert }, signIns, new FixedClock(NOW), metrics, readiness);
  await log.onModuleInit();
  const metric = async (name: string) =>
    Number(new RegExp(`^meterhouse_${name} (.+)$`, 'm').exec(await metrics.text())?.[1]);
  const stop = async (): Promise<void> => {
    await log.beforeApplicationShutdown();
    metrics.onApplicationShutdown();
  };
  opened.push({ stop });
  return { log, store, signIns, readiness, metric, stop, targets: () => store.rows.map(({ target }) => target) };
}

it('stores entries in the order in which they were made, with ids that sort so', async () => {
  const { log, store, targets } = await open();
  await Promise.all(['a', 'b', 'c'].map((target) => log.record(entry(target))));
  await log.synchronise();
  expect(targets()).toEqual(['a', 'b', 'c']);
  const ids = store.rows.map(({ id }) => id);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
});

it('loses nothing to a crash while ClickHouse is away', async () => {
  const first = await open();
  first.store.fails = true;
  await first.log.record(entry('a'));
  await first.log.synchronise();
  await first.log.record(entry('b'));
  // The process ends here without a stop; another opens the folder.
  const second = await open();
  await second.log.record(entry('c'));
  await second.log.synchronise();
  expect(second.targets()).toEqual(['a', 'b', 'c']);
  const third = await open();
  await third.log.synchronise();
  expect(third.targets()).toEqual([]);
});

it('holds in memory what the disk does not take, and puts it there later', async () => {
  const { log, store } = await open();
  store.fails = true;
  renameSync(join(folder, 'audit'), join(folder, 'gone'));
  await log.record(entry('a'));
  renameSync(join(folder, 'gone'), join(folder, 'audit'));
  await log.record(entry('b'));
  const next = await open();
  await next.log.synchronise();
  expect(next.targets()).toEqual(['a', 'b']);
});

it('says how many it dropped, once too many wait; refused sign-ins take half of the room', async () => {
  const { log, store, signIns, readiness, metric, stop, targets } = await open();
  store.fails = true;
  const address = '192.0.2.1';
  for (let minute = 0; minute <= MAX_WAITING / 2; minute++) {
    signIns.add({ keyId: null, accountId: null, address }, 'UNAUTHORIZED', NOW - (minute + 1) * 60_000);
  }
  await log.synchronise();
  expect(await metric('audit_waiting')).toBe(MAX_WAITING / 2);
  expect(await metric('audit_dropped_total')).toBe(1);
  await Promise.all(Array.from({ length: MAX_WAITING / 2 + 2 }, (_, at) => log.record(entry(String(at)))));
  expect(await metric('audit_waiting')).toBe(MAX_WAITING);
  expect(await metric('audit_dropped_total')).toBe(3);
  expect(readiness.warnings.join()).toContain('audit log were lost');
  store.fails = false;
  await stop();
  expect(targets()).toHaveLength(MAX_WAITING);
});

it('stores refused sign-ins of the running minute at a stop', async () => {
  const { signIns, store, stop } = await open();
  signIns.add({ keyId: null, accountId: null, address: '192.0.2.1' }, 'UNAUTHORIZED', NOW);
  await stop();
  expect(store.rows).toMatchObject([{ action: 'sign_in.refused', details: { count: 1 } }]);
});
