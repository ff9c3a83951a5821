/**
 * Sums of bytes that a number of JavaScript cannot hold, in JSON and in exports, against what bigints add up. Real: the
 * socket, Fastify, guards, the engine and the schema. Not real: the clock, which stands still. Events go straight into the
 * raw table.
 */
import { randomUUID } from 'node:crypto';
import { tableFromIPC } from 'apache-arrow';
import { DAY } from '@meterhouse/common';
import { openExports, readParquet } from './export-fixture';

const NOW = Date.UTC(2026, 9, 26, 9, 30, 20, 400);

/** The most that one event may say. */
const TEBIBYTE = 2n ** 40n;
const MANY = 10_001n;

let exports: Awaited<ReturnType<typeof openExports>>;

beforeAll(async () => {
  exports = await openExports(NOW);
});
afterAll(() => exports.close());

/** As many events of two tebibytes, less a byte, within the hour before an instant. */
async function insert(accountId: string, keyId: string, count: bigint, before: number): Promise<void> {
  await exports.clickhouse.command(
    `INSERT INTO events (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us,
         request_bytes, response_bytes, error_type)
     SELECT {account:String}, {key:String}, toString(number), false,
         toDateTime64({before:UInt32}, 3, 'UTC') - toIntervalSecond(1 + number % 3600),
         'GET', '/big', 200, 1000, {most:UInt64} - 1, {most:UInt64}, ''
     FROM numbers({count:UInt64})`,
    { account: accountId, key: keyId, before: before / 1_000, most: String(TEBIBYTE), count: String(count) },
  );
}

const bytesOf = (count: bigint): bigint => count * (2n * TEBIBYTE - 1n);

/** The digits behind each `dataTransferred` of a JSON text. */
function transferredIn(json: string): string[] {
  return [...json.matchAll(/"dataTransferred":(\d+|\{"absolute":-?\d+)/g)].map(([, value]) => value ?? '');
}

describe('sums past 2^53', () => {
  const account = randomUUID();
  const windows = 'from=2026-10-26T09:00:00Z&to=2026-10-26T10:00:00Z';
  let secret = '';

  beforeAll(async () => {
    const key = await exports.key(account);
    secret = key.secret;
    exports.clock.at = NOW + DAY;
    await insert(account, key.id, MANY, Date.UTC(2026, 9, 26, 10));
    await insert(account, key.id, MANY + 3n, Date.UTC(2026, 9, 26, 9));
  });
  afterAll(() => {
    exports.clock.at = NOW;
  });

  const textOf = async (path: string): Promise<string> => (await exports.get(secret, path)).text();

  it.each(['', '&endpoint=/big'])('have all of their digits in JSON%s', async (filter) => {
    const json = await textOf(`/usage?${windows}&groupBy=key&compare=previous${filter}`);
    const [now, before] = [String(bytesOf(MANY)), String(bytesOf(MANY + 3n))];
    const change = `{"absolute":-${bytesOf(3n)}`;
    // Totals, series, endpoint, group with its series; then the period before, its series and the change.
    expect(transferredIn(json)).toEqual([now, now, now, now, now, before, before, change]);
    expect(json).toContain(`"averageDataPerRequest":${2n * TEBIBYTE - 1n}`);
    const { usage } = JSON.parse(json) as { usage: { totalRequests: number } };
    expect(usage.totalRequests).toBe(Number(MANY));
  });

  it('move the tag of an answer by a byte', async () => {
    const etag = async (): Promise<string | null> =>
      (await exports.get(secret, `/usage?${windows}`)).headers.get('etag');
    const first = await etag();
    expect(await etag()).toBe(first);
    const row = `["${account}","k","one",false,"${(Date.UTC(2026, 9, 26, 9, 59) / 1_000).toFixed(3)}","GET","/",200,1,1,0,"",0]`;
    await exports.clickhouse.insert('INSERT INTO events FORMAT JSONCompactEachRow', row);
    expect(await etag()).not.toBe(first);
    expect(transferredIn(await textOf(`/usage?${windows}`))[0]).toBe(String(bytesOf(MANY) + 1n));
  });

  it('have all of their digits in exports', async () => {
    const [now] = [String(bytesOf(MANY))];
    const path = `/usage/export?${windows}&endpoint=/big`;
    expect(await textOf(`${path}&format=csv`)).toContain(`,${now}\n`);
    expect(await textOf(`${path}&format=ndjson`)).toContain(`"dataTransferred":${now}}`);
    const bytes = async (format: string): Promise<Uint8Array> =>
      new Uint8Array(await (await exports.get(secret, `${path}&format=${format}`)).arrayBuffer());
    const [row] = tableFromIPC(await bytes('arrow')).toArray() as { dataTransferred: bigint }[];
    expect(row?.dataTransferred).toBe(bytesOf(MANY));
    expect((await readParquet(await bytes('parquet'), exports.dataDir)).rows).toMatchObject([
      { dataTransferred: Number(bytesOf(MANY)) },
    ]);
  });
});
