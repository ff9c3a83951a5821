/** The embedded engine with no table in it, and statements that it takes long for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouse, type Limits } from '@meterhouse/clickhouse';

/** Limits that no statement of a test meets in its time. */
export const LIMITS: Limits = { seconds: 60, memoryBytes: 500_000_000, rowsToRead: 1_000_000_000_000 };

/** Not done in the time of any test. */
export const ENDLESS = {
  sql: 'SELECT sum(cityHash64(number)) AS sum FROM numbers({rows:UInt64})',
  parameters: { rows: 1_000_000_000_000 },
};

export interface TestEngine {
  clickhouse: ClickHouse;
  folder: string;
  close(): Promise<void>;
}

/** Opens an engine with so many connections in a folder of its own, which goes when it is closed. */
async function openTestEngine(connections: number): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'meterhouse-'));
  const storage = { dataDir: folder, clickhouseUrl: undefined, memoryLimit: 1_073_741_824, connections };
  const clickhouse = await ClickHouse.open(storage);
  return {
    clickhouse,
    folder,
    close: async () => {
      await clickhouse.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An engine for the tests of a file: open from before the first to after the last. */
export function useTestEngine(connections: number): TestEngine {
  const engine = {} as TestEngine;
  beforeAll(async () => void Object.assign(engine, await openTestEngine(connections)));
  afterAll(() => engine.close());
  return engine;
}

/** How many statements run whose text is like this pattern; the one that asks is not among them. */
export async function countRunning(clickhouse: ClickHouse, pattern = '%'): Promise<number> {
  const rows = await clickhouse.query(
    `SELECT count() AS n FROM system.processes
     WHERE query LIKE {pattern:String} AND query NOT LIKE '%system.processes%'`,
    { pattern },
  );
  return rows[0]?.number('n') ?? NaN;
}
