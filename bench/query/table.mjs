/** The figures of a cell (an account over a timeframe) as a line of a table, and flat for --json. */
import { percentile } from '../lib.mjs';

const HEAD = [
  'timeframe',
  'GET p50',
  'GET p99',
  'again p50',
  'floor',
  'raw',
  'DuckDB',
  'GET/floor',
  'raw/GET',
  'DuckDB/GET',
  '1 client/s',
  '16 clients/s',
  '16 p50',
  '16 p99',
  '16/1',
  'floor by',
  'DuckDB by',
];

export function printTable(title, cells) {
  const lines = [HEAD, ...cells.map(lineOf)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  process.stdout.write(`\n${title} (times in ms)\n`);
  for (const line of lines) {
    const shown = line.map((text, column) =>
      column < 15 ? text.padStart(widths[column]) : text.padEnd(widths[column]),
    );
    process.stdout.write(`${shown.join('  ').trimEnd()}\n`);
  }
}

function lineOf({ timeframe, get, again, single, floor, raw, duckdb, one, many }) {
  const p50 = percentile(get, 0.5);
  return [
    timeframe,
    p50.toFixed(1),
    percentile(single, 0.99).toFixed(1),
    percentile(again, 0.5).toFixed(1),
    floor.p50.toFixed(1),
    raw.p50.toFixed(1),
    duckdb.p50.toFixed(1),
    (p50 / floor.p50).toFixed(2),
    (raw.p50 / p50).toFixed(2),
    (duckdb.p50 / p50).toFixed(2),
    one.perSecond.toFixed(1),
    many.perSecond.toFixed(1),
    percentile(many.waits, 0.5).toFixed(1),
    percentile(many.waits, 0.99).toFixed(1),
    (many.perSecond / one.perSecond).toFixed(2),
    floor.plan,
    duckdb.plan,
  ];
}

export function addFigures(report, account, { timeframe, get, again, single, floor, raw, duckdb, one, many }) {
  const name = (what) => `${account} ${timeframe}: ${what}`;
  report.add(name('floor, p50'), floor.p50, 'ms');
  report.add(name('GET /usage, p50'), percentile(get, 0.5), 'ms', name('floor, p50'));
  report.add(name('GET /usage, p99'), percentile(single, 0.99), 'ms');
  report.add(name('GET /usage again, p50'), percentile(again, 0.5), 'ms', name('floor, p50'));
  report.add(name('raw events, p50'), raw.p50, 'ms', name('GET /usage, p50'));
  report.add(name('DuckDB, p50'), duckdb.p50, 'ms', name('GET /usage, p50'));
  report.add(name('one client, throughput'), one.perSecond, 'requests/s');
  report.add(name('16 clients, throughput'), many.perSecond, 'requests/s', name('one client, throughput'));
  report.add(name('16 clients, p50'), percentile(many.waits, 0.5), 'ms');
  report.add(name('16 clients, p99'), percentile(many.waits, 0.99), 'ms');
}

export function printSizes(report, sizes, total, duckdbBytes) {
  process.stdout.write('\nOn disk, MB per million events\n');
  const perMillion = (bytes) => bytes / (total / 1e6);
  for (const { table, bytes, rows } of [...sizes, { table: 'DuckDB', bytes: duckdbBytes, rows: total }]) {
    const name = `${table}, bytes per million events`;
    report.add(name, perMillion(bytes), 'bytes', table === 'events' ? null : 'events, bytes per million events');
    const shown = (perMillion(bytes) / 1e6).toFixed(1).padStart(8);
    process.stdout.write(`${table.padEnd(16)}${shown}   ${rows.toLocaleString('en').padStart(12)} rows\n`);
  }
}
