#!/usr/bin/env node
/**
 * How fast events get in, beside the engine's own floor in the same run.
 * Usage: npm run bench:ingest -- [--events N] [--json FILE]
 */
import http from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../scripts/lib/prepare.mjs';
import { Report, percentile, progress, root, seeded, startService, temporaryFolder } from './lib.mjs';

const BATCH = 1_000;
const CONNECTIONS = 8;
/** Rows of one insert of the floor: the most that the service delivers at once, SEGMENT_ROWS in ingest/log/event-log.ts. */
const BLOCK = 250_000;
const SINGLE_SECONDS = 5;
const HALF_LOAD_SECONDS = 8;

const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, json: { type: 'string' } },
});
const total = Math.ceil(Number(options.events) / BATCH) * BATCH;
if (!(total > 0)) {
  process.stderr.write('--events should be a whole number above 0.\n');
  process.exit(2);
}

await prepare();
process.env.TZ = 'UTC';
const report = new Report();
const events = makeEvents(total, seeded(1));
// Half of it before and half after the service, since the machine may be faster at one time than at another.
const middle = BLOCK * Math.ceil(total / BLOCK / 2);
const floor = { events_alone: 0, events: 0 };
await measureFloor(0, Math.min(middle, total));
const service = await startService();
try {
  await measureService();
} finally {
  await service.stop();
}
await measureFloor(Math.min(middle, total), total);
report.add('raw table alone', (1_000 * total) / floor.events_alone, 'events/s');
report.add('floor: raw table and all rollups', (1_000 * total) / floor.events, 'events/s', 'raw table alone');
report.print(options.json);
process.exit(0);

/** Events of the last minutes at 5,000 a second: 200 accounts on a power law, three keys each, 25 routes. */
function makeEvents(count, random) {
  const start = Date.now() - (count / 5_000) * 1_000;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, (_, index) => {
    const route = Math.floor(25 * random() ** 2);
    const luck = random() * 100;
    return {
      account: Math.floor(200 * random() ** 3),
      key: Math.floor(3 * random()),
      timestamp: Math.floor(start + index / 5),
      method: ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'][route % 6],
      endpoint: `/v1/resource${route}/{id}`,
      statusCode: luck < 93 ? 200 : luck < 95 ? 404 : luck < 97 ? 429 : luck < 98 ? 500 : 201,
      latencyMs: Math.round(1_000 * Math.exp(3 + 0.8 * normal())) / 1_000,
      requestBytes: Math.floor(1_000 * random()),
      responseBytes: Math.floor(20_000 * random()),
    };
  });
}

/** The same rows by INSERT … SELECT, into the raw table alone and into the raw table with every rollup. */
async function measureFloor(from, to) {
  if (from >= to) return;
  progress(`Measuring the engine's floor with ${(to - from).toLocaleString('en')} events …`);
  const { ClickHouse, migrate } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  const storage = { dataDir: temporaryFolder(), clickhouseUrl: undefined, memoryLimit: 2 ** 32, connections: 1 };
  const clickhouse = await ClickHouse.open(storage);
  await migrate(clickhouse, join(root, 'clickhouse/migrations'));
  await clickhouse.command('CREATE TABLE source AS events ENGINE = Memory');
  await clickhouse.command('CREATE TABLE events_alone AS events');
  const insert = (
    table,
  ) => `INSERT INTO ${table} (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code,
    latency_us, request_bytes, response_bytes, error_type)`;
  for (let start = from; start < to; start += BLOCK) {
    const rows = events.slice(start, Math.min(start + BLOCK, to)).map((event, index) => toRow(event, start + index));
    await clickhouse.command('TRUNCATE TABLE source');
    await clickhouse.insert(
      `${insert('source')} SETTINGS async_insert = 0, max_insert_block_size = 1000000, min_insert_block_size_rows = 1000000,
       input_format_parallel_parsing = 0 FORMAT JSONCompactEachRow`,
      rows.join('\n'),
    );
    for (const table of Object.keys(floor)) {
      const began = performance.now();
      await clickhouse.command(
        `${insert(table)} SELECT * FROM source SETTINGS async_insert = 0, max_block_size = 1000000,
         min_insert_block_size_rows = 1000000, max_insert_threads = 1, parallel_view_processing = 1`,
      );
      floor[table] += performance.now() - began;
    }
  }
  await clickhouse.close();
}

