/** What the ingest specs share: the real engine in a folder of its own, and keys in memory. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { ClickHouse } from '@meterhouse/clickhouse';
import { ROLLUPS } from '@meterhouse/clickhouse/rollups';
import { type Clock, type Settings, SystemClock } from '@meterhouse/common';
import { AccountLimits } from '../../apps/api/src/accounts/account-limits';
import type { Identity } from '../../apps/api/src/auth/identity';
import type { Key, Permission } from '../../apps/api/src/auth/key';
import type { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { EventNames } from '../../apps/api/src/endpoints/event-names';
import { NamesRepository } from '../../apps/api/src/endpoints/names.repository';
import { EventCountsRepository } from '../../apps/api/src/ingest/event-counts.repository';
import { EventQuota } from '../../apps/api/src/ingest/event-quota';
import { IngestMetrics } from '../../apps/api/src/ingest/ingest-metrics';
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import { Readiness } from '../../apps/api/src/monitoring/readiness';
import { EmbeddedDeduplicator } from '../../apps/api/src/ingest/deduplication/embedded-deduplicator';
import { EventIdsRepository } from '../../apps/api/src/ingest/deduplication/event-ids.repository';
import { ServerDeduplicator } from '../../apps/api/src/ingest/deduplication/server-deduplicator';
import { ParkedEvents } from '../../apps/api/src/ingest/delivery/parked-events';
import { EventWriter } from '../../apps/api/src/ingest/delivery/event-writer';
import type { SendEventsResponseDto } from '../../apps/api/src/ingest/dto/send-events-response.dto';
import { IngestService } from '../../apps/api/src/ingest/ingest.service';
import { SentBody } from '../../apps/api/src/ingest/event/sent-events';
import { MemoryCallCounters } from '../../apps/api/src/rate-limiting/memory-call-counters';
import { DataVersions } from '../../apps/api/src/storage/data-versions';
import { Watermark } from '../../apps/api/src/storage/watermark';
import { overridesInMemory } from '../support/accounts';
import { SteadyClock } from '../../apps/api/src/rate-limiting/steady-clock';
import { ListedKeys, aKey } from '../support/keys';
import { type TestStorage, openTestStorage } from '../support/storage';

export const TABLES = ['events', ...ROLLUPS] as const;

export type Engine = TestStorage;

/**
 * The engine with the real schema, in which no event is too old.
 * @param clickhouseUrl a server, of which it makes use in place of the embedded engine
 */
export function openEngine(clickhouseUrl?: string): Promise<Engine> {
  return openTestStorage(clickhouseUrl === undefined ? {} : { CLICKHOUSE_URL: clickhouseUrl }, false);
}

/** An engine, keys and the service for the tests of a file: open from before the first to after the last. */
export function useIngest() {
  const opened = { registry: new ListedKeys() } as { registry: ListedKeys; engine: Engine; service: OpenIngest };
  beforeAll(async () => {
    Logger.overrideLogger(false);
    opened.engine = await openEngine();
    opened.service = await OpenIngest.open(opened.engine, opened.registry);
  });
  afterAll(async () => {
    await opened.service.close();
    await opened.engine.close();
  });
  return opened;
}

/** What a table holds of an account; equal in the raw table and in every rollup. */
export interface Sums {
  requests: number;
  failed: number;
  throttled: number;
  timed: number;
  /** Of timed requests. */
  latencyUs: number;
  bytes: number;
}

/** The figures of `Sums` from each kind of table. */
const SUMS = {
  events: `count() AS requests, countIf(status_code >= 400) AS failed, countIf(status_code = 429) AS throttled,
      countIf(status_code NOT IN (101, 429)) AS timed,
      sumIf(latency_us, status_code NOT IN (101, 429)) AS latency, sum(request_bytes + response_bytes) AS size`,
  traffic: `sum(t.requests) AS requests, sum(t.failed) AS failed, sum(t.throttled) AS throttled, sum(t.timed) AS timed,
      sum(latency_sum_us) AS latency, sum(bytes) AS size`,
  usage: `sum(t.requests) AS requests, sumIf(t.requests, status_code >= 400) AS failed,
      sumIf(t.requests, status_code = 429) AS throttled,
      sumIf(t.requests, status_code NOT IN (101, 429)) AS timed, sum(latency_sum_us) AS latency, sum(bytes) AS size`,
};

