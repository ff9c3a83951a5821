/** Reads and writes the tables `alerts` and `alert_notes`. */
import { Injectable } from '@nestjs/common';
import { ClickHouse, type Parameters, type ReadOptions, type Row, toDateTime } from '@meterhouse/clickhouse';
import type { AccountScope } from '../../auth/key';
import type { AlertRecord, AlertState } from '../views/alert-view';

/** Which alerts are read; what is left out does not restrict them. */
export interface AlertFilter {
  /** Null: those of all accounts, and those of rules over all of them. */
  scope: AccountScope;
  id?: string | undefined;
  state?: AlertState | undefined;
  ruleId?: string | undefined;
  ruleIds?: readonly string[] | undefined;
  /** Alerts that had not ended by then; epoch milliseconds. */
  from?: number | undefined;
  /** Alerts that had begun before. */
  to?: number | undefined;
  /** Alerts that began then or later. */
  startedFrom?: number | undefined;
}

/** What is known of an alert beside what was decided. */
export interface AlertNotes {
  acknowledgedAt: number | null;
  correction: Correction | null;
}

/** What late events made of the figure that an alert was decided by. */
export interface Correction {
  value: number | null;
  requests: number;
  /** Whether it would have fired all the same. */
  stands: boolean;
  at: number;
}

/** Of an alert that has not ended; a date that a column can hold. */
const NOT_ENDED = Date.UTC(2100, 0, 1);

@Injectable()
export class AlertsRepository {
  constructor(private readonly clickhouse: ClickHouse) {}

  /** Stores alerts as an evaluation of that number decided; doing it again changes nothing. @throws StorageFailure */
  async insert(number: number, alerts: readonly AlertRecord[]): Promise<void> {
    if (alerts.length === 0) return;
    const lines = alerts.map((alert) =>
      JSON.stringify({
        account_id: alert.accountId ?? '',
        id: alert.id,
        version: number,
        rule_id: alert.ruleId,
        state: alert.state,
        started_at: toDateTime(Date.parse(alert.startedAt)),
        ended_at: toDateTime(alert.resolvedAt === null ? NOT_ENDED : Date.parse(alert.resolvedAt)),
        body: JSON.stringify(alert),
      }),
    );
    await this.clickhouse.insert('INSERT INTO alerts SETTINGS async_insert = 0 FORMAT JSONEachRow', lines.join('\n'));
  }

  /** A page of the alerts, the newest first, and how many there are. */
  async find(
    filter: AlertFilter,
    { limit, offset }: { limit: number; offset: number },
    options: ReadOptions = {},
  ): Promise<{ alerts: AlertRecord[]; total: number }> {
    const { where, parameters } = conditionsOf(filter);
    const rows = await this.clickhouse.query(
      `
      SELECT body FROM alerts FINAL
      ${where}
      ORDER BY started_at DESC, id
      LIMIT {limit:UInt32} OFFSET {offset:UInt32}
      `,
      { ...parameters, limit, offset },
      options,
    );
    const [counted] = await this.clickhouse.query(
      `SELECT count() AS total FROM alerts FINAL ${where}`,
      parameters,
      options,
    );
    return {
      alerts: rows.map((row) => JSON.parse(row.string('body')) as AlertRecord),
      total: counted?.number('total') ?? 0,
    };
  }

  /** What is noted of alerts, by their ids; those without a note are absent. */
  async notes(alertIds: readonly string[]): Promise<Map<string, AlertNotes>> {
    const notes = new Map<string, AlertNotes>();
    if (alertIds.length === 0) return notes;
    const rows = await this.clickhouse.query(
      `
      SELECT alert_id, toString(kind) AS kind, toUnixTimestamp64Milli(at) AS at_ms, body
      FROM alert_notes FINAL
      WHERE alert_id IN {alertIds:Array(String)}
      `,
      { alertIds },
    );
    for (const row of rows) {
      const id = row.string('alert_id');
      notes.set(id, { ...(notes.get(id) ?? { acknowledgedAt: null, correction: null }), ...noteOf(row) });
    }
    return notes;
  }

  async note(alert: AlertRecord, kind: 'acknowledged' | 'corrected', at: number, body: object): Promise<void> {
    await this.clickhouse.insert(
      'INSERT INTO alert_notes SETTINGS async_insert = 0 FORMAT JSONEachRow',
      JSON.stringify({
        account_id: alert.accountId ?? '',
        alert_id: alert.id,
        kind,
        at: toDateTime(at),
        body: JSON.stringify(body),
      }),
    );
  }
}

function noteOf(row: Row): Partial<AlertNotes> {
  const at = row.number('at_ms');
  if (row.string('kind') === 'acknowledged') return { acknowledgedAt: at };
  const { value, requests, stands } = JSON.parse(row.string('body')) as Omit<Correction, 'at'>;
  return { correction: { value, requests, stands, at } };
}

function conditionsOf({ scope, id, state, ruleId, ruleIds, from, to, startedFrom }: AlertFilter): {
  where: string;
  parameters: Parameters;
} {
  const conditions = [
    ...(scope === null ? [] : ['alerts.account_id = {scope:String}']),
    ...(id === undefined ? [] : ['alerts.id = {id:String}']),
    ...(state === undefined ? [] : ['alerts.state = {state:String}']),
    ...(ruleId === undefined ? [] : ['alerts.rule_id = {ruleId:String}']),
    ...(ruleIds === undefined ? [] : ['alerts.rule_id IN {ruleIds:Array(String)}']),
    ...(from === undefined ? [] : ["alerts.ended_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')"]),
    ...(startedFrom === undefined ? [] : ["alerts.started_at >= fromUnixTimestamp64Milli({startedFrom:Int64}, 'UTC')"]),
    ...(to === undefined ? [] : ["alerts.started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')"]),
  ];
  const given = Object.entries({ scope, id, state, ruleId, ruleIds, from, to, startedFrom }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const],
  );
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    parameters: Object.fromEntries(given),
  };
}
