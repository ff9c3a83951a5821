/** The figures of a cell (an account over a timeframe) as a line of a table, and flat for --json. */
import { percentile } from '../lib.mjs';

const p50 = ({ times }) => percentile(times, 0.5);
const p99 = ({ times }) => percentile(times, 0.99);
const ratio = (a, b) => (p50(a) / p50(b)).toFixed(2);
const ms = (value) => value.toFixed(1);
const gain = ({ one, many }) => (many.perSecond / one.perSecond).toFixed(2);

/** Headings, and what stands below them of a cell. */
const COLUMNS = [
  ['timeframe', ({ timeframe }) => timeframe],
  ['first', ({ first }) => ms(p50(first.get))],
  ['live p50', ({ live }) => ms(p50(live.get))],
  ['p99', ({ live }) => ms(p99(live.get))],
  ['floor', ({ live }) => ms(p50(live.floor))],
  ['DuckDB', ({ live }) => ms(p50(live.duckdb))],
  ['GET/floor', ({ live }) => ratio(live.get, live.floor)],
  ['DuckDB/GET', ({ live }) => ratio(live.duckdb, live.get)],
  ['raw/GET', ({ live, quiet }) => ratio(quiet.raw, live.get)],
  ['quiet p50', ({ quiet }) => ms(p50(quiet.get))],
  ['p99', ({ quiet }) => ms(p99(quiet.get))],
  ['floor', ({ quiet }) => ms(p50(quiet.floor))],
  ['raw', ({ quiet }) => ms(p50(quiet.raw))],
  ['DuckDB', ({ quiet }) => ms(p50(quiet.duckdb))],
  ['PostgreSQL', ({ quiet }) => (quiet.postgres ? ms(p50(quiet.postgres)) : '–')],
  ['GET/floor', ({ quiet }) => ratio(quiet.get, quiet.floor)],
  ['DuckDB/GET', ({ quiet }) => ratio(quiet.duckdb, quiet.get)],
  ['raw/GET', ({ quiet }) => ratio(quiet.raw, quiet.get)],
  ['16 p50', ({ same }) => ms(percentile(same.many.waits, 0.5))],
  ['16 p99', ({ same }) => ms(percentile(same.many.waits, 0.99))],
  ['16/1', ({ same }) => gain(same)],
  ['16/1 distinct', ({ distinct }) => gain(distinct)],
  ['floor by', ({ live }) => live.floor.plan],
];

export function printTable(title, cells) {
  const lines = [COLUMNS.map(([head]) => head), ...cells.map((cell) => COLUMNS.map(([, text]) => text(cell)))];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  process.stdout.write(`\n${title} (times in ms)\n`);
  for (const line of lines) {
    process.stdout.write(`${line.map((text, column) => text.padStart(widths[column])).join('  ')}\n`);
  }
}

export function addFigures(report, account, { timeframe, first, live, quiet, same, distinct }) {
  const name = (what) => `${account} ${timeframe}: ${what}`;
  for (const [when, figures] of Object.entries({ live, quiet })) {
    report.add(name(`${when}, floor, p50`), p50(figures.floor), 'ms');
    report.add(name(`${when}, GET /usage, p50`), p50(figures.get), 'ms', name(`${when}, floor, p50`));
    report.add(name(`${when}, GET /usage, p99`), p99(figures.get), 'ms');
    report.add(name(`${when}, DuckDB, p50`), p50(figures.duckdb), 'ms', name(`${when}, GET /usage, p50`));
  }
  report.add(name('nothing kept, GET /usage, p50'), p50(first.get), 'ms', name('live, floor, p50'));
  report.add(name('raw events, p50'), p50(quiet.raw), 'ms', name('live, GET /usage, p50'));
  if (quiet.postgres) report.add(name('PostgreSQL, p50'), p50(quiet.postgres), 'ms', name('live, GET /usage, p50'));
  for (const [what, { one, many }] of Object.entries({ 'same question': same, 'distinct questions': distinct })) {
    report.add(name(`${what}, one client, throughput`), one.perSecond, 'requests/s');
    report.add(
      name(`${what}, 16 clients, throughput`),
      many.perSecond,
      'requests/s',
      name(`${what}, one client, throughput`),
    );
    report.add(name(`${what}, 16 clients, p50`), percentile(many.waits, 0.5), 'ms');
    report.add(name(`${what}, 16 clients, p99`), percentile(many.waits, 0.99), 'ms');
  }
}

/** @param others bytes on disk by contestant */
export function printSizes(report, sizes, total, others) {
  process.stdout.write('\nOn disk, MB per million events\n');
  const perMillion = (bytes) => bytes / (total / 1e6);
  const beside = Object.entries(others).map(([table, bytes]) => ({ table, bytes, rows: total }));
  for (const { table, bytes, rows } of [...sizes, ...beside]) {
    const name = `${table}, bytes per million events`;
    report.add(name, perMillion(bytes), 'bytes', table === 'events' ? null : 'events, bytes per million events');
    const shown = (perMillion(bytes) / 1e6).toFixed(1).padStart(8);
    process.stdout.write(`${table.padEnd(16)}${shown}   ${rows.toLocaleString('en').padStart(12)} rows\n`);
  }
}