export async function sumsOf(clickhouse: ClickHouse, table: (typeof TABLES)[number], accountId: string): Promise<Sums> {
  const kind = table === 'events' ? 'events' : table.startsWith('traffic') ? 'traffic' : 'usage';
  const sql = `SELECT ${SUMS[kind]} FROM ${table} AS t WHERE account_id = {accountId:String}`;
  const [row] = await clickhouse.query(sql, { accountId });
  if (!row) throw new Error('A sum without a row.');
  return {
    requests: row.number('requests'),
    failed: row.number('failed'),
    throttled: row.number('throttled'),
    timed: row.number('timed'),
    latencyUs: row.number('latency'),
    bytes: row.number('size'),
  };
}

/** The sums of the raw table and of each rollup, in the order of `TABLES`. */
export function allSums(clickhouse: ClickHouse, accountId: string): Promise<Sums[]> {
  return Promise.all(TABLES.map((table) => sumsOf(clickhouse, table, accountId)));
}

/** What `allSums` should give where the raw table and every rollup agree. */
export function inEveryTable(sums: Pick<Sums, 'requests' | 'latencyUs' | 'bytes'> & Partial<Sums>): Sums[] {
  return TABLES.map(() => ({ failed: 0, throttled: 0, timed: sums.requests, ...sums }));
}

export function makeKey(id: string, accountId: string, permissions: Permission[] = ['events:write']): Key {
  // What such specs send at once is more than other tiers may.
  return aKey({ id, accountId, permissions, tier: 'enterprise' });
}

/** The service with its writer on a log of its own; every call waits until its events show, and takes no longer. */
export class OpenIngest extends IngestService {
  private constructor(
    private readonly eventWriter: EventWriter,
    private readonly deduplicator: EmbeddedDeduplicator | ServerDeduplicator,
    registry: KeyRegistry,
    names: EventNames,
    quota: EventQuota,
    clock: Clock,
    settings: Settings,
    metrics: IngestMetrics,
    private readonly shown: Metrics,
    readonly readiness: Readiness,
  ) {
    super(eventWriter, registry, names, quota, clock, settings, metrics);
  }

  /** @param folder where the log is, for a service that goes on with what another left there */
  static async open(
    engine: Engine,
    registry: KeyRegistry,
    clickhouse: ClickHouse = engine.clickhouse,
    clock: Clock = new SystemClock(),
    changes: DataVersions = new DataVersions(clickhouse, clock),
    folder?: string,
  ): Promise<OpenIngest> {
    const dataDir = folder ?? (await mkdtemp(join(engine.settings.storage.dataDir, 'writer-')));
    const settings = { ...engine.settings, storage: { ...engine.settings.storage, dataDir } };
    const ids = new EventIdsRepository(clickhouse);
    const deduplicator = clickhouse.embedded
      ? new EmbeddedDeduplicator(ids, clock)
      : new ServerDeduplicator(ids, clock);
    if (deduplicator instanceof EmbeddedDeduplicator) deduplicator.onModuleInit();
    const shown = new Metrics();
    const metrics = new IngestMetrics(shown);
    const limits = new AccountLimits(registry, overridesInMemory(), clock);
    const names = new EventNames(new NamesRepository(clickhouse), limits, changes, clock);
    const counts = new EventCountsRepository(clickhouse);
    const quota = new EventQuota(new MemoryCallCounters(), limits, counts, new SteadyClock(clock));
    const readiness = new Readiness();
    const writer = new EventWriter(
      clickhouse,
      deduplicator,
      metrics,
      readiness,
      new Watermark(),
      changes,
      clock,
      settings,
      names,
      new ParkedEvents(settings, metrics, readiness),
    );
    await writer.onModuleInit();
    return new OpenIngest(writer, deduplicator, registry, names, quota, clock, settings, metrics, shown, readiness);
  }

  /** How many rows the log holds. */
  async waitingRows(): Promise<number> {
    return this.metric('log_rows');
  }

  /** A metric without labels, named without `meterhouse_`. */
  async metric(name: string): Promise<number> {
    return Number(new RegExp(`^meterhouse_${name} (\\d+)$`, 'm').exec(await this.shown.text())?.[1]);
  }

  /** @param body what is sent as JSON */
  override ingest(caller: Identity, body: unknown, accountId: string | undefined): Promise<SendEventsResponseDto> {
    return super.ingest(caller, new SentBody(Buffer.from(JSON.stringify(body)), false), accountId, true);
  }

  async close(): Promise<void> {
    await this.eventWriter.beforeApplicationShutdown();
    if (this.deduplicator instanceof EmbeddedDeduplicator) await this.deduplicator.beforeApplicationShutdown();
  }
}
