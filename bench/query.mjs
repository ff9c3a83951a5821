#!/usr/bin/env node
/**
 * How fast GET /usage answers, beside the best hand-written statements, the raw events, DuckDB and, where it is
 * installed, PostgreSQL in the same run.
 * Usage: npm run bench:query -- [--events N] [--json FILE]
 *
 * The service has a copy of the data folder, so that all are asked in turn and what else the machine does meets them
 * alike. Before a cell is measured, every plan must answer the service's figures. Events come in as it is measured, the
 * same to all: before each question one of the account asked for (`live`), or of another (`quiet`).
 */
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../scripts/lib/prepare.mjs';
import { Report, percentile, progress, startService, temporaryFolder } from './lib.mjs';
import { contestants, figuresOf, run } from './query/contestants.mjs';
import { measureCost } from './query/cost.mjs';
import { fill, insertEvent, loadDuckDB, openEngine, sizes } from './query/data.mjs';
import { assertSame, figuresOfAnswer } from './query/figures.mjs';
import { loadPostgres } from './query/postgres.mjs';
import { Client, crowd } from './query/service.mjs';
import { applyViews, measureSql } from './query/sql.mjs';
import { addFigures, printSizes, printTable } from './query/table.mjs';
import { DAY, TIMEFRAMES, windowOf } from './query/windows.mjs';

/** The largest, one as far from it as from the smallest (by ratio), and the smallest. */
const ACCOUNTS = ['acct-000', 'acct-006', 'acct-199'];
/** Whose events come in while an account is quiet. */
const OTHER = 'acct-100';
const CLIENTS = 16;
/** Each plan of a cell is run so often, or until it has had its time, but a few times at least. */
const MOST_RUNS = 30;
const LEAST_RUNS = 3;
const PLAN_MS = 700;
/** For one client and for many, in turn. */
const CROWD_MS = 800;
const CROWD_ROUNDS = 2;
/** Between two events of the account while a crowd asks. */
const EVENT_MS = 200;
/** Fewer events than this are a trial, which gets its share of the time. */
const FULL_TIME_FROM = 1_000_000;

const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '10000000' }, json: { type: 'string' } },
});
const total = Number(options.events);
if (!(Number.isInteger(total) && total > 0)) {
  process.stderr.write('--events should be a whole number above 0.\n');
  process.exit(2);
}

const pace = Math.min(1, total / FULL_TIME_FROM);

await prepare();
process.env.TZ = 'UTC';
const report = new Report();
const folder = temporaryFolder();
const dataDir = join(folder, 'data');
let engine = await openEngine(dataDir);
await fill(engine, total);
await applyViews(engine);
const onDisk = await sizes(engine);
const duckdb = await loadDuckDB(engine, folder);
const postgres = await loadPostgres(engine);
await engine.close();
cpSync(dataDir, join(folder, 'copy'), { recursive: true, verbatimSymlinks: true });
engine = await openEngine(dataDir);
const { list, close } = await contestants(dataDir, duckdb, postgres);
const service = await startService(join(folder, 'copy'));
const client = new Client(service);
try {
  for (const account of ACCOUNTS) await measureAccount(account);
  const others = { DuckDB: duckdb.bytes, ...(postgres && { PostgreSQL: postgres.bytes }) };
  printSizes(report, onDisk, total, others);
  await measureCost(report, service, client, ACCOUNTS, write);
  await measureSql(report, engine, service, ACCOUNTS[0], total);
} finally {
  client.close();
  await service.stop();
}
process.stdout.write(
  '\nlive: an event of the account came in before each question. quiet: one of another account did; the service then has ' +
    'its answer kept. first: as live, but nothing at all is kept. The floor and the raw events are read by the fastest ' +
    'of several plans, DuckDB by quantile_disc or approx_quantile, whichever is faster; all answered the same figures (percentiles ' +
    'within 1 %; those of approx_quantile were not compared). Ratios hold on a busy machine, times do not.\n',
);
if (options.json) report.write(options.json);
await close();
await engine.close();
duckdb.close();
await postgres?.close();
process.exit(0);

async function measureAccount(account) {
  const cells = [];
  let requests = 0;
  for (const timeframe of TIMEFRAMES) {
    const path = `/usage?accountId=${account}&timeframe=${timeframe}`;
    progress(`Asking about ${account} over ${timeframe} …`);
    requests = await verify(account, timeframe, path);
    const cell = {
      timeframe,
      ...(await measureAlone(account, timeframe, path)),
      ...(await measureCrowd(account, path)),
    };
    cells.push(cell);
    addFigures(report, account, cell);
  }
  printTable(`${account}: ${requests.toLocaleString('en')} of ${total.toLocaleString('en')} events`, cells);
}

