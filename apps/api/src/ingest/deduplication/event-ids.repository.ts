/** The ids that clients gave their events, as `event_ids` keeps them: filled by a view in the insert of the events. */
import { ClickHouse } from '@meterhouse/clickhouse';
import { SECOND } from '@meterhouse/common';
import { HASH_BYTES, type IdHash } from './id-hash';

/** Ids in one look-up; it reads up to a granule for each. A server takes 131,072 characters a field: 4,096 hashes in hex. */
const CHUNK = 4_000;

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
        hashes: Buffer.from(chunk.join(''), 'latin1').toString('hex'),
        count: chunk.length,
        from: seconds(received.from),
        to: seconds(received.to),
      });
      for (const row of rows) stored.add(Buffer.from(row.string('hash'), 'hex').toString('latin1'));
    }
    return stored;
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

/** DateTime's 32 bits end in 2106; an instant past it is as good as its last. */
function seconds(at: number): number {
  return Math.min(Math.max(Math.ceil(at / SECOND), 0), 2 ** 32 - 1);
}

function prefix(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** The hashes come as one string: a list of them takes twice as long to bind. The table is read by primary key. */
const STORED_SQL = `
  SELECT hex(id_hash) AS hash
  FROM event_ids
  WHERE id_hash IN
  (
      SELECT toFixedString(substring(unhex({hashes:String}), number * ${HASH_BYTES} + 1, ${HASH_BYTES}), ${HASH_BYTES})
      FROM numbers({count:UInt32})
  )
    AND received_at >= toDateTime({from:UInt32}, 'UTC')
    AND received_at < toDateTime({to:UInt32}, 'UTC')`;

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
