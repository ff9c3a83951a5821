/** @clickhouse/client, the official client of ClickHouse for Node.js. */
import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { SLOW, cancel, check, checkPercentile, expected, failure, password, url } from './checks.mjs';

const { account, endpoint, from, to } = expected;
const client = createClient({
  url,
  username: 'reports',
  password,
  database: 'meterhouse_bi',
  compression: { response: true, request: true },
  log: { level: ClickHouseLogLevel.OFF },
});

async function rows(query, options = {}) {
  return (await client.query({ query, format: 'JSONEachRow', ...options })).json();
}

await check('connect', async () => {
  deepStrictEqual(await client.ping(), { success: true });
  deepStrictEqual(await client.ping({ select: true }), { success: true });
  const [{ version }] = await rows('SELECT version() AS version');
  return version;
});
await check('schemas', async () => {
  const names = (await rows('SHOW DATABASES')).map(({ name }) => name);
  deepStrictEqual(names.includes('meterhouse_bi'), true);
});
await check('tables', async () => {
  const names = (await rows('SHOW TABLES')).map(({ name }) => name);
  deepStrictEqual(['events', 'keys', 'usage_hour'].filter((name) => names.includes(name)).length, 3);
});
await check('columns', async () => {
  const columns = await rows('DESCRIBE TABLE usage_hour');
  deepStrictEqual(columns[0], { ...columns[0], name: 'account_id', type: 'LowCardinality(String)' });
});
await check('parameters', async () => {
  const query =
    'SELECT toString(sum(requests)) AS requests FROM usage_day_endpoint WHERE endpoint = {endpoint:String} AND account_id IN {accounts:Array(String)}';
  const found = await rows(query, { query_params: { endpoint, accounts: [account, "it's\tanother"] } });
  deepStrictEqual(found, [{ requests: String(expected.endpointRequests) }]);
  const asForm = await rows('SELECT {text:String} AS text', {
    query_params: { text: "tab\t, 'quote' and \\" },
    use_multipart_params: true,
  });
  deepStrictEqual(asForm, [{ text: "tab\t, 'quote' and \\" }]);
});
await check('aggregate', async () => {
  const found = await rows(
    'SELECT account_id, toString(sum(requests)) AS requests FROM usage_hour GROUP BY account_id',
  );
  deepStrictEqual(found, [{ account_id: account, requests: String(expected.requests) }]);
});
await check('percentiles', async () => {
  const query =
    "SELECT p95 FROM latency(account = '', from = {from:String}, to = {to:String}) WHERE endpoint = {endpoint:String}";
  const [{ p95 }] = await rows(query, { query_params: { from, to, endpoint } });
  checkPercentile(p95);
});
await check('empty', async () => {
  for (const format of ['JSON', 'JSONEachRow', 'JSONCompactEachRowWithNamesAndTypes', 'CSVWithNames']) {
    const answer = await client.query({ query: 'SELECT * FROM events WHERE 0', format });
    strictEqual(typeof (await answer.text()), 'string');
  }
});
await check('stream', async () => {
  const answer = await client.query({ query: 'SELECT number FROM numbers(1000000)', format: 'JSONCompactEachRow' });
  let count = 0;
  for await (const part of answer.stream()) count += part.length;
  strictEqual(count, 1_000_000);
});
await check('error', async () => {
  const error = await failure(() => rows('SELECT nothing FROM events'));
  deepStrictEqual([error.code, error.type], ['47', 'UNKNOWN_IDENTIFIER']);
  match(error.message, /nothing/);
});
await check('broken', async () => {
  const answer = await client.query({
    query: 'SELECT intDiv(1, number < 3000000) AS a FROM numbers(4000000)',
    format: 'JSONEachRow',
  });
  const error = await failure(async () => {
    for await (const part of answer.stream()) strictEqual(part.length > 0, true);
  });
  match(error.message, /Division by zero/);
});
await check('cancel', async () => {
  const controller = new AbortController();
  const running = rows(SLOW, { abort_signal: controller.signal });
  const [error] = await Promise.all([failure(() => running), cancel(() => controller.abort())]);
  match(error.message, /abort/i);
});
await client.close();
