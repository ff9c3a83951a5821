/** What the specs of reconcile and deletion share: the real engine, and a writer that never inserts. */
import type { ClickHouse } from '@meterhouse/clickhouse';
import { RESOLUTIONS, type Resolution } from '@meterhouse/common';
import { ExclusiveWrites } from '../../apps/api/src/ingest/exclusive-writes';
import { MaintenanceRepository } from '../../apps/api/src/maintenance/maintenance.repository';
import { MaintenanceService } from '../../apps/api/src/maintenance/maintenance.service';
import { FixedClock } from '../support/fixed-clock';
import { ListedKeys } from '../support/keys';
import { openTestStorage } from '../support/storage';
import type { OracleEvent } from '../support/usage-oracle';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Nobody inserts but the spec; `before` runs before each work, as the end of an insert in progress would. */
export class NoWriter extends ExclusiveWrites {
  before: () => Promise<void> = () => Promise.resolve();
  runs = 0;

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.runs += 1;
    await this.before();
    return work();
  }
}

/** @param env variables, as a user would set them */
export async function openMaintenance(env: Record<string, string> = {}) {
  const storage = await openTestStorage(env);
  const { clickhouse, settings } = storage;
  // Not near midnight: a day more or less would only make the specs harder to read.
  const clock = new FixedClock(Math.floor(Date.now() / DAY) * DAY + 12 * HOUR);
  const keys = new ListedKeys();
  const writes = new NoWriter();
  const service = new MaintenanceService(new MaintenanceRepository(clickhouse), writes, keys, clock, settings);
  return { ...storage, clock, keys, writes, service };
}

export const TABLE: Record<Resolution, string> = { minute: 'usage_minute', hour: 'usage_hour', day: 'usage_day' };

export const LENGTH: Record<Resolution, number> = { minute: MINUTE, hour: HOUR, day: DAY };

/** All that a level holds, row by row as it is read, in order. */
export async function contentOf(clickhouse: ClickHouse, level: Resolution): Promise<string[]> {
  const rows = await clickhouse.query(`
    SELECT toString(tuple(
        account_id, toUnixTimestamp(bucket), key_id, endpoint, method, status_code, error_type, sum(requests),
        sum(latency_sum_us), max(latency_max_us), sum(bytes), max(last_at),
        quantilesBFloat16Merge(0.5, 0.75, 0.9, 0.95, 0.99)(latency)
    )) AS line
    FROM ${TABLE[level]}
    GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
    ORDER BY line`);
  return rows.map((row) => row.string('line'));
}

export function allContent(clickhouse: ClickHouse): Promise<string[][]> {
  return Promise.all(RESOLUTIONS.map((level) => contentOf(clickhouse, level)));
}

/** A plain event; name what the spec is about. */
export function event(timestamp: number, given: Partial<OracleEvent> = {}): OracleEvent {
  return {
    keyId: 'k1',
    timestamp,
    method: 'GET',
    endpoint: '/v1/orders',
    statusCode: 200,
    latencyMs: 12.5,
    requestBytes: 10,
    responseBytes: 200,
    errorType: '',
    ...given,
  };
}
