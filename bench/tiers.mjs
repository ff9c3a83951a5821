#!/usr/bin/env node
/**
 * `npm run bench:tiers`: how long `GET /usage/tiers` takes for a fleet of keys over 30 days, over HTTP from the built service.
 * Usage: npm run bench:tiers -- [--keys N] [--requests N] [--rounds N]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../scripts/lib/prepare.mjs';
import { root, runMain } from '../scripts/lib/project.mjs';
import { loadBuilt, percentile, progress, startService, temporaryFolder } from './lib.mjs';

const DAYS = 30;
const DAY_SECONDS = 86_400;
const ACCOUNTS = 1_000;
/** A few keys send most: the share of a key falls with this power of its rank. */
const SKEW = 0.8;
/** Seconds that the answer may take. */
const AIM = 5;

const { values: options } = parseArgs({
  options: {
    keys: { type: 'string', default: '10000' },
    requests: { type: 'string', default: '30000000' },
    rounds: { type: 'string', default: '5' },
  },
});
const [keys, requests, rounds] = [options.keys, options.requests, options.rounds].map(Number);

await runMain(async () => {
  await prepare();
  const folder = temporaryFolder();
  const { rows, sent } = await fill(folder);
  say(
    `${grouped(keys)} keys of ${grouped(ACCOUNTS)} accounts, ${DAYS} days: ${grouped(sent)} requests in ${grouped(rows)} minutes of keys`,
  );
  const service = await startService(folder);
  try {
    await measure(service, 'tiers', '');
    await measure(service, 'tiers and a limit', '&requestsPerMinute=120&requestsPerHour=3000&requestsPerDay=20000');
    await measure(service, 'tiers, one account', '&accountId=account-0');
  } finally {
    await service.stop();
  }
});

/** Rows as ingest makes them, in a data folder that a service can then open. */
async function fill(dataDir) {
  process.env.TZ = 'UTC';
  const { ClickHouse, migrate } = loadBuilt('libs/clickhouse/src/index.js');
  const { loadSettings } = loadBuilt('libs/common/src/index.js');
  const clickhouse = await ClickHouse.open(loadSettings({ DATA_DIR: dataDir }).storage);
  await migrate(clickhouse, join(root, 'clickhouse/migrations'));
  await clickhouse.command(
    `INSERT INTO keys (id, version, account_id, name, tier, external, created_at, metadata)
     SELECT concat('key_', leftPad(toString(number), 16, '0')), 1, concat('account-', toString(number % ${ACCOUNTS})), 'Made up',
       ['free', 'starter', 'professional', 'enterprise'][number % 4 + 1], true, now64(3), '{}'
     FROM numbers(${keys}) SETTINGS async_insert = 0`,
  );
  const weights = Array.from({ length: keys }, (_, rank) => (rank + 1) ** -SKEW).reduce(
    (sum, weight) => sum + weight,
    0,
  );
  const perMinute = requests / DAYS / 1_440 / weights;
  const today = Math.floor(Date.now() / 1_000 / DAY_SECONDS) * DAY_SECONDS;
  for (let day = today - DAYS * DAY_SECONDS; day < today; day += DAY_SECONDS) {
    progress(new Date(day * 1_000).toISOString().slice(0, 10));
    // Requests of a minute lie around their mean, and in one of 500 minutes there are twenty times as many.
    await clickhouse.command(
      `INSERT INTO traffic_minute (account_id, bucket, key_id, requests)
       SELECT concat('account-', toString(rank % ${ACCOUNTS})), fromUnixTimestamp(toUInt32(${day} + 60 * intDiv(place * 1440, active))),
         concat('key_', leftPad(toString(rank), 16, '0')),
         toUInt64(greatest(1, round(mean * 1440 / active * (0.5 + dice % 1000 / 1000) * if(dice % 500 = 0, 20, 1))))
       FROM (SELECT rank, mean, active, arrayJoin(range(active)) AS place, cityHash64(rank, place, ${day}) AS dice
         FROM (SELECT number AS rank, ${perMinute} * pow(number + 1, -${SKEW}) AS mean,
             toUInt16(greatest(1, round(1440 * (1 - exp(-mean))))) AS active
           FROM numbers(${keys})))
       SETTINGS async_insert = 0`,
    );
    await clickhouse.command(
      `INSERT INTO traffic_hour (account_id, bucket, key_id, requests)
       SELECT account_id, toStartOfHour(bucket) AS hour, key_id, sum(requests) FROM traffic_minute
       WHERE bucket >= fromUnixTimestamp(toUInt32(${day})) AND bucket < fromUnixTimestamp(toUInt32(${day + DAY_SECONDS}))
       GROUP BY account_id, hour, key_id SETTINGS async_insert = 0`,
    );
  }
  const [row] = await clickhouse.query('SELECT count() AS row_count, sum(requests) AS sent FROM traffic_minute');
  await clickhouse.close();
  return { rows: row.number('row_count'), sent: row.number('sent') };
}

async function measure({ url, adminKey }, name, query) {
  const seconds = [];
  const before = await processorSeconds({ url, adminKey });
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const response = await fetch(`${url}/usage/tiers?timeframe=30d${query}`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    const answer = await response.json();
    if (!answer.success) throw new Error(answer.message);
    seconds.push((performance.now() - began) / 1e3);
  }
  const used = ((await processorSeconds({ url, adminKey })) - before) / rounds;
  const shown = (value) => `${value.toFixed(2)} s`;
  say(
    `${name}: p50 ${shown(percentile(seconds, 0.5))}, slowest ${shown(Math.max(...seconds))} of ${rounds} (asked for: under ${AIM} s); ${shown(used)} of processor time`,
  );
}

/** Of the service since its start. */
async function processorSeconds({ url, adminKey }) {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${adminKey}` } })).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

function grouped(count) {
  return count.toLocaleString('en');
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