function toRow(event, index) {
  const { statusCode } = event;
  const error =
    statusCode === 404 ? 'not_found' : statusCode === 429 ? 'rate_limited' : statusCode === 500 ? 'internal_error' : '';
  const account = `account-${event.account}`;
  const id = `01978a3c-0000-7000-8000-${String(index).padStart(12, '0')}`;
  const row = [
    account,
    `${account}-${event.key}`,
    id,
    false,
    (event.timestamp / 1_000).toFixed(3),
    event.method,
    event.endpoint,
  ];
  row.push(statusCode, Math.round(1_000 * event.latencyMs), event.requestBytes, event.responseBytes, error);
  return JSON.stringify(row);
}

async function measureService() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const send = (path, body) => post(agent, path, body);
  const bodies = await makeBodies();
  progress('Sending batches …');
  const before = await processFigures();
  const began = performance.now();
  const waits = await inParallel(bodies, ({ path, body }) => send(path, body));
  const accepted = performance.now();
  await send(`${toBody(events[0].account, []).path}&wait=true`, JSON.stringify([event(events[0])]));
  const visible = performance.now();
  const after = await processFigures();
  report.add(
    'batches of 1,000, accepted',
    (1_000 * total) / (accepted - began),
    'events/s',
    'floor: raw table and all rollups',
  );
  report.add(
    'batches of 1,000, visible',
    (1_000 * total) / (visible - began),
    'events/s',
    'floor: raw table and all rollups',
  );
  report.add('acknowledgement of a batch, p50', percentile(waits, 0.5), 'ms');
  report.add('acknowledgement of a batch, p99', percentile(waits, 0.99), 'ms');
  report.add('processor time a million events', ((after.cpu - before.cpu) * 1e6) / total, 's');
  report.add('memory after the batches', after.memory / 2 ** 20, 'MiB');
  await measureSingles(send, toBody(events[0].account, []).path);
  await measureHalfLoad(bodies, (1_000 * total) / (visible - began) / 2);
  agent.destroy();
}

/** Calls of one account each, as its gateway would send them; an admin names account and keys. */
async function makeBodies() {
  const bodies = [];
  const open = new Map();
  for (const item of events) {
    const group = open.get(item.account) ?? [];
    group.push(event(item));
    open.set(item.account, group);
    if (group.length === BATCH) {
      bodies.push(toBody(item.account, group));
      open.delete(item.account);
    }
  }
  for (const [account, group] of open) bodies.push(toBody(account, group));
  // Each account's keys are made known first: that is no part of sending events.
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const accounts = new Set(events.map((item) => item.account));
  await inParallel([...accounts], (account) =>
    post(
      agent,
      toBody(account, []).path,
      JSON.stringify([0, 1, 2].map((key) => event({ ...events[0], account, key }))),
    ),
  );
  agent.destroy();
  return bodies;
}

function toBody(account, group) {
  return { path: `/events?accountId=account-${account}`, body: Buffer.from(JSON.stringify(group)) };
}

function event({ account, key, ...rest }) {
  return { keyId: `account-${account}-${key}`, ...rest };
}

async function measureSingles(send, path) {
  progress('Sending single events …');
  const body = JSON.stringify(event({ ...events[0], timestamp: Date.now() }));
  const until = performance.now() + SINGLE_SECONDS * 1_000;
  const waits = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) waits.push(await send(path, body));
    }),
  );
  report.add('single events', (1_000 * waits.length) / (performance.now() - began), 'requests/s');
  report.add('acknowledgement of a single event, p50', percentile(waits, 0.5), 'ms');
  report.add('acknowledgement of a single event, p99', percentile(waits, 0.99), 'ms');
}

/** Paced at half of what was reached; each call waits until its events are visible. */
async function measureHalfLoad(bodies, rate) {
  progress('Sending at half load …');
  const pause = (1_000 * BATCH) / rate;
  const calls = Math.min(bodies.length, Math.ceil((HALF_LOAD_SECONDS * 1_000) / pause));
  const running = [];
  const agent = new http.Agent({ keepAlive: true });
  const began = performance.now();
  for (let i = 0; i < calls; i++) {
    const ahead = began + i * pause - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    const { path, body } = bodies[i];
    running.push(post(agent, `${path}&wait=true`, body));
  }
  report.add('event to visible at half load, p99', percentile(await Promise.all(running), 0.99), 'ms');
  agent.destroy();
}

/** Milliseconds until the answer was read. */
function post(agent, path, body) {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(service.url + path, {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.adminKey}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => {
        if (response.statusCode === 202) resolve(performance.now() - began);
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function inParallel(items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return results;
}

async function processFigures() {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const read = (name) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  return { cpu: read('process_cpu_seconds_total'), memory: read('process_resident_memory_bytes') };
}
