/** Reads and writes the table `account_limits`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { LIMIT_NAMES, type Limits } from './limits';

/** What an admin set for an account; a limit that is not named is that of the tier. */
export interface StoredOverrides {
  accountId: string;
  /** Grows with every change; the newest counts. */
  version: number;
  overrides: Partial<Limits>;
}

@Injectable()
export class LimitOverridesRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** True when other instances write the same table. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** The newest version of each account that changed at or after a version. */
  async findChangedSince(version: number): Promise<StoredOverrides[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT account_id, version, limits
      FROM account_limits FINAL
      WHERE version >= {version:UInt64}
      `,
      { version },
    );
    return rows.map((row) => ({
      accountId: row.string('account_id'),
      version: row.number('version'),
      overrides: toOverrides(row.string('limits')),
    }));
  }

  async insert({ accountId, version, overrides }: StoredOverrides): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO account_limits SETTINGS async_insert = 0 FORMAT JSONEachRow',
      JSON.stringify({ account_id: accountId, version, limits: JSON.stringify(overrides) }),
    );
  }
}

function toOverrides(json: string): Partial<Limits> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('The limits of an account are not a JSON object.');
  const stored = new Map<string, unknown>(Object.entries(value));
  const overrides: Partial<Limits> = {};
  for (const name of LIMIT_NAMES) {
    const limit = stored.get(name);
    if (typeof limit === 'number' || limit === null) overrides[name] = limit;
  }
  return overrides;
}
