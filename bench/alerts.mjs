#!/usr/bin/env node
/**
 * `npm run bench:alerts`: the processor time that evaluating 10,000 rules of 1,000 accounts takes, for each minute; by the code
 * of the service on the embedded engine, whose threads are counted too. The minutes go over a full hour, when all windows end.
 */
import { join } from 'node:path';
import { prepare } from '../scripts/lib/prepare.mjs';
import { root, runMain } from '../scripts/lib/project.mjs';
import { loadBuilt, temporaryFolder } from './lib.mjs';

const MINUTE = 60_000;
const ACCOUNTS = 1_000;
const KEYS = 2;
const MINUTES = 15;
/** As the scheduler does: every 5 seconds, and running windows at every third. */
const TURNS = 12;
const EARLY_EVERY = 3;
const START = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 8 * MINUTE;

process.env.TZ = 'UTC';
process.env.UV_THREADPOOL_SIZE ??= '16';

await runMain(async () => {
  await prepare();
  const { ClickHouse, migrate } = loadBuilt('libs/clickhouse/src/index.js');
  const { loadSettings } = loadBuilt('libs/common/src/index.js');
  const settings = loadSettings({ DATA_DIR: temporaryFolder() });
  const clickhouse = await ClickHouse.open(settings.storage);
  await migrate(clickhouse, join(root, 'clickhouse/migrations'));
  await fill(clickhouse);
  const clock = { at: START, now: () => clock.at };
  const evaluator = evaluatorOf(clickhouse, rulesOf(), clock);
  await evaluator.turn(START, false);
  const used = [];
  for (let minute = 1; minute <= MINUTES; minute++) {
    const before = process.cpuUsage();
    const began = performance.now();
    for (let turn = 0; turn < TURNS; turn++) {
      clock.at = START + minute * MINUTE + turn * 5_000;
      await evaluator.turn(clock.at, turn % EARLY_EVERY === 0);
    }
    const { user, system } = process.cpuUsage(before);
    used.push((user + system) / 1e6);
    const took = (performance.now() - began) / 1e3;
    const at = new Date(START + minute * MINUTE).toISOString().slice(11, 16);
    say(`${at}  ${used.at(-1).toFixed(2)} s of processor time, in ${took.toFixed(2)} s`);
  }
  await clickhouse.close();
  const mean = used.reduce((sum, seconds) => sum + seconds, 0) / used.length;
  say(
    `${ACCOUNTS * 10} rules of ${ACCOUNTS} accounts: ${mean.toFixed(2)} s of processor time a minute, ` +
      `${((100 * mean) / 60).toFixed(1)} % of a core; the worst minute ${Math.max(...used).toFixed(2)} s (asked for: under 30 s).`,
  );
});

/** Four weeks of thin traffic, and some hours of ten requests a minute and account. */
async function fill(clickhouse) {
  const insert = (rows, spacingMs, end) =>
    clickhouse.command(
      `INSERT INTO events (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us,
         request_bytes, response_bytes, error_type)
       SELECT concat('account-', toString(number % ${ACCOUNTS})) AS account,
         concat(account, '-', toString(cityHash64(number) % ${KEYS})), toString(number), false,
         fromUnixTimestamp64Milli(toInt64(${end} - intDiv(number, ${ACCOUNTS}) * ${spacingMs} - cityHash64(number) % ${spacingMs}), 'UTC'),
         'GET', concat('/v1/resource-', toString(cityHash64(number, 1) % 20)),
         if(cityHash64(number, 2) % 100 < 2, 500, 200), 10000 + cityHash64(number, 3) % 90000, 100, 1000,
         if(cityHash64(number, 2) % 100 < 2, 'server_error', '')
       FROM numbers(${rows * ACCOUNTS})
       SETTINGS async_insert = 0, max_partitions_per_insert_block = 0`,
    );
  const hours = 7;
  await insert(28 * 24, 3_600_000, START - hours * 60 * MINUTE);
  await insert(hours * 60 * 10, 6_000, START + MINUTES * MINUTE);
}

function rulesOf() {
  const threshold = (metric, window, operator, value, more = {}) => ({
    metric,
    window,
    condition: { type: 'threshold', operator, value },
    ...more,
  });
  const kinds = [
    threshold('errorRate', '5m', 'above', 8),
    threshold('p95', '15m', 'above', 500),
    threshold('requests', '5m', 'above', 5_000),
    threshold('failedRequests', '15m', 'above', 500, { groupBy: 'key' }),
    threshold('errorRate', '15m', 'above', 50, { filters: { endpoint: ['/v1/resource-3'] } }),
    threshold('averageLatency', '24h', 'above', 500),
    {
      metric: 'requests',
      window: '1h',
      condition: { type: 'change', against: 'previous', direction: 'both', percent: 80 },
    },
    { metric: 'requests', window: '1h', condition: { type: 'anomaly', direction: 'both', sensitivity: 'medium' } },
    { metric: 'errorRate', window: '1h', condition: { type: 'burnRate', objective: 99 } },
    { metric: 'requests', window: '1h', condition: { type: 'quota', window: 'day', percent: [50, 80, 100] } },
  ];
  return Array.from({ length: ACCOUNTS }, (_, account) =>
    kinds.map((kind, index) => ({
      id: `rul_${account}_${index}`,
      accountId: `account-${account}`,
      channelAccountId: `account-${account}`,
      version: 1,
      name: 'Rule',
      enabled: true,
      severity: 'medium',
      groupBy: null,
      minimumRequests: 20,
      breaching: { windows: 1, of: 1 },
      noData: 'ok',
      renotifyAfterMinutes: null,
      channels: [],
      schedule: null,
      createdAt: 0,
      updatedAt: 0,
      definedAt: START,
      ...kind,
      filters: { keyId: [], endpoint: [], method: [], statusCode: [], errorType: [], ...kind.filters },
    })),
  ).flat();
}

/** The evaluator with its real repositories; rules, keys and silences are in memory in the service, too. */
function evaluatorOf(clickhouse, rules, clock) {
  const folder = 'apps/api/src/alert-rules';
  const { Evaluator } = loadBuilt(`${folder}/evaluation/evaluator.js`);
  const { FiguresRepository } = loadBuilt(`${folder}/evaluation/figures.repository.js`);
  const { StatesRepository } = loadBuilt(`${folder}/evaluation/states.repository.js`);
  const { AlertsRepository } = loadBuilt(`${folder}/history/alerts.repository.js`);
  const byId = new Map(rules.map((rule) => [rule.id, { rule, deleted: false }]));
  const limit = { requestsPerMinute: 1_000, requestsPerHour: null, requestsPerDay: 1_000_000 };
  const keysOf = (accountId) =>
    Array.from({ length: KEYS }, (_, key) => ({
      id: `${accountId}-${key}`,
      accountId,
      tier: 'enterprise',
      rateLimit: limit,
      external: false,
      expiresAt: null,
      revokedAt: null,
    }));
  return new Evaluator(
    { list: () => rules, find: (id) => byId.get(id) },
    { at: () => () => false },
    { list: keysOf, find: () => undefined },
    new FiguresRepository(clickhouse),
    { read: () => Promise.resolve() },
    new StatesRepository(clickhouse),
    new AlertsRepository(clickhouse),
    { enqueue: () => Promise.resolve() },
    { server: {} },
    clock,
  );
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
