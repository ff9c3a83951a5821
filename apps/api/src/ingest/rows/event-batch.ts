/** The rows of the raw table, and the statement that inserts them as one block under one token. */
import { createHash } from 'node:crypto';
import type { BlockInsert } from '@meterhouse/clickhouse';
import { Slices } from '@meterhouse/common';
import { type DatedId, hashOf } from '../ids/id-hash';
import { IdList } from '../ids/id-list';
import { COLUMNS, COLUMNS_BEFORE_PATHS, pickLines } from './event-rows';
import { LogRecord } from '../log/record';

/** The statement and bytes of one insert; a retry sends the very same. */
export interface EventBatch {
  statement: BlockInsert;
  /** In pieces that follow one another. */
  rows: readonly Buffer[];
}

/**
 * One insert is one block, whatever its size and order (blocks of a token are identified by their number, so a retry
 * must be cut as the first try was): parsed by one thread, never split by rows or bytes.
 */
const ONE_BLOCK = {
  async_insert: 0,
  parallel_view_processing: 1,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  materialized_views_ignore_errors: 0,
  input_format_parallel_parsing: 0,
  max_insert_block_size: 1_000_000,
  // What is read from a file comes as one block too: to put many together takes a tenth of the insert.
  max_block_size: 1_000_000,
  min_insert_block_size_rows: 1_000_000,
  min_insert_block_size_bytes: 0,
  max_partitions_per_insert_block: 0,
  date_time_input_format: 'basic',
};

const NEWLINE = Buffer.from('\n');

const HAS_CLIENT_ID = Object.keys(COLUMNS).indexOf('has_client_id');

/** What identifies an event whose sender named it. */
export interface NamedEvent {
  accountId: string;
  id: string;
  /** Epoch milliseconds. */
  timestamp: number;
}

/** Whether a line reads as a row: each column there, with a value of its kind. */
export function isRow(line: string): boolean {
  // What is not UTF-8 was replaced when it was read.
  if (line.includes('\ufffd')) return false;
  try {
    const values = JSON.parse(line) as unknown;
    const types = Object.values(COLUMNS);
    if (!Array.isArray(values) || values.length > types.length || values.length < COLUMNS_BEFORE_PATHS) return false;
    return values.every((value, at) => fits(types[at] ?? '', value));
  } catch {
    return false;
  }
}

function fits(type: string, value: unknown): boolean {
  if (type === 'Bool') return typeof value === 'boolean';
  if (type.startsWith('UInt')) return Number.isInteger(value) && Number(value) >= 0;
  return typeof value === 'string' && (type === 'String' || /^\d+\.\d{3}$/.test(value));
}

/** The event of a row whose sender named it; null for a row named here, or one that cannot be read. */
export function namedEvent(row: string): NamedEvent | null {
  // Without an escape the quotes stand where they do in every row, and nothing need be parsed.
  const parts = row.includes('\\') ? parsed(row) : row.split('"', 8);
  const [, accountId, , , , id, after, seconds] = parts;
  if (after !== ',true,' || accountId === undefined || id === undefined) return null;
  return { accountId, id, timestamp: Math.round(Number(seconds) * 1_000) };
}

/**
 * The events at these positions that are dated before an instant. Live traffic has none, and is not read for it.
 * @param rows `oldest`: the earliest time of one, in epoch milliseconds
 */
export async function datedBefore(
  instant: number,
  { text, ids, oldest }: { text: Buffer; ids: IdList; oldest: number },
  positions: readonly number[],
  slices: Slices,
): Promise<DatedId[]> {
  if (oldest >= instant || ids.length === 0) return [];
  const lines = text.toString('utf8').split('\n');
  const dated: DatedId[] = [];
  await slices.each(positions, (position) => {
    const event = namedEvent(lines[position] ?? '');
    if (event === null || event.timestamp >= instant) return;
    dated.push({ id: ids.at(position), accountId: event.accountId, timestamp: event.timestamp });
  });
  return dated;
}

