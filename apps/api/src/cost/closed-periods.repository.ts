/** Reads and writes the table `closed_periods`. Instants are epoch milliseconds. */
import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import type { Span } from '@meterhouse/common';

/** What a period came to at an instant. */
export interface PeriodRecord {
  recordedAt: number;
  planId: string;
  currency: string;
  requests: bigint;
  /** A decimal. */
  total: string;
}

@Injectable()
export class ClosedPeriodsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** What is recorded of a period of an account, the first record first. */
  async recordsOf(accountId: string, { from, to }: Span): Promise<PeriodRecord[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT toUnixTimestamp64Milli(recorded_at) AS recorded_at_ms, plan_id, currency, requests, total
      FROM closed_periods FINAL
      WHERE account_id = {accountId:String}
          AND period_from = fromUnixTimestamp64Milli({from:Int64}, 'UTC')
          AND period_to = fromUnixTimestamp64Milli({to:Int64}, 'UTC')
      ORDER BY recorded_at
      `,
      { accountId, from, to },
    );
    return rows.map((row) => ({
      recordedAt: row.number('recorded_at_ms'),
      planId: row.string('plan_id'),
      currency: row.string('currency'),
      requests: row.bigint('requests'),
      total: row.string('total'),
    }));
  }

  async insert(accountId: string, { from, to }: Span, record: PeriodRecord): Promise<void> {
    const seconds = (at: number): string => (at / 1_000).toFixed(3);
    await this.clickhouse.insert(
      'INSERT INTO closed_periods SETTINGS async_insert = 0 FORMAT JSONEachRow',
      JSON.stringify({
        account_id: accountId,
        period_from: seconds(from),
        period_to: seconds(to),
        recorded_at: seconds(record.recordedAt),
        plan_id: record.planId,
        currency: record.currency,
        requests: String(record.requests),
        total: record.total,
      }),
    );
  }
}
