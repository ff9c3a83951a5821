/** The events that are asked about: made inside the engine, and copied from there into DuckDB. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { progress, root } from '../lib.mjs';

const HOUR = 3_600_000;
const SPAN = 90 * 24 * HOUR;
/** Events go on past the start of the run, so that the last hour is as full when the service is asked, minutes later. */
const AHEAD = 3 * HOUR;
/** Rows of one insert. */
const CHUNK = 1_000_000;
const ENGINE_MEMORY = 4 * 2 ** 30;
export const TABLES = ['events', 'traffic_minute', 'traffic_hour', 'usage_hour', 'usage_day'];

/** What is alike in all events that come in later. */
export const EVENT = {
  method: 'GET',
  endpoint: '/v1/resource0/{id}',
  statusCode: 200,
  latencyMs: 20,
  requestBytes: 100,
  responseBytes: 1_000,
};

/** Opens the engine in a folder as the service would. */
export async function openEngine(dataDir) {
  const { ClickHouse } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  return ClickHouse.open({ dataDir, clickhouseUrl: undefined, memoryLimit: ENGINE_MEMORY, connections: 4 });
}

/** Fills the folder's tables, the rollups through their views, and leaves one part a partition. */
export async function fill(clickhouse, total) {
  const { migrate, applyRetention } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  await migrate(clickhouse, join(root, 'clickhouse/migrations'));
  await applyRetention(clickhouse, { rawDays: 90, minuteDays: 400, hourDays: 730 });
  const end = Date.now() + AHEAD;
  for (let start = 0; start < total; start += CHUNK) {
    await clickhouse.command(insertSql(start, Math.min(CHUNK, total - start), total, end - SPAN));
    progress(`Made ${Math.min(start + CHUNK, total).toLocaleString('en')} of ${total.toLocaleString('en')} events`);
  }
  await clickhouse.command(KEYS_SQL);
  progress('Settling: OPTIMIZE … FINAL of every table, so that each partition is one part …');
  for (const table of TABLES) await clickhouse.command(`OPTIMIZE TABLE ${table} FINAL`);
  await untilMerged(clickhouse);
}

