/** Tells events that have been counted from new ones, by the id their sender gave them. */
import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';

/** How long an id is remembered; a retry after this counts again. */
export const DEDUPLICATION_DAYS = 7;

/** Ids in one look-up. */
const CHUNK = 5_000;

/** An event as its sender named it. */
export interface EventName {
  accountId: string;
  id: string;
}

export abstract class Deduplicator {
  /** For each event, whether one with its account and id was stored within `DEDUPLICATION_DAYS`. */
  abstract seen(events: readonly EventName[]): Promise<boolean[]>;
}

/**
 * Looks ids up in `event_ids`, which the insert of the events itself fills: there is no moment at which an event is
 * stored and its id is not known. It sees what was inserted before the call; who inserts must ask and insert in turn.
 */
@Injectable()
export class ClickHouseDeduplicator extends Deduplicator {
  constructor(private readonly clickhouse: ClickHouse) {
    super();
  }

  async seen(events: readonly EventName[]): Promise<boolean[]> {
    const seen = Array<boolean>(events.length).fill(false);
    for (let start = 0; start < events.length; start += CHUNK) {
      for (const index of await this.seenPositions(events.slice(start, start + CHUNK))) seen[start + index] = true;
    }
    return seen;
  }

  /** The inner set is read first, so the table is read by primary key. Positions count from 0. */
  private async seenPositions(events: readonly EventName[]): Promise<number[]> {
    const rows = await this.clickhouse.query(SEEN_SQL, {
      accounts: events.map((event) => event.accountId),
      ids: events.map((event) => event.id),
      days: DEDUPLICATION_DAYS,
    });
    return rows.map((row) => row.number('position'));
  }
}

const SEEN_SQL = `
  WITH sent AS
  (
      SELECT
          reinterpretAsUInt128(sipHash128(name.1, name.2)) AS id_hash,
          name.3 - 1 AS position
      FROM
      (
          SELECT arrayJoin(arrayZip({accounts:Array(String)}, {ids:Array(String)}, arrayEnumerate({ids:Array(String)}))) AS name
      )
  )
  SELECT position
  FROM sent
  WHERE id_hash IN
  (
      SELECT id_hash
      FROM event_ids
      WHERE id_hash IN (SELECT id_hash FROM sent)
        AND received_at >= now() - toIntervalDay({days:UInt16})
  )`;
