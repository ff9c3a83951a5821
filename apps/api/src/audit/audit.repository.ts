/** Reads and writes the table `audit`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Parameters, type ReadOptions, type Row, toDateTime } from '@meterhouse/clickhouse';
import { AUDIT_ACTIONS, type AuditAction, type AuditEntry, type AuditRow } from './audit-entry';

/** Which entries are read; what is left out does not restrict them. */
export interface AuditFilter {
  /** The account that acted, or that was acted upon. */
  accountId?: string | undefined;
  action?: AuditAction | undefined;
  /** Epoch milliseconds, included. */
  from?: number | undefined;
  /** Not included. */
  to?: number | undefined;
}

@Injectable()
export class AuditRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Stores entries; doing it again changes nothing. @throws StorageFailure */
  async insert(rows: readonly AuditRow[]): Promise<void> {
    const lines = rows.map(({ at, id, action, actor, target, accountId, details }) =>
      JSON.stringify({
        at: toDateTime(at),
        id,
        action,
        actor_key_id: actor.keyId ?? '',
        actor_account_id: actor.accountId ?? '',
        address: actor.address ?? '',
        target: target ?? '',
        account_id: accountId ?? '',
        details: JSON.stringify(details),
      }),
    );
    await this.clickhouse.insert('INSERT INTO audit SETTINGS async_insert = 0 FORMAT JSONEachRow', lines.join('\n'));
  }

  /** A page of the entries, the newest first, and how many there are. */
  async find(
    filter: AuditFilter,
    { limit, offset }: { limit: number; offset: number },
    options: ReadOptions,
  ): Promise<{ entries: AuditEntry[]; total: number }> {
    const { sql, parameters } = where(filter);
    const [rows, [counted]] = await Promise.all([
      this.clickhouse.query(
        `
        SELECT
            toUnixTimestamp64Milli(at) AS at_ms,
            toString(action) AS action,
            actor_key_id, actor_account_id, address, target, account_id, details
        FROM audit FINAL
        ${sql}
        ORDER BY at DESC, id DESC
        LIMIT {limit:UInt32} OFFSET {offset:UInt32}
        `,
        { ...parameters, limit, offset },
        options,
      ),
      this.clickhouse.query(`SELECT count() AS total FROM audit FINAL ${sql}`, parameters, options),
    ]);
    return { entries: rows.map(toEntry), total: counted?.number('total') ?? 0 };
  }
}

function where({ accountId, action, from, to }: AuditFilter): { sql: string; parameters: Parameters } {
  const conditions = [
    ...(accountId === undefined ? [] : ['{accountId:String} IN (audit.account_id, audit.actor_account_id)']),
    ...(action === undefined ? [] : ['audit.action = {action:String}']),
    ...(from === undefined ? [] : ["audit.at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')"]),
    ...(to === undefined ? [] : ["audit.at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')"]),
  ];
  const parameters = Object.entries({ accountId, action, from, to }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    sql: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    parameters: Object.fromEntries(parameters),
  };
}

function toEntry(row: Row): AuditEntry {
  const textOrNull = (name: string): string | null => row.string(name) || null;
  return {
    at: row.number('at_ms'),
    action: toAction(row.string('action')),
    actor: {
      keyId: textOrNull('actor_key_id'),
      accountId: textOrNull('actor_account_id'),
      address: textOrNull('address'),
    },
    target: textOrNull('target'),
    accountId: textOrNull('account_id'),
    details: toDetails(row.string('details')),
  };
}

function toAction(text: string): AuditAction {
  const action = AUDIT_ACTIONS.find((known) => known === text);
  if (action === undefined) throw new Error(`The audit log holds an unknown action ${JSON.stringify(text)}.`);
  return action;
}

function toDetails(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('The details of an audit entry are not an object.');
  return Object.fromEntries(Object.entries(value));
}
