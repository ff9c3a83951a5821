/** Reads and writes the table `alert_states`: how far rules are evaluated. */
import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import type { Decision } from './decision';
import type { RuleState } from './machine';

/** Where the evaluation stands. */
export interface Cursor {
  /** Of the evaluation that wrote it; 0: there was none. */
  number: number;
  /** Windows that end by then are judged; epoch milliseconds. */
  evaluatedTo: number;
  /** What it decided, which may not have been passed on yet. */
  decisions: readonly Decision[];
}

/** What an evaluation changes. */
export interface Commit extends Cursor {
  states: readonly RuleState[];
  /** Rules that are quiet again. */
  quiet: readonly string[];
}

const INSERT = 'INSERT INTO alert_states (kind, id, number, at, deleted, body) SETTINGS async_insert = 0';

/** Whose evaluation of a number is stored. */
export type Stored = 'own' | 'another' | 'nobody';

@Injectable()
export class StatesRepository {
  /** Part of the tokens, so that a number whose block was lost can be used again. */
  private losses = 0;

  constructor(private readonly clickhouse: ClickHouse) {}

  async cursor(): Promise<Cursor | null> {
    const [row] = await this.clickhouse.query(
      "SELECT number, at, body FROM alert_states FINAL WHERE kind = 'cursor' AND id = ''",
    );
    if (!row) return null;
    const { decisions } = JSON.parse(row.string('body')) as { decisions: Decision[] };
    return { number: row.number('number'), evaluatedTo: row.number('at'), decisions };
  }

  /** Up to when windows are judged, in epoch milliseconds; null where nothing was. */
  async evaluatedTo(): Promise<number | null> {
    const [row] = await this.clickhouse.query("SELECT at FROM alert_states FINAL WHERE kind = 'cursor' AND id = ''");
    return row ? row.number('at') : null;
  }

  async states(): Promise<RuleState[]> {
    const rows = await this.clickhouse.query("SELECT body FROM alert_states FINAL WHERE kind = 'rule' AND NOT deleted");
    return rows.map((row) => JSON.parse(row.string('body')) as RuleState);
  }

  /**
   * Writes an evaluation, whole or not at all. Of several writers of one number the first is stored.
   * @returns whose is stored: `nobody` where the block of that number was lost, as by a power cut, and its token was not
   */
  async commit({ number, evaluatedTo, decisions, states, quiet }: Commit, writer: string): Promise<Stored> {
    const lines = [
      ['cursor', '', number, evaluatedTo, false, JSON.stringify({ writer, decisions })],
      ...states.map((state) => ['rule', state.ruleId, number, evaluatedTo, false, JSON.stringify(state)]),
      ...quiet.map((ruleId) => ['rule', ruleId, number, evaluatedTo, true, '']),
    ];
    await this.clickhouse.insert(
      `${INSERT}, insert_deduplicate = 1, insert_deduplication_token = 'evaluation ${number}.${this.losses}' FORMAT JSONCompactEachRow`,
      lines.map((line) => JSON.stringify(line)).join('\n'),
    );
    const [row] = await this.clickhouse.query(
      "SELECT number, JSONExtractString(body, 'writer') AS writer FROM alert_states FINAL WHERE kind = 'cursor' AND id = ''",
    );
    if (row && row.number('number') === number && row.string('writer') === writer) return 'own';
    if (row && row.number('number') >= number) return 'another';
    this.losses++;
    return 'nobody';
  }

  /** Notes up to when the events that an instance accepted are visible. */
  async noteWatermark(instance: string, watermark: number, now: number): Promise<void> {
    await this.clickhouse.insert(
      `${INSERT} FORMAT JSONCompactEachRow`,
      JSON.stringify(['watermark', instance, now, watermark, false, '']),
    );
  }

  /** The least watermark of the instances that noted one since an instant; null where none did. */
  async leastWatermark(since: number): Promise<number | null> {
    const [row] = await this.clickhouse.query(
      `SELECT min(at) AS least, count() AS instances FROM alert_states FINAL
       WHERE kind = 'watermark' AND number >= {since:UInt64}`,
      { since },
    );
    return row && row.number('instances') > 0 ? row.number('least') : null;
  }
}