/** The requests of the window. @throws Error where one of the plans does not answer the service's figures */
async function verify(account, timeframe, path) {
  const answer = JSON.parse(await client.get(path));
  const expected = figuresOfAnswer(answer);
  const window = windowOf(timeframe, Date.parse(answer.period.to));
  for (const contestant of list) {
    for (const [name, statements] of Object.entries(contestant.plans(account, window))) {
      const figures = figuresOf(contestant, await run(contestant, statements));
      const ignored = contestant.approximate.includes(name) ? (figure) => / p\d\d$/.test(figure) : undefined;
      assertSame(`${contestant.name} (${name}), ${account} over ${timeframe}`, figures, expected, ignored);
    }
  }
  return answer.usage.totalRequests;
}

/** An event comes in: to the service, which shows it, and to the tables of all others. */
async function write(account, timestamp = Date.now()) {
  const event = { id: randomUUID(), keyId: `${account}-0`, timestamp };
  await Promise.all([
    client.write(account, event),
    insertEvent(engine, account, event),
    duckdb.insert(account, event),
    postgres?.insert(account, event),
  ]);
}

/** The service and every plan in turn. */
async function measureAlone(account, timeframe, path) {
  const plansOf = (names) =>
    list
      .filter(({ name }) => names.includes(name))
      .flatMap((contestant) =>
        Object.keys(contestant.plans(account, windowOf(timeframe, Date.now()))).map((plan) => ({
          contestant: contestant.name,
          plan,
          ask: () => run(contestant, contestant.plans(account, windowOf(timeframe, Date.now()))[plan]),
        })),
      );
  const get = { contestant: 'GET', ask: () => client.get(path) };
  return {
    // Nothing of the account is kept after an event that is dated in its past.
    first: await measure(() => write(account, Date.now() - 2 * DAY), [get]),
    live: await measure(() => write(account), [get, ...plansOf(['floor', 'DuckDB'])]),
    quiet: await measure(() => write(OTHER), [get, ...plansOf(['floor', 'DuckDB', 'raw events', 'PostgreSQL'])]),
  };
}

/** All of them once after each event: the times of the service, and of the fastest plan of each other. */
async function measure(writeOne, asked) {
  const all = asked.map((one) => ({ ...one, times: [] }));
  const isDone = ({ times }) =>
    times.length >= MOST_RUNS ||
    (times.length >= LEAST_RUNS && times.reduce((sum, ms) => sum + ms, 0) > pace * PLAN_MS);
  // Another one is first each time: what the engine does after an event slows the first most.
  for (let open = all; open.length > 0; open = [...open.slice(1), open[0]].filter((one) => !isDone(one))) {
    await writeOne();
    for (const { times, ask } of open) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
  }
  const fastest = (name) =>
    all
      .filter(({ contestant }) => contestant === name)
      .map(({ plan, times }) => ({ plan, p50: percentile(times, 0.5), times }))
      .sort((a, b) => a.p50 - b.p50)[0];
  return {
    get: fastest('GET'),
    floor: fastest('floor'),
    duckdb: fastest('DuckDB'),
    raw: fastest('raw events'),
    postgres: fastest('PostgreSQL'),
  };
}

/**
 * One client, and many, while events of the account come in: all ask the same, or each another question every time
 * (the account's keys in another order, or some repeated: the same figures, but no answer that was kept).
 */
async function measureCrowd(account, path) {
  const same = await measureClients(account, () => path);
  const distinct = await measureClients(account, () => `${path}&keyId=${someKeys(account)}`);
  return { same, distinct };
}

async function measureClients(account, pathOf) {
  const rounds = { one: [], many: [] };
  let done = false;
  const writing = (async () => {
    for (; !done; await new Promise((resolve) => setTimeout(resolve, EVENT_MS))) await write(account);
  })();
  for (let round = 0; round < CROWD_ROUNDS; round++) {
    rounds.one.push(await crowd(client, pathOf, 1, pace * CROWD_MS));
    rounds.many.push(await crowd(client, pathOf, CLIENTS, pace * CROWD_MS));
  }
  done = true;
  await writing;
  const together = (parts) => ({
    waits: parts.flatMap(({ waits }) => waits),
    perSecond: parts.reduce((sum, { perSecond }) => sum + perSecond, 0) / parts.length,
  });
  return { one: together(rounds.one), many: together(rounds.many) };
}

function someKeys(account) {
  const keys = [0, 1, 2].map((key) => `${account}-${key}`);
  const repeats = Array.from({ length: 12 }, () => keys[Math.floor(3 * Math.random())]);
  return [...keys, ...repeats].join(',');
}