/** Rows that were not sent just now, as a record of the log. */
export function toRecord(rows: readonly string[]): LogRecord {
  const events = rows.map(namedEvent);
  const ids = events.map((event) => (event ? IdList.of([hashOf(event.accountId, event.id)]) : IdList.blank(1)));
  const oldest = events.reduce((least, event) => Math.min(least, event?.timestamp ?? Infinity), Infinity);
  return new LogRecord(Buffer.from(rows.join('\n')), rows.length, IdList.concat(ids), oldest);
}

/** The row as if its sender had named it: handed in twice, it counts once. One that cannot be read stays as it is. */
export function asNamed(row: string): string {
  try {
    const values = JSON.parse(row) as unknown;
    if (!Array.isArray(values)) return row;
    return JSON.stringify(values.map((value: unknown, index) => (index === HAS_CLIENT_ID ? true : value)));
  } catch {
    return row;
  }
}

/** As a row that is split at its quotes. */
function parsed(row: string): string[] {
  try {
    const [accountId, , id, hasClientId, seconds] = JSON.parse(row) as unknown[];
    if (typeof accountId !== 'string' || typeof id !== 'string') return [];
    return ['[', accountId, ',', '', ',', id, `,${String(hasClientId)},`, String(seconds)];
  } catch {
    return [];
  }
}

/** The rows of the records without those at these positions (over all rows, from 0), as `toBatch` takes them. */
export async function textOf(records: readonly LogRecord[], dropped: readonly number[]): Promise<Buffer[]> {
  const slices = new Slices(null);
  const gone = new Set(dropped);
  const parts: Buffer[] = [];
  let first = 0;
  for (const { text, count } of records) {
    if (slices.spent) await slices.next();
    const start = first;
    const isWhole = gone.size === 0 || !some(start, start + count, gone);
    const kept = isWhole ? text : pickLines(text, (row) => !gone.has(start + row));
    if (kept.length > 0) parts.push(kept, NEWLINE);
    first += count;
  }
  return parts.slice(0, -1);
}

function some(from: number, to: number, positions: ReadonlySet<number>): boolean {
  for (let position = from; position < to; position++) if (positions.has(position)) return true;
  return false;
}

/**
 * Rows as an insert. Its token is a hash of its bytes and its owner: the engine drops what it has of them, in the raw
 * table and in each rollup alone, so sending the batch again adds what is missing and nothing else. The same token always
 * stands for the same bytes; the same bytes of another owner are other events, such as deleted ones that are sent again.
 * @param rows lines of JSONCompactEachRow in UTF-8
 * @param owner names the batch, as in `Deduplicator.claim`
 */
export async function toBatch(rows: readonly Buffer[], owner: string): Promise<EventBatch> {
  const hash = createHash('sha256').update(`${owner}\n`);
  const slices = new Slices(null);
  for (const piece of rows) {
    if (slices.spent) await slices.next();
    hash.update(piece);
  }
  const token = hash.digest('hex');
  const settings = { ...settingsOf(rows), insert_deduplicate: 1, insert_deduplication_token: token };
  return { statement: { table: 'events', columns: COLUMNS, settings }, rows };
}

/** The same rows into a table that keeps nothing: it fails where the insert itself would, and changes nothing. */
export function toTrial(rows: readonly string[]): EventBatch {
  const text = [Buffer.from(rows.join('\n'))];
  return { statement: { table: 'events_trial', columns: COLUMNS, settings: settingsOf(text) }, rows: text };
}

/**
 * Rows of before there were hashes of paths come first, for they are the oldest of the log. They are not changed: the token
 * of a batch that was tried before is of its bytes.
 */
function settingsOf([first]: readonly Buffer[]): Record<string, string | number> {
  const end = first?.indexOf(NEWLINE) ?? -1;
  const row = first?.toString('utf8', 0, end === -1 ? undefined : end) ?? '';
  const isOld = columnsOf(row) === COLUMNS_BEFORE_PATHS;
  return isOld ? { ...ONE_BLOCK, input_format_json_compact_allow_variable_number_of_columns: 1 } : ONE_BLOCK;
}

/** How many columns a row has; 0 of one that cannot be read. */
function columnsOf(row: string): number {
  try {
    const values = JSON.parse(row) as unknown;
    return Array.isArray(values) ? values.length : 0;
  } catch {
    return 0;
  }
}
