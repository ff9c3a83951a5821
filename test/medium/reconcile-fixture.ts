/** What the specs of reconcile and deletion share: the real engine, and a writer that never inserts. */
import type { ClickHouse } from '@meterhouse/clickhouse';
import { type Check, ExclusiveWrites } from '../../apps/api/src/ingest/delivery/exclusive-writes';
import { ParkedEvents } from '../../apps/api/src/ingest/delivery/parked-events';
import { IngestMetrics } from '../../apps/api/src/ingest/ingest-metrics';
import { MaintenanceRepository } from '../../apps/api/src/maintenance/maintenance.repository';
import { Integrity } from '../../apps/api/src/maintenance/integrity';
import { IntegrityRepository } from '../../apps/api/src/maintenance/integrity.repository';
import { MaintenanceTurn } from '../../apps/api/src/maintenance/maintenance-turn';
import { MaintenanceService } from '../../apps/api/src/maintenance/maintenance.service';
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import { Readiness } from '../../apps/api/src/monitoring/readiness';
import { DESCRIPTION, LEVELS, ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { RESOLUTION_MS } from '@meterhouse/common';
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

  async run<T>(work: (check: Check) => Promise<T>): Promise<T> {
    this.runs += 1;
    await this.before();
    return work(() => Promise.resolve());
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
  const readiness = new Readiness();
  const parked = new ParkedEvents(settings, new IngestMetrics(new Metrics()), readiness);
  const integrity = new Integrity(new IntegrityRepository(clickhouse), writes, readiness, clock, settings);
  const service = new MaintenanceService(
    new MaintenanceRepository(clickhouse),
    writes,
    parked,
    keys,
    clock,
    settings,
    new MaintenanceTurn(),
    integrity,
  );
  return { ...storage, clock, keys, writes, parked, service, integrity, readiness };
}

/** Milliseconds in a bucket of a rollup. */
export const lengthOf = (rollup: Rollup): number => RESOLUTION_MS[DESCRIPTION[rollup].resolution];

/** What a row of a rollup is of, for a list. */
export const dimensionsOf = (rollup: Rollup): string => DESCRIPTION[rollup].dimensions.join(', ');

const TRAFFIC_FIGURES = 'sum(failed), sum(throttled), sum(timed)';

/** All that a rollup holds, row by row as it is read, in order. */
export async function contentOf(clickhouse: ClickHouse, rollup: Rollup): Promise<string[]> {
  const rows = await clickhouse.query(`
    SELECT toString(tuple(
        ${dimensionsOf(rollup).replace('bucket', 'toUnixTimestamp(bucket)')},
        sum(requests), sum(latency_sum_us), max(latency_max_us), sum(bytes),
        ${rollup.startsWith('traffic') ? TRAFFIC_FIGURES : 'max(last_at)'},
        quantilesTimingMerge(${LEVELS})(latency)
    )) AS line
    FROM ${rollup}
    GROUP BY ${dimensionsOf(rollup)}
    ORDER BY line`);
  return rows.map((row) => row.string('line'));
}

export function allContent(clickhouse: ClickHouse): Promise<string[][]> {
  return Promise.all(ROLLUPS.map((rollup) => contentOf(clickhouse, rollup)));
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

/** One bucket of a rollup, by its start in seconds as `{bucket:UInt32}`. */
export const BUCKET = "bucket = toDateTime({bucket:UInt32}, 'UTC')";

/**
 * Each makes one bucket wrong in its own way: what is said to differ then, and of which rollups it is. ROLLUP and DIMENSIONS
 * stand for those of the rollup.
 */
export const PLANTED: { differs: string[]; sql: string; of?: string }[] = [
  // Lost.
  {
    differs: ['requests', 'percentiles'],
    sql: `ALTER TABLE ROLLUP DELETE WHERE ${BUCKET} SETTINGS mutations_sync = 2`,
  },
  // Counted twice.
  {
    differs: ['requests', 'percentiles'],
    sql: `INSERT INTO ROLLUP SELECT * FROM ROLLUP WHERE ${BUCKET} SETTINGS insert_deduplicate = 0`,
  },
  // Of a key, and of an endpoint, that no event has.
  {
    differs: ['requests', 'percentiles'],
    sql: `INSERT INTO ROLLUP SELECT * REPLACE 'ghost' AS key_id FROM ROLLUP WHERE ${BUCKET} LIMIT 1`,
  },
  {
    of: 'usage',
    differs: ['requests', 'percentiles'],
    sql: `INSERT INTO ROLLUP SELECT * REPLACE '/ghost' AS endpoint FROM ROLLUP WHERE ${BUCKET} LIMIT 1`,
  },
  // One latency too many, or one for another, in the percentiles alone.
  {
    differs: ['percentiles'],
    sql: `INSERT INTO ROLLUP (DIMENSIONS, requests, latency)
          SELECT DIMENSIONS, 0, quantilesTimingState(${LEVELS})(toUInt16(777))
          FROM ROLLUP WHERE ${BUCKET} GROUP BY DIMENSIONS LIMIT 1`,
  },
  {
    differs: ['percentiles'],
    sql: `ALTER TABLE ROLLUP
          UPDATE latency = arrayReduce('quantilesTimingState(${LEVELS})', [toUInt16(12336)])
          WHERE ${BUCKET} AND requests = 1
          SETTINGS mutations_sync = 2`,
  },
  // A later last request.
  {
    of: 'usage',
    differs: ['lastRequestAt'],
    sql: `INSERT INTO ROLLUP (DIMENSIONS, last_at)
          SELECT DIMENSIONS, toDateTime64(bucket, 3, 'UTC') + INTERVAL 59999 MILLISECOND
          FROM ROLLUP WHERE ${BUCKET} GROUP BY DIMENSIONS LIMIT 1`,
  },
  // One figure alone.
  ...(
    [
      ['latency_sum_us', 'latencySum'],
      ['latency_max_us', 'latencyMax'],
      ['bytes', 'bytes'],
      ['failed', 'failed', 'traffic'],
      ['throttled', 'throttled', 'traffic'],
      ['timed', 'timed', 'traffic'],
    ] as const
  ).map(([column, name, of]) => ({
    ...(of ? { of } : {}),
    differs: [name],
    sql: `ALTER TABLE ROLLUP UPDATE ${column} = ${column} + 1 WHERE ${BUCKET} AND requests = 1
          SETTINGS mutations_sync = 2`,
  })),
];
