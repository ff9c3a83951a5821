import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import type { Rollup } from '@meterhouse/clickhouse/rollups';

/** A week of a rollup that does not have as many requests as there are raw events. */
export interface DriftedWeek {
  rollup: Rollup;
  /** Its Monday, epoch milliseconds. */
  week: number;
  requests: number;
  events: number;
}

@Injectable()
export class IntegrityRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Parts that the engine could not load and set aside, as `table/part`. */
  async brokenParts(): Promise<string[]> {
    const rows = await this.clickhouse.query(
      `SELECT concat(table, '/', name) AS part
       FROM system.detached_parts
       WHERE database = currentDatabase() AND startsWith(reason, 'broken')
       ORDER BY part`,
    );
    return rows.map((row) => row.string('part'));
  }

  /** Raw events by the Monday of their week. @param from epoch milliseconds, a Monday */
  eventsByWeek(from: number): Promise<Map<number, number>> {
    return this.byWeek(
      `SELECT toString(toMonday(timestamp)) AS week, count() AS requests
       FROM events
       WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
       GROUP BY week`,
      from,
    );
  }

  /** The weeks from `from` on in which a rollup has other numbers than `events`. */
  async compareWeeks(rollup: Rollup, from: number, events: ReadonlyMap<number, number>): Promise<DriftedWeek[]> {
    const requests = await this.byWeek(
      `SELECT toString(toMonday(bucket)) AS week, sum(t.requests) AS requests
       FROM ${rollup} AS t
       WHERE bucket >= toDateTime(intDiv({from:Int64}, 1000), 'UTC')
       GROUP BY week`,
      from,
    );
    const weeks = [...new Set([...requests.keys(), ...events.keys()])].filter((week) => week >= from);
    return weeks
      .sort((a, b) => a - b)
      .map((week) => ({ rollup, week, requests: requests.get(week) ?? 0, events: events.get(week) ?? 0 }))
      .filter((week) => week.requests !== week.events);
  }

  private async byWeek(sql: string, from: number): Promise<Map<number, number>> {
    const rows = await this.clickhouse.query(sql, { from });
    return new Map(rows.map((row) => [Date.parse(row.string('week')), row.number('requests')]));
  }
}
