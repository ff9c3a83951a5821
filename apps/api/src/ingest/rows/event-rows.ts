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
};

/** Bytes of most rows, at most. */
export const ROW_BYTES = 192;

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

export function toRows(events: readonly UsageEvent[]): EventRows {
  const writer = new RowWriter(events.length * ROW_BYTES);
  const { bytes: ids } = IdList.blank(events.length);
  let hasIds = false;
  const oldest = new Map<string, number>();
  events.forEach((event, index) => {
    const { accountId, id, timestamp, hasClientId } = event;
    writer.write(event);
    if (hasClientId) writeHash(accountId, id, ids, HASH_BYTES * index);
    hasIds ||= hasClientId;
    if (timestamp < (oldest.get(accountId) ?? Infinity)) oldest.set(accountId, timestamp);
  });
  return { text: writer.text, count: events.length, ids: hasIds ? new IdList(ids) : IdList.EMPTY, oldest };
}

/** Some of the rows. @param kept their positions, ascending */
export function pickRows(rows: EventRows, kept: readonly number[]): EventRows {
  if (kept.length === rows.count) return rows;
  const positions = new Set(kept);
  const pieces: Buffer[] = [];
  for (let index = 0, start = 0; index < rows.count; index++) {
    const newline = rows.text.indexOf(NEWLINE, start);
    // With its line feed, which the last row has none of.
    const end = newline === -1 ? rows.text.length : newline + 1;
    if (positions.has(index)) pieces.push(rows.text.subarray(start, end));
    start = end;
  }
  const text = Buffer.concat(pieces);
  return {
    ...rows,
    text: text.at(-1) === NEWLINE ? text.subarray(0, -1) : text,
    count: kept.length,
    ids: rows.ids.pick(kept),
  };
}

const NEWLINE = 0x0a;
