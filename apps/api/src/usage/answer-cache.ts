/** Answers of statements, kept as long as nothing was written since. */
import type { Query } from './sql/source.sql';

/** Rows kept in all; some hundred bytes each. */
const MOST_ROWS = 100_000;

/** Rows of statements by their text and values. The bounds of a running window change each minute, and with them the text. */
export class AnswerCache<Row> {
  private readonly answers = new Map<string, Row[]>();
  private rows = 0;
  private version: number | null = null;

  /** @param version see `ClickHouse.version` */
  get(query: Query, version: number | null): Row[] | undefined {
    return version === this.version ? this.answers.get(keyOf(query)) : undefined;
  }

  /** @param version as it was before the statement began, and still is */
  keep(query: Query, version: number | null, rows: Row[]): void {
    if (version === null || rows.length > MOST_ROWS) return;
    if (version !== this.version || this.rows + rows.length > MOST_ROWS) {
      this.answers.clear();
      this.rows = 0;
    }
    this.version = version;
    this.rows += rows.length;
    this.answers.set(keyOf(query), rows);
  }
}

function keyOf({ sql, parameters }: Query): string {
  return `${sql}\n${JSON.stringify(parameters)}`;
}
