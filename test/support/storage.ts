/** A fresh embedded engine in a folder of its own, with the real schema. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouse, applyRetention, applyViews, migrate } from '@meterhouse/clickhouse';
import { type Settings, loadSettings } from '@meterhouse/common';

export interface TestStorage {
  clickhouse: ClickHouse;
  settings: Settings;
  close(): Promise<void>;
}

/**
 * @param env variables beside `DATA_DIR`, as a user would set them
 * @param expires false for events that are long past their retention by the engine's own clock
 */
export async function openTestStorage(env: Record<string, string> = {}, expires = true): Promise<TestStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'meterhouse-'));
  const settings = loadSettings({ DATA_DIR: folder, ENGINE_MEMORY_MB: '1024', ...env });
  const clickhouse = await ClickHouse.open(settings.storage);
  await migrate(clickhouse, join(__dirname, '../../clickhouse/migrations'));
  await applyViews(clickhouse, join(__dirname, '../../clickhouse/views'));
  if (expires) await applyRetention(clickhouse, settings.retention);
  return {
    clickhouse,
    settings,
    close: async () => {
      await clickhouse.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
