/**
 * What the specs of usage share: the real engine and schema, the service's modules, a clock that stands where it is put.
 * Rows are never too old for the engine, since its clock is another: what retention has taken is dropped by `expire`.
 */
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DESCRIPTION, ROLLUPS } from '@meterhouse/clickhouse/rollups';
import type { Settings } from '@meterhouse/common';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { ContractValidationPipe } from '../../apps/api/src/http/validation';
import { UsageQueryDto } from '../../apps/api/src/usage/request/dto/usage-query.dto';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { DataVersions } from '../../apps/api/src/storage/data-versions';
import { AccountSizes } from '../../apps/api/src/usage/read/account-sizes';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { UsageService } from '../../apps/api/src/usage/usage.service';
import { openTestApi } from '../support/api';
import { FixedClock } from '../support/fixed-clock';
import { insertEvents } from '../support/insert-events';
import { aKey } from '../support/keys';
import type { OracleEvent, OracleQuery } from '../support/usage-oracle';
import { openEngine } from './ingest-fixture';

/** As they stand in a URL. */
export type Parameters = Record<string, string | string[]>;

/** The secret of the admin key. */
export const ADMIN = 'the admin secret of the tests of usage';

const DAY = 86_400_000;

/** After how many days each table drops its rows, and how it is partitioned. */
function dropped({
  rawDays,
  ...ofRollups
}: Settings['retention']): { table: string; days: number; partition: string }[] {
  const rollups = ROLLUPS.flatMap((table) => {
    const { retention, partition } = DESCRIPTION[table];
    return retention === null ? [] : [{ table, days: ofRollups[retention] + 1, partition }];
  });
  return [{ table: 'events', days: rawDays + 1, partition: 'toMonday' }, ...rollups];
}

export type UsageFixture = Awaited<ReturnType<typeof openUsage>>;

export async function openUsage(now: number) {
  Logger.overrideLogger(false);
  const clock = new FixedClock(now);
  const storage = await openEngine();
  const { clickhouse, settings } = storage;
  const app = await openTestApi({ ...storage, settings: { ...settings, adminKey: ADMIN } }, clock, UsageModule);
  const service = app.get(UsageService);
  const keys = app.get(KeyRegistry);
  const pipe = new ContractValidationPipe();

  /** A new account with three keys. */
  async function account(): Promise<{ id: string; keyIds: [string, string, string] }> {
    const id = randomUUID();
    const keyIds: [string, string, string] = [`${id}-k1`, `${id}-k2`, `${id}-k3`];
    for (const keyId of keyIds) await keys.save(aKey({ id: keyId, accountId: id }));
    return { id, keyIds };
  }

  /** Inserts events in batches, as the writer does. */
  async function insert(accountId: string, events: OracleEvent[], batch = 200): Promise<void> {
    for (let i = 0; i < events.length; i += batch) {
      const some = events.slice(i, i + batch);
      await app.get(DataVersions).inserting(() => insertEvents(clickhouse, accountId, some));
    }
  }

  /** Drops the partitions of which retention leaves nothing. */
  async function expire(): Promise<void> {
    for (const { table, days, partition } of dropped(settings.retention)) {
      const rows = await clickhouse.query(
        `SELECT DISTINCT partition FROM system.parts
         WHERE active AND database = currentDatabase() AND table = {table:String}
             AND partition < toString(${partition}(toDateTime({limit:UInt32}, 'UTC')))`,
        { table, limit: Math.floor((clock.at - days * DAY) / 1_000) },
      );
      const drops = rows.map((row) => `DROP PARTITION '${row.string('partition')}'`);
      if (drops.length > 0) await clickhouse.command(`ALTER TABLE ${table} ${drops.join(', ')}`);
    }
  }

  /** What `GET /usage` answers, behind authentication. */
  async function ask(scope: string | null, parameters: Parameters): Promise<UsageResponseDto> {
    const query = await pipe.transform({ ...parameters }, { type: 'query', metatype: UsageQueryDto });
    if (!(query instanceof UsageQueryDto)) throw new Error('The pipe should make the DTO.');
    return service.usage(scope, query, new AbortController().signal);
  }

  /** Has windows read from rollups also where few events would be scanned, or not any more. */
  let noPaces: jest.SpyInstance | undefined;
  function readRollups(only: boolean): void {
    noPaces?.mockRestore();
    noPaces = only ? jest.spyOn(app.get(AccountSizes), 'requestRateOf').mockReturnValue(undefined) : undefined;
  }

  /** Has breakdowns cut in ClickHouse, as those with very many values are. */
  let allLarge: jest.SpyInstance | undefined;
  function readTop(only: boolean): void {
    allLarge?.mockRestore();
    allLarge = only ? jest.spyOn(app.get(AccountSizes), 'isLarge').mockReturnValue(true) : undefined;
  }

  return {
    app,
    engine: storage,
    clock,
    clickhouse,
    readRollups,
    readTop,
    account,
    insert,
    expire,
    ask,
    close: async () => {
      await app.close();
      await storage.close();
    },
  };
}

/** A query as a client writes it. */
export function parametersOf(query: OracleQuery): Parameters {
  const { timeframe, from, to, granularity, timezone, weekStart, endpoints } = query;
  const listed = {
    keyId: query.keyIds,
    method: query.methods,
    statusCode: query.statusCodes,
    errorType: query.errorTypes,
    groupBy: query.groupBy,
  };
  return {
    granularity,
    timezone,
    weekStart,
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
    ...(endpoints.length === 0 ? {} : { endpoint: endpoints }),
    ...Object.fromEntries(
      Object.entries(listed).flatMap(([name, values]) => (values.length ? [[name, values.join(',')]] : [])),
    ),
  };
}

/** The last day by hours, and nothing else asked for. */
export function aQuery(given: Partial<OracleQuery> & Pick<OracleQuery, 'now'>): OracleQuery {
  return {
    granularity: 'hour',
    timezone: 'UTC',
    weekStart: 'monday',
    keyIds: [],
    endpoints: [],
    methods: [],
    statusCodes: [],
    errorTypes: [],
    groupBy: [],
    ...given,
  };
}
