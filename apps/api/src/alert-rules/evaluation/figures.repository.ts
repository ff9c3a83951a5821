/** Reads the figures that rules are judged by. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type ReadOptions } from '@meterhouse/clickhouse';
import { toSums } from '@meterhouse/clickhouse/rollups';
import { SECOND, Slices } from '@meterhouse/common';
import { toTraffic } from '../../usage/read/breakdown-rows';
import type { FigureTable } from './figure-table';
import { type FiguresRead, figuresQuery } from './figures.sql';

export type { FiguresRead };

@Injectable()
export class FiguresRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** True when other instances accept events, too. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** Adds the figures of the windows to a table. @throws StorageFailure */
  async read(read: FiguresRead, into: FigureTable, options: ReadOptions = {}): Promise<void> {
    const { sql, parameters } = figuresQuery(read);
    const rows = await this.clickhouse.query(sql, parameters, options);
    await new Slices(options.account ?? null, options.signal).each(rows, (row) => {
      const selection = read.selections[row.number('selection')];
      if (!selection) throw new Error('The answer has figures of a selection that was not asked for.');
      const codes = read.withPercentiles ? row.numbersOrNull('codes') : [];
      const end = row.number('window_end') * SECOND;
      into.add(selection.id, read.length, row.string('group_value'), end, toTraffic(toSums(row), codes));
    });
  }

  /** The hour of the first event of each of these accounts, in epoch milliseconds; of all of them together for null. */
  async firstEvents(accountIds: readonly (string | null)[]): Promise<Map<string | null, number>> {
    if (accountIds.length === 0) return new Map();
    const named = accountIds.filter((id) => id !== null);
    const rows = await this.clickhouse.query(
      `
      SELECT toString(account_id) AS account, toUnixTimestamp(min(bucket)) AS first_at
      FROM traffic_hour
      ${accountIds.includes(null) ? '' : 'WHERE account_id IN {named:Array(String)}'}
      GROUP BY account
      `,
      { named },
    );
    const first = new Map<string | null, number>(
      rows.map((row) => [row.string('account'), row.number('first_at') * SECOND]),
    );
    if (first.size > 0)
      first.set(
        null,
        [...first.values()].reduce((least, at) => Math.min(least, at)),
      );
    return first;
  }
}
