/** Reads and writes the tables `plans` and `account_plans`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import type { Plan } from '@meterhouse/pricing';
import type { Assignment, PlanVersion } from './plan-version';

/** A version with the instant at which it was written, in epoch milliseconds. */
export interface StoredPlan extends PlanVersion {
  writtenAt: number;
}

/** What an account was assigned; the highest version counts. */
export interface StoredAssignments {
  accountId: string;
  version: number;
  assignments: readonly Assignment[];
}

@Injectable()
export class PlansRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** True when other instances write the same tables. */
  get shared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** The versions of plans that were written at or after an instant. */
  async plansSince(since: number): Promise<StoredPlan[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT
          id,
          version,
          toUnixTimestamp64Milli(effective_from) AS effective_from_ms,
          toUnixTimestamp64Milli(written_at) AS written_at_ms,
          plan
      FROM plans FINAL
      WHERE written_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      ORDER BY id, version
      `,
      { since },
    );
    return rows.map((row) => ({
      id: row.string('id'),
      version: row.number('version'),
      effectiveFrom: row.number('effective_from_ms'),
      writtenAt: row.number('written_at_ms'),
      // It was a plan when it was written.
      plan: JSON.parse(row.string('plan')) as Plan,
    }));
  }

  async insertPlan({ id, version, effectiveFrom, writtenAt, plan }: StoredPlan): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO plans SETTINGS async_insert = 0 FORMAT JSONEachRow',
      JSON.stringify({
        id,
        version,
        effective_from: seconds(effectiveFrom),
        written_at: seconds(writtenAt),
        plan: JSON.stringify(plan),
      }),
    );
  }

  /** The assignments of the accounts that changed at or after a version. */
  async assignmentsSince(version: number): Promise<StoredAssignments[]> {
    const rows = await this.clickhouse.query(
      `
      SELECT account_id, version, assignments
      FROM account_plans FINAL
      WHERE version >= {version:UInt64}
      `,
      { version },
    );
    return rows.map((row) => ({
      accountId: row.string('account_id'),
      version: row.number('version'),
      assignments: JSON.parse(row.string('assignments')) as Assignment[],
    }));
  }

  async insertAssignments({ accountId, version, assignments }: StoredAssignments): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO account_plans SETTINGS async_insert = 0 FORMAT JSONEachRow',
      JSON.stringify({ account_id: accountId, version, assignments: JSON.stringify(assignments) }),
    );
  }
}

/** As the engine reads a DateTime64 with milliseconds. */
function seconds(at: number): string {
  return (at / 1_000).toFixed(3);
}
