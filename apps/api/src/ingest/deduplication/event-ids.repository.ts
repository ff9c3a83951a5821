/**
 * The ids that clients gave their events, as `event_ids` keeps them for some days, filled by a view in the insert of the
 * events; and as the raw table keeps them with the events.
 */
import { ClickHouse, type Row } from '@meterhouse/clickhouse';
import { SECOND } from '@meterhouse/common';
import { type DatedId, HASH_BYTES, type IdHash } from '../ids/id-hash';

/** Ids in one look-up; it reads up to a granule for each. A server takes 131,072 characters a field: 4,096 hashes in hex. */
const CHUNK = 4_000;

/** Accounts in one look-up: their names, too, share the characters of a field. */
const MAX_ACCOUNTS = 200;

/** Instants in epoch milliseconds, [from, to). */
export interface Received {
  from: number;
  to: number;
}

/** Hashes whose first two bytes, read as a number, are in [from, to). */
export interface HashRange {
  from: number;
  to: number;
}

/** How many values the first two bytes of a hash have. */
export const PREFIXES = 0x1_0000;

export class EventIdsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Which of these were received in a time. */
  async stored(hashes: readonly IdHash[], received: Received): Promise<Set<IdHash>> {
    const stored = new Set<IdHash>();
    for (let start = 0; start < hashes.length; start += CHUNK) {
      const chunk = hashes.slice(start, start + CHUNK);
      const rows = await this.clickhouse.query(STORED_SQL, {
        ...hashesOf(chunk),
        from: seconds(received.from),
        to: seconds(received.to),
      });
      for (const row of rows) stored.add(readHash(row));
    }
    return stored;
  }

  /**
   * Which of these events the raw table has, with the same account, id and time. Read by primary key: events of one
   * account and of times that lie together cost about 5 µs each, as many granules are read as their times are apart.
   */
  async inRawTable(events: readonly DatedId[]): Promise<Set<IdHash>> {
    const found = new Set<IdHash>();
    for (const chunk of chunksOf(events)) {
      const rows = await this.clickhouse.query(IN_RAW_TABLE_SQL, {
        ...hashesOf(chunk.map(({ id }) => id)),
        accounts: [...new Set(chunk.map(({ accountId }) => accountId))],
        times: [...new Set(chunk.map(({ timestamp }) => timestamp))],
      });
      const times = new Set(rows.map((row) => `${readHash(row)}${row.number('at')}`));
      for (const { id, timestamp } of chunk) if (times.has(`${id}${timestamp}`)) found.add(id);
    }
    return found;
  }

  /** How many ids were received on each day from `day` on (days since the epoch), newest first. */
  async countByDay(day: number): Promise<{ day: number; ids: number }[]> {
    const rows = await this.clickhouse.query(COUNT_SQL, { day });
    return rows.map((row) => ({ day: row.number('day'), ids: row.number('ids') }));
  }

  /** The first 8 bytes of each hash of a day and range, one after the other. */
  async startsOf(day: number, range: HashRange): Promise<Buffer> {
    const [row] = await this.clickhouse.query(STARTS_SQL, {
      day,
      first: prefix(range.from) + '00'.repeat(HASH_BYTES - 2),
      last: prefix(range.to - 1) + 'ff'.repeat(HASH_BYTES - 2),
    });
    return Buffer.from(row?.string('starts') ?? '', 'base64');
  }
}

/** Events by account and time, so that no part of the raw table is read for two chunks. */
function chunksOf(events: readonly DatedId[]): DatedId[][] {
  const sorted = events.toSorted((a, b) =>
    a.accountId === b.accountId ? a.timestamp - b.timestamp : a.accountId < b.accountId ? -1 : 1,
  );
  const chunks: DatedId[][] = [];
  let accounts = 0;
  sorted.forEach((event, index) => {
    const chunk = chunks.at(-1);
    const isNewAccount = sorted[index - 1]?.accountId !== event.accountId;
    if (chunk && chunk.length < CHUNK && (!isNewAccount || accounts < MAX_ACCOUNTS)) {
      chunk.push(event);
      accounts += isNewAccount ? 1 : 0;
    } else {
      chunks.push([event]);
      accounts = 1;
    }
  });
  return chunks;
}

/** The parameters of `HASHES`. */
function hashesOf(ids: readonly IdHash[]): { hashes: string; count: number } {
  return { hashes: Buffer.from(ids.join(''), 'latin1').toString('hex'), count: ids.length };
}

function readHash(row: Row): IdHash {
  return Buffer.from(row.string('hash'), 'hex').toString('latin1');
}

/** DateTime's 32 bits end in 2106; an instant past it is as good as its last. */
function seconds(at: number): number {
  return Math.min(Math.max(Math.ceil(at / SECOND), 0), 2 ** 32 - 1);
}

function prefix(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** The hashes come as one string: a list of them takes twice as long to bind. */
const HASHES = `
      SELECT toFixedString(substring(unhex({hashes:String}), number * ${HASH_BYTES} + 1, ${HASH_BYTES}), ${HASH_BYTES})
      FROM numbers({count:UInt32})`;

/** The table is read by primary key. */
const STORED_SQL = `
  SELECT hex(id_hash) AS hash
  FROM event_ids
  WHERE id_hash IN (${HASHES}
  )
    AND received_at >= toDateTime({from:UInt32}, 'UTC')
    AND received_at < toDateTime({to:UInt32}, 'UTC')`;

/** The hash is that of event_ids, made for the rows of these times only. */
const IN_RAW_TABLE_SQL = `
  SELECT
      hex(substring(SHA256(concat(account_id, '\\0', id)), 1, ${HASH_BYTES})) AS hash,
      toUnixTimestamp64Milli(timestamp) AS at
  FROM events
  PREWHERE account_id IN {accounts:Array(String)}
      AND timestamp IN (SELECT fromUnixTimestamp64Milli(arrayJoin({times:Array(Int64)}), 'UTC'))
  WHERE toFixedString(substring(SHA256(concat(account_id, '\\0', id)), 1, ${HASH_BYTES}), ${HASH_BYTES}) IN (${HASHES}
  )`;

const COUNT_SQL = `
  SELECT
      toUInt16(toDate(received_at)) AS day,
      count() AS ids
  FROM event_ids
  WHERE toDate(received_at) >= toDate({day:UInt16})
  GROUP BY day
  ORDER BY day DESC`;

const STARTS_SQL = `
  SELECT base64Encode(arrayStringConcat(groupArray(substring(id_hash, 1, 8)))) AS starts
  FROM event_ids
  WHERE toDate(received_at) = toDate({day:UInt16})
    AND id_hash BETWEEN toFixedString(unhex({first:String}), ${HASH_BYTES}) AND toFixedString(unhex({last:String}), ${HASH_BYTES})`;
