#!/usr/bin/env node
/**
 * How fast events get in that look as real senders' do, beside the same JSON inserted straight into ClickHouse in the
 * same run.
 * Usage: npm run bench:ingest -- [--events N] [--json FILE]
 */
import { parseArgs } from 'node:util';
import { prepare } from '../scripts/lib/prepare.mjs';
import { Client, CONNECTIONS, inParallel } from './ingest/client.mjs';
import { Straight, VARIANTS } from './ingest/straight.mjs';
import { ACCOUNTS, KEYS, accountOf, keyOf, traffic } from './ingest/traffic.mjs';
import { Report, percentile, progress, seeded, startService } from './lib.mjs';

/** Events of a call. */
const BATCH = 1_000;
/** Rows of a straight insert: the most that the service delivers at once, SEGMENT_ROWS in ingest/log/event-log.ts. */
const BLOCK = 250_000;
/** Straight inserts of a call's size each, and of endpoints as they were sent: both are slow, so few are enough. */
const SMALL_INSERTS = 50;
const SINGLE_SECONDS = 5;
const HALF_LOAD_SECONDS = 8;
const STRAIGHT = 'straight: raw table and all rollups';

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
progress(`Making ${total.toLocaleString('en')} events …`);
const calls = makeCalls();
// Half of it before and half after the service, since the machine may be faster at one time than at another.
const straight = Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, { events: 0, ms: 0, cpu: 0 }]));
const small = { events: 0, ms: 0, cpu: 0 };
const blocks = inBlocks(calls);
const middle = Math.ceil(blocks.length / 2);
await measureStraight(blocks.slice(0, middle));
const service = await startService();
const client = new Client(service);
try {
  await measureService();
} finally {
  client.close();
  await service.stop();
}
await measureStraight(blocks.slice(middle));
const rateOf = ({ events, ms }) => (1_000 * events) / ms;
report.add('straight: raw table alone', rateOf(straight.alone), 'events/s');
report.add(STRAIGHT, rateOf(straight.shaped), 'events/s');
report.add('straight: processor time a million events', (1_000 * straight.shaped.cpu) / straight.shaped.events, 's');
report.add('straight: the same, endpoints as they were sent', rateOf(straight.asSent), 'events/s', STRAIGHT);
report.add(`straight: the same, ${BATCH.toLocaleString('en')} events an insert`, rateOf(small), 'events/s', STRAIGHT);
report.print(options.json);
process.exit(0);

/** Calls of one account each, as its gateway would send them; an admin names account and keys. */
function makeCalls() {
  const made = [];
  const open = new Map();
  for (const { account, json } of traffic(total, seeded(1))) {
    const group = open.get(account) ?? [];
    group.push(json);
    open.set(account, group);
    if (group.length === BATCH) {
      made.push(toCall(account, group));
      open.delete(account);
    }
  }
  for (const [account, group] of open) made.push(toCall(account, group));
  return made;
}

function toCall(account, events) {
  return { account, count: events.length, path: pathOf(account), body: Buffer.from(`[${events.join(',\n')}]`) };
}

function pathOf(account) {
  return `/events?accountId=${accountOf(account)}`;
}

/** The calls in groups of at least `BLOCK` events. */
function inBlocks(all) {
  const made = [[]];
  let events = 0;
  for (const call of all) {
    if (events >= BLOCK) {
      made.push([]);
      events = 0;
    }
    made.at(-1).push(call);
    events += call.count;
  }
  return made;
}

async function measureStraight(some) {
  if (some.length === 0) return;
  progress('Inserting straight …');
  const tables = await Straight.open();
  const insert = async (variant, figures, inserted) => {
    const { ms, cpu } = await tables.insert(variant, inserted.flatMap(linesOf));
    figures.events += inserted.reduce((sum, { count }) => sum + count, 0);
    figures.ms += ms;
    figures.cpu += cpu;
  };
  for (const block of some) {
    await insert(VARIANTS.alone, straight.alone, block);
    await insert(VARIANTS.shaped, straight.shaped, block);
  }
  for (const call of some[0].slice(0, SMALL_INSERTS)) await insert(VARIANTS.shaped, small, [call]);
  await insert(VARIANTS.asSent, straight.asSent, some[0]);
  await tables.close();
}