async function untilMerged(clickhouse) {
  for (;;) {
    const [row] = await clickhouse.query('SELECT count() AS running FROM system.merges');
    if (row.number('running') === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * 200 accounts on a power law, three keys each, 25 routes, log-normal latencies, evenly over the time. All of it comes
 * from hashes of the event's number, so that each run makes the same events up to their time. Accounts differ in their
 * first eight bytes, which is what DuckDB's zone maps keep of a string.
 */
function insertSql(start, count, total, begin) {
  const uniform = (salt) => `(cityHash64(number, ${salt}) / 18446744073709551616)`;
  return `
INSERT INTO events (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us,
    request_bytes, response_bytes, error_type)
WITH
    toUInt64(${begin}) + intDiv(number * ${SPAN}, ${total}) AS at,
    concat('acct-', leftPad(toString(toUInt8(200 * pow(${uniform(1)}, 3))), 3, '0')) AS account,
    toUInt8(25 * pow(${uniform(2)}, 2)) AS route,
    100 * ${uniform(3)} AS luck,
    sqrt(-2 * log(1 - ${uniform(4)})) * cos(2 * pi() * ${uniform(5)}) AS normal,
    lower(hex(sipHash128(number))) AS noise
SELECT
    account,
    concat(account, '-', toString(toUInt8(3 * ${uniform(6)}))),
    concat(
        substring(lower(hex(at)), 5, 8), '-', substring(lower(hex(at)), 13, 4), '-7', substring(noise, 1, 3),
        '-8', substring(noise, 4, 3), '-', substring(noise, 7, 12)
    ),
    false,
    fromUnixTimestamp64Milli(toInt64(at)),
    ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'][route % 6 + 1],
    concat('/v1/resource', toString(route), '/{id}'),
    multiIf(luck < 93, 200, luck < 95, 404, luck < 97, 429, luck < 98, 500, 201) AS status,
    toUInt32(greatest(1, round(1000 * exp(3 + 0.8 * normal)))),
    toUInt64(1000 * ${uniform(7)}),
    toUInt64(20000 * ${uniform(8)}),
    multiIf(status = 404, 'not_found', status = 429, 'rate_limited', status = 500, 'internal_error', '')
FROM numbers(${start}, ${count})
SETTINGS async_insert = 0, max_block_size = ${CHUNK}, min_insert_block_size_rows = ${CHUNK},
    min_insert_block_size_bytes = 0, max_insert_threads = 1, parallel_view_processing = 1`;
}

/** The keys that the events name, as the service lists them when an admin sends events for them. */
const KEYS_SQL = `
INSERT INTO keys (id, version, account_id, name, tier, external, created_at, metadata)
SELECT DISTINCT toString(key_id), 1, toString(account_id), toString(key_id), 'enterprise', true, now64(3), '{}'
FROM usage_day
SETTINGS async_insert = 0`;

/** Puts an event into the tables, as the service does. */
export function insertEvent(clickhouse, account, { id, keyId, timestamp }) {
  const { method, endpoint, statusCode, latencyMs, requestBytes, responseBytes } = EVENT;
  const at = (timestamp / 1_000).toFixed(3);
  const latency = 1_000 * latencyMs;
  return clickhouse.insert(
    `INSERT INTO events (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us,
         request_bytes, response_bytes, error_type)
     SETTINGS async_insert = 0 FORMAT JSONCompactEachRow`,
    JSON.stringify([
      account,
      keyId,
      id,
      true,
      at,
      method,
      endpoint,
      statusCode,
      latency,
      requestBytes,
      responseBytes,
      '',
    ]),
  );
}

/** Bytes and rows on disk of each table. */
export async function sizes(clickhouse) {
  const rows = await clickhouse.query(
    `SELECT table, sum(bytes_on_disk) AS bytes, sum(rows) AS row_count, count() AS parts FROM system.parts
     WHERE active AND database = currentDatabase() AND table IN ('${TABLES.join("', '")}') GROUP BY table`,
  );
  const found = new Map(rows.map((row) => [row.string('table'), row]));
  return TABLES.map((table) => ({
    table,
    bytes: found.get(table)?.number('bytes') ?? 0,
    rows: found.get(table)?.number('row_count') ?? 0,
  }));
}

/**
 * The same events in a DuckDB file, as it answers fastest: sorted as the engine sorts them, so that its zone maps leave
 * out what a window does not need, times as integers, strings of few values as enums.
 */
export async function loadDuckDB(clickhouse, folder) {
  progress('Copying the events into DuckDB …');
  const parquet = join(folder, 'events.parquet');
  await clickhouse.command(`INSERT INTO FUNCTION file('${parquet}', Parquet) SELECT * FROM events`);
  const file = join(folder, 'events.duckdb');
  const instance = await DuckDBInstance.create(file, {
    threads: '2',
    memory_limit: '4GB',
    temp_directory: join(folder, 'duckdb'),
  });
  const connections = await Promise.all(Array.from({ length: 6 }, () => instance.connect()));
  const [connection] = connections;
  const enums = ['key_id', 'method', 'endpoint', 'error_type'];
  for (const column of enums) {
    await connection.run(`CREATE TYPE ${column}s AS ENUM (SELECT DISTINCT ${column} FROM read_parquet('${parquet}'))`);
  }
  await connection.run(
    `CREATE TABLE events AS
     SELECT * REPLACE (epoch_ms(timestamp) AS timestamp, ${enums.map((name) => `${name}::${name}s AS ${name}`).join(', ')})
     FROM read_parquet('${parquet}') ORDER BY account_id, timestamp`,
  );
  await connection.run('CHECKPOINT');
  rmSync(parquet);
  const close = () => {
    for (const each of connections) each.closeSync();
    instance.closeSync();
  };
  const insert = (account, { id, keyId, timestamp }) =>
    connection.run(
      `INSERT INTO events (account_id, key_id, id, timestamp, method, endpoint, status_code, latency_us, request_bytes,
           response_bytes, error_type)
       VALUES ('${account}', '${keyId}', '${id}', ${timestamp}, '${EVENT.method}', '${EVENT.endpoint}',
           ${EVENT.statusCode}, ${1_000 * EVENT.latencyMs}, ${EVENT.requestBytes}, ${EVENT.responseBytes}, '')`,
    );
  return { connections, bytes: statSync(file).size, insert, close };
}
