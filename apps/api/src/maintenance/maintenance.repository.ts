/** Compares rollups with raw events, rebuilds their partitions and removes an owner's rows. Days are epoch milliseconds. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Row } from '@meterhouse/clickhouse';
import { ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { DAY, iso } from '@meterhouse/common';
import type { Check } from '../ingest/delivery/exclusive-writes';
import {
  EVENTS_BY_DAY_SQL,
  FIRST_EVENT_SQL,
  type Owner,
  PARTITION_ID_SQL,
  RUNNING_DELETIONS_SQL,
  STAGING_TABLES_SQL,
  addRecomputedSql,
  compareSql,
  copyKeptSql,
  countEventsSql,
  createStagingSql,
  deleteSql,
  dropPartitionSql,
  ownedDaysSql,
  ownerParameters,
  partitionsSql,
  replacePartitionSql,
  stagingName,
} from './maintenance.sql';
import { isDetailed } from './rollups.sql';

/** A row that is not what the raw events give. */
export interface DriftedRow {
  /** Start of its bucket. */
  bucket: number;
  accountId: string;
  keyId: string;
  /** These four are null in a rollup without them. */
  endpoint: string | null;
  method: string | null;
  statusCode: number | null;
  errorType: string | null;
  /** Requests that the raw events give, and that the row holds. */
  expected: number;
  found: number;
  /** Which figures differ. */
  differs: string[];
}

/** What came of comparing some buckets with the raw events. */
export interface Comparison {
  bucketsCompared: number;
  bucketsDrifted: number;
  requestsMissing: number;
  requestsExtra: number;
  /** At most twenty of the drifted rows. */
  examples: DriftedRow[];
}

/** A partition of a rollup, and the days in it that something is to be done about. */
export interface PartitionDays {
  partition: string;
  days: number[];
}

/** What a rebuild leaves out of a partition, and what it puts in its place. */
export interface Rebuild extends PartitionDays {
  /** Those of `days` whose rows are made again from the raw events. */
  recomputed: number[];
  /** Whose rows are rebuilt; null for everybody's. */
  owner: Owner | null;
}

/** From `from` up to but not including `to`. */
export interface Span {
  from: number;
  to: number;
}

/** The first and longest pause between two looks at a deletion, in milliseconds. */
const FIRST_PAUSE = 20;
const MAX_PAUSE_MS = 500;