/** The events of a call with their account, a line each. */
function linesOf({ account, body }) {
  const start = `{"accountId":"${accountOf(account)}",`;
  return body
    .toString()
    .slice(1, -1)
    .split(',\n')
    .map((line) => start + line.slice(1));
}

async function measureService() {
  await makeKeysKnown();
  progress('Sending batches …');
  const before = await client.processFigures();
  const ownCpu = process.cpuUsage();
  const began = performance.now();
  const waits = await inParallel(calls, ({ path, body, count }) => client.post(path, body, count));
  const accepted = performance.now();
  const [{ account }] = calls;
  await client.post(`${pathOf(account)}&wait=true`, singleEvent(account), 1);
  const visible = performance.now();
  const after = await client.processFigures();
  const { user, system } = process.cpuUsage(ownCpu);
  report.add('batches of 1,000, accepted', (1_000 * total) / (accepted - began), 'events/s', STRAIGHT);
  report.add('batches of 1,000, visible', (1_000 * total) / (visible - began), 'events/s', STRAIGHT);
  report.add('acknowledgement of a batch, p50', percentile(waits, 0.5), 'ms');
  report.add('acknowledgement of a batch, p99', percentile(waits, 0.99), 'ms');
  report.add('processor time a million events', ((after.cpu - before.cpu) * 1e6) / total, 's');
  report.add("the client's processor time a million events", (user + system) / total, 's');
  report.add('memory after the batches', after.memory / 2 ** 20, 'MiB');
  await measureSingles(account);
  await measureHalfLoad((1_000 * total) / (visible - began) / 2);
}

/** Keys are stored when they are first named: that is no part of sending events. */
async function makeKeysKnown() {
  const accounts = Array.from({ length: ACCOUNTS }, (_, account) => account);
  await inParallel(accounts, (account) => {
    const events = Array.from({ length: KEYS }, (_, key) => singleEvent(account, key));
    return client.post(pathOf(account), `[${events.join(',')}]`, KEYS);
  });
}

/** Without an id, so that it may be sent again. */
function singleEvent(account, key = 0) {
  const timestamp = new Date().toISOString();
  const about = { method: 'GET', endpoint: '/v1/orders/8412', statusCode: 200, latencyMs: 20.125 };
  return JSON.stringify({ keyId: keyOf(account, key), timestamp, ...about });
}

async function measureSingles(account) {
  progress('Sending single events …');
  const until = performance.now() + SINGLE_SECONDS * 1_000;
  const waits = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) waits.push(await client.post(pathOf(account), singleEvent(account), 1));
    }),
  );
  report.add('single events', (1_000 * waits.length) / (performance.now() - began), 'requests/s');
  report.add('acknowledgement of a single event, p50', percentile(waits, 0.5), 'ms');
  report.add('acknowledgement of a single event, p99', percentile(waits, 0.99), 'ms');
}

/** Paced at half of what was reached, with events of other ids; each call waits until its events are visible. */
async function measureHalfLoad(rate) {
  progress('Sending at half load …');
  const count = Math.ceil((rate * HALF_LOAD_SECONDS) / BATCH);
  const fresh = calls.slice(0, count).map(({ body, ...call }) => ({ ...call, body: renamed(body) }));
  const running = [];
  const began = performance.now();
  for (const [index, { path, body, count: events }] of fresh.entries()) {
    const ahead = began + (1_000 * index * BATCH) / rate - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    running.push(client.post(`${path}&wait=true`, body, events));
  }
  report.add('event to visible at half load, p99', percentile(await Promise.all(running), 0.99), 'ms');
}

/** The same events under other ids. */
function renamed(body) {
  return Buffer.from(body.toString().replaceAll('{"id":"', '{"id":"again-'));
}
