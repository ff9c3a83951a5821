import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { type Watched, secondsQuery } from './live.sql';
import type { Seconds } from './second';

@Injectable()
export class LiveRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Sums of the events of `[from, to)`, epoch seconds, by second; seconds without requests are absent. */
  async seconds(watched: Watched, from: number, to: number): Promise<Seconds> {
    const { sql, parameters } = secondsQuery(watched, from, to);
    const rows = await this.clickhouse.query(sql, parameters);
    return new Map(
      rows.map((row) => [
        row.number('second'),
        {
          requests: row.number('request_count'),
          failed: row.number('failed'),
          throttled: row.number('throttled'),
          timed: row.number('timed'),
          latencySumUs: row.number('latency_sum_us'),
          latencyMaxUs: row.number('latency_max_us'),
          bytes: row.bigint('byte_count'),
        },
      ]),
    );
  }
}
