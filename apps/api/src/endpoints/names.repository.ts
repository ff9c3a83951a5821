import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { DAY, SECOND } from '@meterhouse/common';

/** The columns of the rollups that hold names. */
export type NameColumn = 'endpoint' | 'method' | 'error_type';

/** The names of accounts' events, from the rollup by UTC days. */
@Injectable()
export class NamesRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Whether other instances write the same tables. */
  get isShared(): boolean {
    return !this.clickhouse.embedded;
  }

  /**
   * The names in the account's events but these: at most `limit`, those with the most requests.
   * @param from the first UTC day, as days since the epoch
   * @param before the day after the last
   */
  async names(
    column: NameColumn,
    but: readonly string[],
    accountId: string,
    from: number,
    before: number,
    limit: number,
  ): Promise<string[]> {
    const rows = await this.clickhouse.query(namesSql(column), {
      accountId,
      from: (from * DAY) / SECOND,
      before: (before * DAY) / SECOND,
      but,
      limit,
    });
    return rows.map((row) => row.string('name'));
  }
}

const namesSql = (column: NameColumn): string => `
  SELECT toString(${column}) AS name
  FROM usage_day
  WHERE account_id = {accountId:String}
    AND bucket >= toDateTime({from:UInt32}, 'UTC')
    AND bucket < toDateTime({before:UInt32}, 'UTC')
    AND ${column} NOT IN {but:Array(String)}
  GROUP BY ${column}
  ORDER BY sum(requests) DESC, name ASC
  LIMIT {limit:UInt32}`;
