#!/usr/bin/env node
/**
 * Runs the service under a steady load and sees that it takes no more memory, open files and parts of tables with time, and
 * that every accepted event is counted in the end.
 * Usage: npm run test:soak -- [--minutes N]
 */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile, root, startService, temporaryFolder } from '../../bench/lib.mjs';
import { prepare } from '../../scripts/lib/prepare.mjs';
import { Load } from './load.mjs';

const SAMPLE_MS = 1_000;
const PROGRESS_MS = 10_000;

/**
 * How much more the last quarter of the run may take than the second, after the caches have filled. The engine starts
 * threads as it needs them, a whole pool of over a hundred at once.
 */
const MAX_GROWTH = { megabytes: 200, files: 50, threads: 200 };

/** What a thread of the engine opens to count its own processor time, as long as it lives: three of them each. */
const THREAD_FILE = /^\/proc\/\d+\/task\/\d+\//;

/** Active parts of all tables at the end. A table that is not merged has one for each second of the run. */
const MAX_PARTS = 150;

const { values: options } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(options.minutes);
if (!(minutes > 0)) throw new Error('--minutes should be a number above 0.');

await prepare();
process.env.TZ = 'UTC';
const dataDir = temporaryFolder();
const service = await startService(dataDir);
const pid = Number(readFileSync(join(dataDir, 'owner.pid'), 'utf8'));
const load = new Load(service);
process.stdout.write(`Loading the service for ${minutes} minutes …\n`);
const samples = await run();
await load.end();
const counted = await load.counted();
const faults = [...load.faults, ...growthOf(samples)];
if (counted !== load.counts.events) {
  faults.push(`GET /usage counts ${counted} of ${load.counts.events} accepted events.`);
}
await service.stop();
if (service.complaints() !== '') faults.push(`The service complains: ${service.complaints()}`);
faults.push(...leftInLog(), ...(await storedFaults()));
process.stdout.write(faults.length === 0 ? 'Memory, files and parts are flat, and all is counted.\n' : '');
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${faults.length === 0 ? 1 : 0} passed, ${faults.length === 0 ? 0 : 1} failed\n`);
process.exit(faults.length === 0 ? 0 : 1);

/** Runs the load for its time. Resolves to what the process took, second by second. */
async function run() {
  const start = Date.now();
  await load.start();
  const taken = [];
  let shownAt = start;
  while (Date.now() - start < minutes * 60_000) {
    await sleep(SAMPLE_MS);
    taken.push(sample());
    if (Date.now() - shownAt < PROGRESS_MS) continue;
    shownAt += PROGRESS_MS;
    const { megabytes, files, threads } = taken.at(-1);
    const done = Object.entries(load.counts).map(([what, count]) => `${count} ${what}`);
    const seconds = Math.round((Date.now() - start) / 1_000);
    process.stdout.write(
      `${seconds} s: ${done.join(', ')}; ${megabytes} MB, ${files} open files, ${threads} threads\n`,
    );
  }
  return taken;
}

function sample() {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return {
    megabytes: Math.round((Number(pages) * 4_096) / 1e6),
    files: readdirSync(`/proc/${pid}/fd`).filter((number) => !isThreadFile(`/proc/${pid}/fd/${number}`)).length,
    threads: readdirSync(`/proc/${pid}/task`).length,
  };
}

/** Whether an open file belongs to a thread, which is counted itself. A file that was closed meanwhile counts as open. */
function isThreadFile(link) {
  try {
    return THREAD_FILE.test(readlinkSync(link));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** What has grown from the second quarter of the run to the last. */
function growthOf(taken) {
  const quarter = Math.floor(taken.length / 4);
  return Object.entries(MAX_GROWTH).flatMap(([what, most]) => {
    const median = (from) =>
      percentile(
        taken.slice(from, from + quarter).map((each) => each[what]),
        0.5,
      );
    const [early, late] = [median(quarter), median(3 * quarter)];
    process.stdout.write(`${what}: ${early} in the second quarter, ${late} in the last\n`);
    return late - early > most
      ? [`The service takes ${late - early} ${what} more with time; at most ${most} may be.`]
      : [];
  });
}

function leftInLog() {
  const left = readdirSync(join(dataDir, 'log')).filter((name) => /\.(log|seal|corrupt)$/.test(name));
  return left.length === 0 ? [] : [`The log still has ${left.join(', ')} after a stop.`];
}

/** What is wrong in the tables of the service, which has ended. */
async function storedFaults() {
  const { ClickHouse } = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  const { ROLLUPS } = await import(join(root, 'dist/libs/clickhouse/src/rollups.js'));
  const clickhouse = await ClickHouse.open({ dataDir, clickhouseUrl: undefined, memoryLimit: 2 ** 31, connections: 1 });
  const number = async (sql) => (await clickhouse.query(sql))[0].number('n');
  const wrong = [];
  const parts = await number("SELECT count() AS n FROM system.parts WHERE active AND database = 'default'");
  process.stdout.write(`parts: ${parts}\n`);
  if (parts > MAX_PARTS) wrong.push(`The tables have ${parts} parts; at most ${MAX_PARTS} may be.`);
  for (const [table, counting] of [['events', 'count()'], ...ROLLUPS.map((rollup) => [rollup, 'sum(t.requests)'])]) {
    const rows = await number(`SELECT ${counting} AS n FROM ${table} AS t`);
    if (rows !== load.counts.events) wrong.push(`${table} counts ${rows} of ${load.counts.events} accepted events.`);
  }
  await clickhouse.close();
  return wrong;
}
