/** The ClickHouse driver of Cube. */
import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import driver from '@cubejs-backend/clickhouse-driver';
import { SLOW, cancel, check, checkPercentile, expected, failure, password, url } from './checks.mjs';

const { account, endpoint, from, to } = expected;
const { hostname, port } = new URL(url);
const cube = new driver.ClickHouseDriver({
  host: hostname,
  port,
  protocol: 'http:',
  username: 'cube',
  password,
  database: 'meterhouse_bi',
});

await check('connect', () => cube.testConnection());
await check('schemas', async () => {
  deepStrictEqual(await cube.getSchemas(), [{ schema_name: 'meterhouse_bi' }]);
});
await check('tables', async () => {
  const tables = await cube.getTablesForSpecificSchemas([{ schema_name: 'meterhouse_bi' }]);
  strictEqual(
    tables.some(({ table_name: name }) => name === 'usage_hour'),
    true,
  );
});
await check('columns', async () => {
  const { meterhouse_bi: tables } = await cube.tablesSchema();
  strictEqual(
    tables.usage_hour.some(({ name }) => name === 'requests'),
    true,
  );
  const types = await cube.tableColumnTypes('meterhouse_bi.usage_hour');
  deepStrictEqual(types.find(({ name }) => name === 'bucket').type, 'timestamp');
});
await check('parameters', async () => {
  const query = 'SELECT sum(requests) AS requests FROM usage_day_endpoint WHERE endpoint = ? AND account_id = ?';
  deepStrictEqual(await cube.query(query, [endpoint, account]), [{ requests: String(expected.endpointRequests) }]);
});
await check('aggregate', async () => {
  const query = `
    SELECT toDateTime(toStartOfDay(bucket, 'Europe/Berlin'), 'Europe/Berlin') AS day, sum(requests) AS requests
    FROM meterhouse_bi.usage_hour AS usage_hour
    GROUP BY 1 ORDER BY 1 ASC LIMIT 10000`;
  const days = await cube.query(query, []);
  strictEqual(
    days.reduce((sum, { requests }) => sum + Number(requests), 0),
    expected.requests,
  );
});
await check('percentiles', async () => {
  const query = 'SELECT p95 FROM latency(account = ?, from = ?, to = ?) WHERE endpoint = ?';
  const [{ p95 }] = await cube.query(query, ['', from, to, endpoint]);
  checkPercentile(Number(p95));
});
await check('empty', async () => {
  deepStrictEqual(await cube.query('SELECT * FROM events WHERE 0', []), []);
});
await check('stream', async () => {
  const { rowStream, types, release } = await cube.stream('SELECT number FROM numbers(200000)', [], {
    highWaterMark: 1_000,
  });
  let count = 0;
  for await (const row of rowStream) count += row.number === undefined ? 0 : 1;
  await release();
  deepStrictEqual([count, types], [200_000, [{ name: 'number', type: 'bigint' }]]);
});
await check('error', async () => {
  const error = await failure(() => cube.query('SELECT nothing FROM events', []));
  match(error.message, /nothing/);
  strictEqual(error.cause.code, '47');
});
await check('broken', async () => {
  const query = 'SELECT intDiv(1, number < 3000000) AS a FROM numbers(4000000)';
  const error = await failure(async () => {
    const { rowStream } = await cube.stream(query, [], { highWaterMark: 1_000 });
    for await (const row of rowStream) strictEqual(typeof row, 'object');
  });
  match(error.message, /Division by zero/);
});
await check('cancel', async () => {
  const running = cube.queryResponse(SLOW, []);
  const [error] = await Promise.all([failure(() => running), cancel(() => running.cancel())]);
  match(error.message, /abort|cancel/i);
});
await cube.release();
