/** Views through SQL_PORT against the same SQL in process: small and large answers, and rows streamed. */
import http from 'node:http';
import { join } from 'node:path';
import { percentile, progress, root } from '../lib.mjs';

const RUNS = 25;
const STREAM_RUNS = 4;
const STREAMED_MB = 100;

/** Small ones cost what a call costs; the others are for the engine. */
const STATEMENTS = {
  'a day by hour': (account) =>
    `SELECT bucket, sum(requests) FROM meterhouse_bi.usage_hour WHERE account_id = '${account}' AND bucket >= now() - 86400 GROUP BY bucket ORDER BY bucket`,
  'keys of an account': (account) => `SELECT * FROM meterhouse_bi.keys WHERE account_id = '${account}'`,
  'percentiles of 90 days': (account) =>
    `SELECT * FROM meterhouse_bi.latency(account = '${account}', from = toString(now() - 7776000), to = toString(now())) ORDER BY endpoint`,
  'endpoints of 90 days, all accounts': () =>
    'SELECT endpoint, status_code, sum(requests), max(latency_max_ms) FROM meterhouse_bi.usage_hour_endpoint GROUP BY ALL ORDER BY ALL',
  'exact percentiles of raw events, all accounts': () =>
    'SELECT endpoint, quantiles(0.5, 0.95, 0.99)(latency_ms) FROM meterhouse_bi.events GROUP BY endpoint ORDER BY endpoint',
};

/** Makes the views; the copy of the folder that the service has gets them when it starts. */
export async function applyViews(clickhouse) {
  const library = await import(join(root, 'dist/libs/clickhouse/src/index.js'));
  await library.applyViews(clickhouse, join(root, 'clickhouse/views'));
}

/** @param total how many events there are */
export async function measureSql(report, engine, { sqlUrl, adminKey }, account, total) {
  const agent = new http.Agent({ keepAlive: true });
  const ask = (sql, format) => post(agent, sqlUrl, adminKey, sql, format);
  process.stdout.write(`\nSQL_PORT against the same SQL in process (p50 in ms, ${RUNS} runs of each in turn)\n`);
  for (const [name, statement] of Object.entries(STATEMENTS)) {
    progress(`Asking for ${name} …`);
    const sql = statement(account);
    const times = { port: [], process: [] };
    for (let run = 0; run <= RUNS; run++) {
      const port = await timed(() => ask(sql, 'JSONEachRow'));
      const inProcess = await timed(() => engine.query(sql));
      // The first of each fills caches.
      if (run > 0) times.port.push(port) && times.process.push(inProcess);
    }
    const [port, inProcess] = [percentile(times.port, 0.5), percentile(times.process, 0.5)];
    report.add(`SQL, ${name}, in process, p50`, inProcess, 'ms');
    report.add(`SQL, ${name}, SQL_PORT, p50`, port, 'ms', `SQL, ${name}, in process, p50`);
    const [a, b, ratio] = [port.toFixed(1), inProcess.toFixed(1), (port / inProcess).toFixed(2)];
    process.stdout.write(
      `${name.padEnd(48)}${a.padStart(8)} ${b.padStart(8)}   × ${ratio}, + ${(port - inProcess).toFixed(1)}\n`,
    );
  }
  await measureStream(report, engine, ask, total);
  agent.destroy();
}

async function measureStream(report, engine, ask, total) {
  const select = (rows) => `SELECT * FROM meterhouse_bi.events LIMIT ${rows}`;
  const sample = await ask(select(10_000), 'CSVWithNames');
  const rows = Math.min(total, Math.ceil((STREAMED_MB * 1e6 * 10_000) / sample));
  const rates = { port: [], process: [] };
  for (let run = 0; run < STREAM_RUNS; run++) {
    progress(`Streaming ${rows.toLocaleString('en')} rows …`);
    rates.port.push(await rate(() => ask(select(rows), 'CSVWithNames')));
    rates.process.push(await rate(() => inProcessBytes(engine, select(rows))));
  }
  const [port, inProcess] = [percentile(rates.port, 0.5), percentile(rates.process, 0.5)];
  report.add('SQL, rows streamed, in process', inProcess, 'MB/s');
  report.add('SQL, rows streamed, SQL_PORT', port, 'MB/s', 'SQL, rows streamed, in process');
  process.stdout.write(
    `CSV streamed: ${port.toFixed(0)} MB/s of ${inProcess.toFixed(0)} in process, ${((100 * port) / inProcess).toFixed(0)} %\n`,
  );
}

async function inProcessBytes(engine, sql) {
  const limits = { seconds: 300, memoryBytes: 2 ** 30, rowsToRead: 1e12 };
  let bytes = 0;
  for await (const part of await engine.stream(sql, {}, { format: 'CSVWithNames', limits })) bytes += part.length;
  return bytes;
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Megabytes a second. */
async function rate(work) {
  const start = performance.now();
  const bytes = await work();
  return bytes / 1_000 / (performance.now() - start);
}

/** Sends a statement and resolves to the bytes of its answer. */
function post(agent, url, key, sql, format) {
  return new Promise((resolve, reject) => {
    const headers = { 'X-ClickHouse-User': 'bench', 'X-ClickHouse-Key': key, 'X-ClickHouse-Format': format };
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      let bytes = 0;
      let text = '';
      response.on('data', (part) => {
        bytes += part.length;
        if (response.statusCode !== 200) text += part;
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${sql}: ${response.statusCode} ${text}`)),
      );
    });
    request.on('error', reject);
    request.end(sql);
  });
}
