/** Which instance evaluates alert rules and sends notifications. Real: the lease, HTTP, the engine behind the front. Not real: the server itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClickHouse, migrate } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { Lease } from '../../apps/api/src/storage/lease';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { until } from '../support/until';

let front: ClickHouseFront;
let clickhouse: ClickHouse;
const folders: string[] = [];

beforeAll(async () => {
  Logger.overrideLogger(false);
  front = await openClickHouseFront();
  clickhouse = await ClickHouse.open(loadSettings({ CLICKHOUSE_URL: front.url }).storage);
  await migrate(clickhouse, join(__dirname, '../../clickhouse/migrations'), { instance: 'test' });
});
afterAll(async () => {
  await clickhouse.close();
  await front.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Looks often, so that no test waits for it. */
class EagerLease extends Lease {
  protected override readonly lookMs = 20;
}

async function anInstance(): Promise<Lease> {
  const folder = await mkdtemp(join(tmpdir(), 'meterhouse-'));
  folders.push(folder);
  const lease = new EagerLease(clickhouse, loadSettings({ CLICKHOUSE_URL: front.url, DATA_DIR: folder }));
  lease.onApplicationBootstrap();
  return lease;
}

it('is held by one instance, and by another when that stops', async () => {
  const leases = [await anInstance(), await anInstance(), await anInstance()];
  for (let left = leases; left.length > 0;) {
    await until(() => Promise.resolve(left.some(({ held }) => held)));
    const holders = left.filter(({ held }) => held);
    expect(holders).toHaveLength(1);
    left = left.filter((lease) => !holders.includes(lease));
    await holders[0]?.beforeApplicationShutdown();
    expect(holders[0]?.held).toBe(false);
  }
});

it('is taken from an instance that showed no sign of life, which notices', async () => {
  const halted = await anInstance();
  await until(() => Promise.resolve(halted.held));
  const other = await anInstance();
  await clickhouse.command(
    'ALTER TABLE alerts_lease UPDATE at = at - INTERVAL 1 HOUR WHERE true SETTINGS mutations_sync = 1',
  );
  await until(() => Promise.resolve(other.held && !halted.held));
  await Promise.all([halted.beforeApplicationShutdown(), other.beforeApplicationShutdown()]);
});
