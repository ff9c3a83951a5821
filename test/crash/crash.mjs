#!/usr/bin/env node
/**
 * Kills the service with SIGKILL at random moments under load, restarts it, sends again what was not acknowledged and
 * some of what was, and in the end finds every acknowledged event once: by its id in the raw table and in the rollups of
 * every dimension, and by the sums of each bucket in the rollups of traffic.
 * Usage: npm run test:crash -- [--mode events|alerts] [--kills N] [--seed N]; for alerts see alerts.mjs
 */
import http from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, seeded, startService, temporaryFolder } from '../../bench/lib.mjs';
import { prepare } from '../../scripts/lib/prepare.mjs';
import { crashAlerts } from './alerts.mjs';

const SENDERS = 4;
/** Milliseconds of load between a start and the kill. */
const LONGEST_LIFE = 800;
const MOST_EVENTS = 200;

/** Fewer than an account may name in a day. */
const ERROR_TYPES = 900;
/** All are failures whose latency counts. */
const STATUSES = { first: 430, count: 170 };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

const { values: options } = parseArgs({
  options: {
    mode: { type: 'string', default: 'events' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const kills = Number(options.kills);
const random = seeded(Number(options.seed));
const dataDir = temporaryFolder();
/** Events are dated within the two hours before. */
const START = Date.now() - 7_200_000;
/** Every event that was acknowledged, and batches whose answer was lost. */
const acknowledged = new Set();
const batches = [];
let unanswered = [];
let made = 0;

await prepare();
process.env.TZ = 'UTC';
process.stdout.write(`Killing the service ${kills} times, seed ${options.seed} …\n`);
if (options.mode === 'alerts') {
  const passed = await crashAlerts(kills, Number(options.seed));
  process.stdout.write(passed ? '1 passed, 0 failed\n' : '0 passed, 1 failed\n');
  process.exit(passed ? 0 : 1);
}
for (let kill = 1; kill <= kills; kill++) {
  await oneLife();
  if (kill % 10 === 0 || kill === kills) {
    process.stdout.write(
      `${kill} kills, ${acknowledged.size} events acknowledged, ${unanswered.length} batches in doubt\n`,
    );
  }
}
await sendTheRest();
const faults = await compare();
process.stdout.write(faults.length === 0 ? 'Every event is counted once, in every table.\n' : `${faults.join('\n')}\n`);
process.stdout.write(`${faults.length === 0 ? 1 : 0} passed, ${faults.length === 0 ? 0 : 1} failed\n`);
process.exit(faults.length === 0 ? 0 : 1);

/** Load until the kill; what had no answer by then is in doubt. */
async function oneLife() {
  const service = await startService(dataDir);
  const agent = new http.Agent({ keepAlive: true });
  let alive = true;
  const senders = Array.from({ length: SENDERS }, async () => {
    while (alive) await send(service, agent, nextBatch());
  });
  await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE));
  alive = false;
  await service.kill();
  await Promise.all(senders);
  agent.destroy();
}

/** New events mostly; else a batch in doubt, or one that was acknowledged long ago. */
function nextBatch() {
  const luck = random();
  if (luck < 0.3 && unanswered.length > 0) return unanswered.splice(Math.floor(random() * unanswered.length), 1)[0];
  if (luck < 0.45 && batches.length > 0) return batches[Math.floor(random() * batches.length)];
  return Array.from({ length: 1 + Math.floor(random() ** 3 * MOST_EVENTS) }, () => `event-${++made}`);
}

/**
 * Error type, status and method together carry the id into the rollups of every dimension: each event has a row of its
 * own there. In the sums of the others a lost event and a doubled one cannot make up for each other, for each has bytes
 * of its own.
 */
function toEvent(id) {
  const number = Number(id.slice('event-'.length));
  const outcome = Math.floor(number / ERROR_TYPES);
  const timestamp = START + (number % 7_200) * 1_000;
  return {
    id,
    timestamp,
    method: METHODS[Math.floor(outcome / STATUSES.count) % METHODS.length],
    endpoint: '/crash',
    statusCode: STATUSES.first + (outcome % STATUSES.count),
    latencyMs: number % 1_000,
    requestBytes: number ** 2,
    errorType: `error-${number % ERROR_TYPES}`,
  };
}

function outcomeOf({ method, statusCode, errorType }) {
  return `${method} ${statusCode} ${errorType}`;
}

async function send(service, agent, batch) {
  const wait = random() < 0.2 ? '?wait=true' : '';
  try {
    const { status, body } = await post(service, agent, `/events${wait}`, JSON.stringify(batch.map(toEvent)));
    if (status !== 202 || body.accepted + body.duplicates !== batch.length) throw new Error(JSON.stringify(body));
    for (const id of batch) acknowledged.add(id);
    batches.push(batch);
  } catch {
    unanswered.push(batch);
  }
}

/** Sends what is in doubt until it is acknowledged, and waits until all shows. */
async function sendTheRest() {
  const service = await startService(dataDir);
  const agent = new http.Agent({ keepAlive: true });
  for (let round = 0; unanswered.length > 0 && round < 10; round++) {
    const again = unanswered;
    unanswered = [];
    for (const batch of again) await send(service, agent, batch);
  }
  await post(service, agent, '/events?wait=true', JSON.stringify([toEvent(`event-${++made}`)]));
  acknowledged.add(`event-${made}`);
  agent.destroy();
  await service.stop();
}

/** What is wrong, in a sentence each. */
async function compare() {
  if (unanswered.length > 0) return [`${unanswered.length} batches were never acknowledged.`];
  const { ClickHouse } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  const clickhouse = await ClickHouse.open({ dataDir, clickhouseUrl: undefined, memoryLimit: 2 ** 31, connections: 1 });
  const faults = [];
  const check = (table, found, idOf = (event) => event) => {
    const rows = found.map((row) => ({
      event: idOf(row.string('event')),
      times: row.number('times'),
      latency: row.number('latency'),
    }));
    const counts = new Map(rows.map(({ event, times }) => [event, times]));
    const lost = [...acknowledged].filter((id) => !counts.has(id));
    const doubled = [...counts].filter(([, times]) => times !== 1);
    const unknown = [...counts.keys()].filter((id) => !acknowledged.has(id));
    const wrong = rows.filter(({ event, latency }) => latency !== 1_000 * (Number(event.slice(6)) % 1_000));
    for (const [what, ids] of Object.entries({ lost, doubled, unknown, wrong })) {
      if (ids.length > 0) faults.push(`${table}: ${ids.length} ${what}, such as ${JSON.stringify(ids[0])}`);
    }
    process.stdout.write(`${table}: ${counts.size} events\n`);
  };
  check(
    'events',
    await clickhouse.query('SELECT id AS event, count() AS times, any(latency_us) AS latency FROM events GROUP BY id'),
  );
  const ids = new Map([...acknowledged].map((id) => [outcomeOf(toEvent(id)), id]));
  for (const rollup of ['usage_hour', 'usage_day']) {
    const sql = `SELECT concat(method, ' ', toString(status_code), ' ', error_type) AS event, sum(requests) AS times,
        sum(latency_sum_us) AS latency
      FROM ${rollup} GROUP BY event`;
    check(rollup, await clickhouse.query(sql), (outcome) => ids.get(outcome) ?? outcome);
  }
  for (const [rollup, length] of [
    ['traffic_minute', 60_000],
    ['traffic_hour', 3_600_000],
  ]) {
    const sql = `SELECT toUnixTimestamp(bucket) AS start, sum(t.requests) AS requests, sum(t.latency_sum_us) AS latency,
        toString(sum(t.bytes)) AS bytes
      FROM ${rollup} AS t GROUP BY start`;
    faults.push(...compareSums(rollup, length, await clickhouse.query(sql)));
  }
  await clickhouse.close();
  return faults;
}

/** What is wrong with the sums of a rollup's buckets, which are so many milliseconds long. */
function compareSums(rollup, length, rows) {
  const expected = new Map();
  for (const { timestamp, latencyMs, requestBytes } of [...acknowledged].map(toEvent)) {
    const start = Math.floor(timestamp / length) * (length / 1_000);
    const sums = expected.get(start) ?? { requests: 0, latency: 0, bytes: 0n };
    sums.requests += 1;
    sums.latency += latencyMs * 1_000;
    sums.bytes += BigInt(requestBytes);
    expected.set(start, sums);
  }
  const found = new Map(
    rows.map((row) => [
      row.number('start'),
      { requests: row.number('requests'), latency: row.number('latency'), bytes: BigInt(row.string('bytes')) },
    ]),
  );
  process.stdout.write(`${rollup}: ${[...found.values()].reduce((sum, { requests }) => sum + requests, 0)} events\n`);
  return [...new Set([...expected.keys(), ...found.keys()])]
    .map((start) => [start, shown(expected.get(start)), shown(found.get(start))])
    .filter(([, expectedSums, foundSums]) => expectedSums !== foundSums)
    .map(
      ([start, expectedSums, foundSums]) =>
        `${rollup}: ${foundSums} instead of ${expectedSums} in the bucket at ${new Date(start * 1_000).toISOString()}`,
    );
}

/** Sums of bytes go past what a number holds exactly. */
function shown(sums) {
  return JSON.stringify(sums, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

function post(service, agent, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${service.adminKey}`, 'content-type': 'application/json' };
    const request = http.request(service.url + path, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('error', reject);
      response.on('end', () => {
        if (response.complete) resolve({ status: response.statusCode, body: JSON.parse(text) });
        else reject(new Error('The answer was cut.'));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
