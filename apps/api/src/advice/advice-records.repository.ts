/** Reads and writes the table `advice`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Row, toDateTime } from '@meterhouse/clickhouse';
import type { AccountScope } from '../auth/key';
import type { AdviceState } from './advice';
import type { AdviceRecord } from './advice-record';

/** Records of an account that are read; of more, those that changed last. */
const MAX_RECORDS = 2_000;

@Injectable()
export class AdviceRecordsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  async ofAccount(accountId: string): Promise<Map<string, AdviceRecord>> {
    const rows = await this.clickhouse.query(
      `
      SELECT account_id, id, version, toString(state) AS state_name, toUnixTimestamp64Milli(since) AS since_ms, body
      FROM advice FINAL
      WHERE account_id = {accountId:String}
      ORDER BY version DESC
      LIMIT ${MAX_RECORDS}
      `,
      { accountId },
    );
    return new Map(rows.map((row) => [row.string('id'), toRecord(row)]));
  }

  /** One record; null where the scope has none of that id. */
  async find(scope: AccountScope, id: string): Promise<AdviceRecord | null> {
    const [row] = await this.clickhouse.query(
      `
      SELECT account_id, id, version, toString(state) AS state_name, toUnixTimestamp64Milli(since) AS since_ms, body
      FROM advice FINAL
      WHERE id = {id:String} ${scope === null ? '' : 'AND account_id = {scope:String}'}
      `,
      { id, ...(scope === null ? {} : { scope }) },
    );
    return row ? toRecord(row) : null;
  }

  async insert(records: readonly AdviceRecord[]): Promise<void> {
    if (records.length === 0) return;
    const lines = records.map(({ accountId, id, version, state, since, ...body }) =>
      JSON.stringify({
        account_id: accountId,
        id,
        version,
        state,
        since: toDateTime(since),
        changed_at: toDateTime(version),
        body: JSON.stringify(body),
      }),
    );
    await this.clickhouse.insert('INSERT INTO advice SETTINGS async_insert = 0 FORMAT JSONEachRow', lines.join('\n'));
  }
}

function toRecord(row: Row): AdviceRecord {
  return {
    // Written by `insert` alone.
    ...(JSON.parse(row.string('body')) as Pick<AdviceRecord, 'found' | 'dismissed' | 'after'>),
    accountId: row.string('account_id'),
    id: row.string('id'),
    version: row.number('version'),
    state: row.string('state_name') as AdviceState,
    since: row.number('since_ms'),
  };
}
