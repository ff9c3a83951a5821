/**
 * The same JSON inserted straight into ClickHouse, as one would who has no service: into the same tables with the same
 * views, in this process. The account, which a call names once, stands in every event.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, temporaryFolder } from '../lib.mjs';

const STRUCTURE = [
  'accountId String',
  'keyId String',
  'id String',
  "timestamp DateTime64(3, 'UTC')",
  'method String',
  'endpoint String',
  'statusCode UInt16',
  'latencyMs Float64',
  'requestBytes UInt64',
  'responseBytes UInt64',
  'errorType String',
].join(', ');

/** What most would name endpoints by: without the query, numbers, UUIDs and hashes are `{id}`. */
const SHAPED = String.raw`replaceRegexpAll(cutQueryStringAndFragment(endpoint),
    '/(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|[0-9]+)', '/{id}')`;

/** Times in ISO 8601 are read, and what is read of a file is one block. */
const SETTINGS = `async_insert = 0, date_time_input_format = 'best_effort', parallel_view_processing = 1,
    max_insert_block_size = 1000000, max_block_size = 1000000, min_insert_block_size_rows = 1000000,
    min_insert_block_size_bytes = 0`;

/** What is inserted how; `table` is the raw table with or without views. */
export const VARIANTS = {
  alone: { table: 'events_alone', endpoint: SHAPED },
  shaped: { table: 'events', endpoint: SHAPED },
  asSent: { table: 'events', endpoint: 'endpoint' },
};

export class Straight {
  folder = temporaryFolder();

  static async open() {
    const { ClickHouse, migrate } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
    const straight = new Straight();
    const dataDir = join(straight.folder, 'data');
    straight.clickhouse = await ClickHouse.open({
      dataDir,
      clickhouseUrl: undefined,
      memoryLimit: 2 ** 32,
      connections: 1,
    });
    await migrate(straight.clickhouse, join(root, 'clickhouse/migrations'));
    await straight.clickhouse.command('CREATE TABLE events_alone AS events');
    return straight;
  }

  /**
   * Inserts lines of JSON by one statement.
   * @returns milliseconds and processor time in milliseconds; that of writing the file is left out
   */
  async insert({ table, endpoint }, lines) {
    const file = join(this.folder, 'lines.json');
    writeFileSync(file, lines.join('\n'));
    const cpu = process.cpuUsage();
    const began = performance.now();
    await this.clickhouse.command(
      `INSERT INTO ${table} (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us,
           request_bytes, response_bytes, error_type)
       SELECT accountId, keyId, id, true, timestamp, method, ${endpoint}, statusCode, round(1000 * latencyMs),
           requestBytes, responseBytes, errorType
       FROM file('${file}', JSONEachRow, '${STRUCTURE.replaceAll("'", "''")}')
       SETTINGS ${SETTINGS}`,
    );
    const ms = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    return { ms, cpu: (user + system) / 1_000 };
  }

  async close() {
    await this.clickhouse.close();
    rmSync(this.folder, { recursive: true });
  }
}
