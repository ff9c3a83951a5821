import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { DAY, floorTo } from '@meterhouse/common';

/** How many events accounts have, from the rollup by hours. */
@Injectable()
export class EventCountsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Events dated in the UTC day that holds an instant, by account. */
  async ofDay(instant: number): Promise<Map<string, number>> {
    const from = floorTo('day', instant);
    const rows = await this.clickhouse.query(
      `
      SELECT toString(account_id) AS account, sum(requests) AS request_count
      FROM traffic_hour
      WHERE bucket >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
          AND bucket < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
      GROUP BY account
      `,
      { from, before: from + DAY },
    );
    return new Map(rows.map((row) => [row.string('account'), row.number('request_count')]));
  }
}
