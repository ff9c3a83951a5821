/** Events as rows of the raw table, on their way into the log. */
import { type IdHash, hashOf } from '../deduplication/id-hash';
import type { UsageEvent } from '../event/event';
import { RowWriter } from './row-writer';

/** The columns, in the order in which they are written, and what they are read as. */
export const COLUMNS = {
  account_id: 'String',
  key_id: 'String',
  id: 'String',
  has_client_id: 'Bool',
  timestamp: "DateTime64(3, 'UTC')",
  method: 'String',
  endpoint: 'String',
  status_code: 'UInt16',
  latency_us: 'UInt32',
  request_bytes: 'UInt64',
  response_bytes: 'UInt64',
  error_type: 'String',
};

/** Bytes of most rows, at most. */
export const ROW_BYTES = 192;

/** The rows of one call. */
export interface EventRows {
  /** Lines of JSONCompactEachRow in UTF-8, with a line feed between two. */
  text: Buffer;
  /** How many lines there are. */
  count: number;
  /** Those whose senders named them, ascending. */
  named: readonly NamedRow[];
  /** The earliest time that one of an account is dated, in epoch milliseconds. */
  oldest: ReadonlyMap<string, number>;
}

/** A row whose sender gave it an id. */
export interface NamedRow {
  /** Among the rows of its call, or of its segment, from 0. */
  index: number;
  id: IdHash;
}

export function toRows(events: readonly UsageEvent[]): EventRows {
  const writer = new RowWriter(events.length * ROW_BYTES);
  const named: NamedRow[] = [];
  const oldest = new Map<string, number>();
  events.forEach((event, index) => {
    const { accountId, id, timestamp } = event;
    writer.write(event);
    if (event.hasClientId) named.push({ index, id: hashOf(accountId, id) });
    oldest.set(accountId, Math.min(oldest.get(accountId) ?? Infinity, timestamp));
  });
  return { text: writer.text, count: events.length, named, oldest };
}

/** Some of the rows. @param kept their positions, ascending */
export function pickRows(rows: EventRows, kept: readonly number[]): EventRows {
  if (kept.length === rows.count) return rows;
  const positions = new Map(kept.map((index, position) => [index, position]));
  const pieces: Buffer[] = [];
  for (let index = 0, start = 0; index < rows.count; index++) {
    const newline = rows.text.indexOf(NEWLINE, start);
    // With its line feed, which the last row has none of.
    const end = newline === -1 ? rows.text.length : newline + 1;
    if (positions.has(index)) pieces.push(rows.text.subarray(start, end));
    start = end;
  }
  const text = Buffer.concat(pieces);
  const named = rows.named.flatMap(({ index, id }) => {
    const position = positions.get(index);
    return position === undefined ? [] : [{ index: position, id }];
  });
  return { ...rows, text: text.at(-1) === NEWLINE ? text.subarray(0, -1) : text, count: kept.length, named };
}

const NEWLINE = 0x0a;