@Injectable()
export class MaintenanceRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Drops staging tables that a crash left. On a server young ones may be another instance's. */
  async dropLeftovers(): Promise<void> {
    for (const row of await this.clickhouse.query(STAGING_TABLES_SQL)) {
      if (this.clickhouse.embedded || row.boolean('is_old')) await this.drop(row.string('name'));
    }
  }

  /** Compares the whole days of a span with the raw events; days without any rows are left out. */
  async compare(rollup: Rollup, span: Span): Promise<Map<number, Comparison>> {
    const rows = await this.clickhouse.query(compareSql(rollup), { ...span });
    return new Map(rows.map((row) => [Date.parse(row.string('day')), toComparison(rollup, row)]));
  }

  /** How many raw events each day of a span has; days without any are left out. */
  async eventsByDay(span: Span): Promise<Map<number, number>> {
    const rows = await this.clickhouse.query(EVENTS_BY_DAY_SQL, { ...span });
    return new Map(rows.map((row) => [Date.parse(row.string('day')), row.number('events')]));
  }

  /** The partitions of a rollup that hold the days, in order. */
  async partitionsOf(rollup: Rollup, days: readonly number[]): Promise<PartitionDays[]> {
    const rows = await this.clickhouse.query(partitionsSql(rollup), { days: days.map(dateOf) });
    return rows.map((row) => ({
      partition: row.string('partition'),
      days: row
        .strings('days')
        .map((day) => Date.parse(day))
        .sort((a, b) => a - b),
    }));
  }

  /**
   * Puts a partition together anew beside the rollup and swaps it in, in one step: who reads meanwhile sees the
   * rows from before or the rows from after. Nothing may be inserted meanwhile, which `check` throws for otherwise.
   */
  async rebuild(rollup: Rollup, { partition, days, recomputed, owner }: Rebuild, check: Check): Promise<void> {
    const staging = stagingName(rollup);
    const partitionId = await this.partitionId(rollup, partition);
    await this.clickhouse.command(createStagingSql(rollup, staging));
    try {
      // From here on, an instance that takes over the lock drops this table, and the swap fails.
      await check();
      const parameters = ownerParameters(owner);
      if (partitionId !== null) {
        const kept = { ...parameters, partitionId, days: days.map(dateOf) };
        await this.clickhouse.command(copyKeptSql(rollup, staging, owner), kept);
      }
      for (const day of recomputed) {
        const range = { ...parameters, from: day, to: day + DAY };
        await this.clickhouse.command(addRecomputedSql(rollup, staging, owner), range);
      }
      const stagedId = await this.partitionId(staging, partition);
      if (stagedId !== null) {
        await this.clickhouse.command(replacePartitionSql(rollup, staging), { partitionId: stagedId });
      } else if (partitionId !== null) {
        await check();
        await this.clickhouse.command(dropPartitionSql(rollup), { partitionId });
      }
    } finally {
      await this.drop(staging);
    }
  }

  /** When the first raw event happened; null when there is none. */
  async firstEventAt(): Promise<number | null> {
    const [row] = await this.clickhouse.query(FIRST_EVENT_SQL);
    return row && row.number('events') > 0 ? row.number('first_at') : null;
  }

  /** An owner's raw events; of a span, or all. */
  async countEvents(owner: Owner, span: Span | null): Promise<number> {
    const [row] = await this.clickhouse.query(countEventsSql(owner, span !== null), {
      ...ownerParameters(owner),
      ...span,
    });
    return row?.number('events') ?? 0;
  }

  /** The days of a span in which a rollup has rows of the owner, each with its requests. */
  async ownedDays(rollup: Rollup, owner: Owner, span: Span): Promise<Map<number, number>> {
    const rows = await this.clickhouse.query(ownedDaysSql(rollup, owner), { ...ownerParameters(owner), ...span });
    return new Map(rows.map((row) => [Date.parse(row.string('day')), row.number('request_count')]));
  }

  /** Deletes an owner's raw events of a span and resolves when they are gone. */
  async deleteEvents(owner: Owner, span: Span): Promise<void> {
    await this.clickhouse.command(deleteSql('events', owner, true), { ...ownerParameters(owner), ...span });
    await this.deletionsEnded();
  }

  /**
   * Tells the engine to remove all that there is of an owner now, raw and rolled up. It takes milliseconds; the rows go
   * in the background, and `deletionsEnded` waits for that. Nothing may be inserted meanwhile.
   */
  async beginDeletion(owner: Owner, check: Check): Promise<void> {
    for (const table of TABLES) {
      await check();
      await this.clickhouse.command(deleteSql(table, owner, false), ownerParameters(owner));
    }
  }

  /** Resolves when the engine has finished its deletions. @throws Error with the engine's reason when one fails */
  async deletionsEnded(): Promise<void> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(MAX_PAUSE_MS, pause * 1.5)) {
      const running = await this.runningDeletions();
      if (running === null) return;
      const failure = running.string('failure');
      if (failure !== '') {
        void this.watchDeletions();
        throw new Error(`ClickHouse could not remove rows yet and goes on trying: ${failure}`);
      }
      await sleep(pause);
    }
  }

  /** Moves data versions while the engine deletes rows without a caller waiting: after a failure or a restart. */
  async watchDeletions(): Promise<void> {
    if (!this.clickhouse.embedded) return;
    try {
      while ((await this.runningDeletions()) !== null) await sleep(MAX_PAUSE_MS, undefined, { ref: false });
    } catch {
      // The storage was closed; the next start watches again.
    }
  }

  /** What the engine still removes, null when it has done; figures may have changed since the last look. */
  private async runningDeletions(): Promise<Row | null> {
    const [row] = await this.clickhouse.query(RUNNING_DELETIONS_SQL, { tables: TABLES });
    this.clickhouse.changed();
    return row && row.number('running') > 0 ? row : null;
  }

  private async partitionId(table: string, partition: string): Promise<string | null> {
    const [row] = await this.clickhouse.query(PARTITION_ID_SQL, { table, partition });
    return row?.string('partition_id') ?? null;
  }

  private drop(table: string): Promise<void> {
    return this.clickhouse.command('DROP TABLE IF EXISTS {table:Identifier} SYNC', { table });
  }
}

const TABLES = ['events', ...ROLLUPS];

/** A day as ClickHouse writes it. */
function dateOf(day: number): string {
  return iso(day).slice(0, 10);
}

function toComparison(rollup: Rollup, row: Row): Comparison {
  return {
    bucketsCompared: row.number('buckets_compared'),
    bucketsDrifted: row.number('buckets_drifted'),
    requestsMissing: row.number('requests_missing'),
    requestsExtra: row.number('requests_extra'),
    examples: row.rows('examples').map((example) => toDriftedRow(rollup, example)),
  };
}

function toDriftedRow(rollup: Rollup, row: Row): DriftedRow {
  const detailed = isDetailed(rollup);
  return {
    bucket: row.number('bucket') * 1_000,
    accountId: row.string('account_id'),
    keyId: row.string('key_id'),
    endpoint: detailed ? row.string('endpoint') : null,
    method: detailed ? row.string('method') : null,
    statusCode: detailed ? row.number('status_code') : null,
    errorType: detailed ? row.string('error_type') : null,
    expected: row.number('expected'),
    found: row.number('found'),
    differs: row.strings('differs'),
  };
}
