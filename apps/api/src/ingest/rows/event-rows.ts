/** Events as rows of the raw table, on their way into the log. */
import { HASH_BYTES, writeHash } from '../ids/id-hash';
import { IdList } from '../ids/id-list';
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
  path_hash: 'UInt64',
};

/** Rows that were written before there were hashes of paths end before that column. */
export const COLUMNS_BEFORE_PATHS = Object.keys(COLUMNS).length - 1;

/** Bytes of most rows, at most. */
export const ROW_BYTES = 216;

/** The rows of one call. */
export interface EventRows {
  /** Lines of JSONCompactEachRow in UTF-8, with a line feed between two. */
  text: Buffer;
  /** How many lines there are. */
  count: number;
  /** The ids that senders gave, by the rows' positions. */
  ids: IdList;
  /** The earliest time that one of an account is dated, in epoch milliseconds. */
  oldest: ReadonlyMap<string, number>;
}

/** Makes the rows of one call, event by event. */
export class EventRowsBuilder {
  private readonly writer: RowWriter;
  private readonly ids: Buffer;
  private hasIds = false;
  private count = 0;
  private readonly oldest = new Map<string, number>();

  /** @param capacity the most events that there may be */
  constructor(capacity: number) {
    this.writer = new RowWriter(capacity * ROW_BYTES);
    this.ids = IdList.blank(capacity).bytes;
  }

  add(event: UsageEvent): void {
    const { accountId, id, timestamp, hasClientId } = event;
    this.writer.write(event);
    if (hasClientId) writeHash(accountId, id, this.ids, HASH_BYTES * this.count);
    this.hasIds ||= hasClientId;
    if (timestamp < (this.oldest.get(accountId) ?? Infinity)) this.oldest.set(accountId, timestamp);
    this.count += 1;
  }

  get rows(): EventRows {
    const { count, oldest } = this;
    const ids = this.hasIds ? new IdList(this.ids.subarray(0, HASH_BYTES * count)) : IdList.EMPTY;
    return { text: this.writer.text, count, ids, oldest };
  }
}

export function toRows(events: readonly UsageEvent[]): EventRows {
  const builder = new EventRowsBuilder(events.length);
  for (const event of events) builder.add(event);
  return builder.rows;
}

/** Some of the rows. @param kept their positions, ascending */
export function pickRows(rows: EventRows, kept: readonly number[]): EventRows {
  if (kept.length === rows.count) return rows;
  const positions = new Set(kept);
  const text = pickLines(rows.text, (index) => positions.has(index));
  return { ...rows, text, count: kept.length, ids: rows.ids.pick(kept) };
}

/** Some of the lines of a text, with a line feed between two. */
export function pickLines(text: Buffer, isKept: (index: number) => boolean): Buffer {
  const pieces: Buffer[] = [];
  for (let index = 0, start = 0; start < text.length; index++) {
    const newline = text.indexOf(NEWLINE, start);
    // With its line feed, which the last row has none of.
    const end = newline === -1 ? text.length : newline + 1;
    if (isKept(index)) pieces.push(text.subarray(start, end));
    start = end;
  }
  const kept = Buffer.concat(pieces);
  return kept.at(-1) === NEWLINE ? kept.subarray(0, -1) : kept;
}

const NEWLINE = 0x0a;
