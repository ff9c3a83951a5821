import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { DAY, SECOND } from '@meterhouse/common';
import { OTHER_ENDPOINT } from './normalise-endpoint';

/** The endpoint names of accounts, from the rollup by UTC days. */
@Injectable()
export class EndpointNamesRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Whether other instances write the same tables. */
  get isShared(): boolean {
    return !this.clickhouse.embedded;
  }

  /**
   * The names of the account's endpoints, without `{other}`: at most `limit`, those with the most requests.
   * @param from the first UTC day, as days since the epoch
   * @param before the day after the last
   */
  async names(accountId: string, from: number, before: number, limit: number): Promise<string[]> {
    const rows = await this.clickhouse.query(NAMES_SQL, {
      accountId,
      from: (from * DAY) / SECOND,
      before: (before * DAY) / SECOND,
      other: OTHER_ENDPOINT,
      limit,
    });
    return rows.map((row) => row.string('endpoint'));
  }
}

const NAMES_SQL = `
  SELECT endpoint
  FROM usage_day
  WHERE account_id = {accountId:String}
    AND bucket >= toDateTime({from:UInt32}, 'UTC')
    AND bucket < toDateTime({before:UInt32}, 'UTC')
    AND endpoint != {other:String}
  GROUP BY endpoint
  ORDER BY sum(requests) DESC, endpoint ASC
  LIMIT {limit:UInt32}`;
