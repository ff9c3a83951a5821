/** Reads and writes the tables `alert_rules` and `alert_silences`, which differ in what their bodies are. */
import type { ClickHouse } from '@meterhouse/clickhouse';
import type { VersionedTable } from '../../storage/versioned-records';

/** A document of an account, of which the newest version counts. */
export interface Stored<T> {
  id: string;
  /** Grows with every change. */
  version: number;
  /** Null: it is about all accounts. */
  accountId: string | null;
  deleted: boolean;
  body: T;
}

const SELECT = {
  alert_rules: 'SELECT id, version, account_id, deleted, body FROM alert_rules FINAL WHERE version >= {version:UInt64}',
  alert_silences:
    'SELECT id, version, account_id, deleted, body FROM alert_silences FINAL WHERE version >= {version:UInt64}',
};

const INSERT = {
  alert_rules: 'INSERT INTO alert_rules SETTINGS async_insert = 0 FORMAT JSONEachRow',
  alert_silences: 'INSERT INTO alert_silences SETTINGS async_insert = 0 FORMAT JSONEachRow',
};

export class DocumentsRepository<T> implements VersionedTable<Stored<T>> {
  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly table: keyof typeof SELECT,
  ) {}

  /** True when other instances write the same table. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** The newest version of each document that changed at or after a version. */
  async findChangedSince(version: number): Promise<Stored<T>[]> {
    const rows = await this.clickhouse.query(SELECT[this.table], { version });
    return rows.map((row) => ({
      id: row.string('id'),
      version: row.number('version'),
      accountId: row.string('account_id') || null,
      deleted: row.boolean('deleted'),
      // Written by `insert` alone.
      body: JSON.parse(row.string('body')) as T,
    }));
  }

  async insert({ id, version, accountId, deleted, body }: Stored<T>): Promise<void> {
    await this.clickhouse.insert(
      INSERT[this.table],
      JSON.stringify({ id, version, account_id: accountId ?? '', deleted, body: JSON.stringify(body) }),
    );
  }
}
