/** Answers of statements, kept as long as nothing has changed that they are made of. */
import type { Query } from './sql/source.sql';

/** What is kept in all, in rows of some hundred bytes each. */
const MAX_ROWS = 100_000;
/** A statement's text, and its values, take as much as one row for each of these. */
const CHARACTERS_OF_A_ROW = 256;

/** What was read, and how many rows it takes. */
export interface Answer<T> {
  value: T;
  rows: number;
}

/** What is asked for. */
export interface CachedQuery<T> {
  query: Query;
  /** Which of its changes `version` counts: the same query may be asked about another kind. */
  kind: string;
  /** Moves when the answer may have changed (see `DataVersions`); null: it is not known when. */
  version: () => number | null;
  /** Asks the storage; a value it returns is shared and must not be changed. */
  read: () => Promise<Answer<T>>;
  /** Whether who asks has gone, so that a read that failed may have failed for that. */
  isGone: () => boolean;
}

interface Kept {
  version: number;
  answer: Promise<Answer<unknown>>;
  isGone: () => boolean;
  /** What it takes; without its answer until that has been read. */
  rows: number;
}

/**
 * Answers by the text and values of their statements; the bounds of a running window change each minute, and with them
 * the values. Those asked for longest ago go first. Who asks for what is being read gets the same answer.
 */
export class QueryCache {
  private readonly kept = new Map<string, Kept>();
  private rows = 0;

  async get<T>(request: CachedQuery<T>): Promise<T> {
    const version = request.version();
    if (version === null) return (await request.read()).value;
    const key = keyOf(request);
    const kept = this.kept.get(key);
    if (kept?.version !== version) return this.readAndKeep(key, version, request);
    this.kept.delete(key);
    this.kept.set(key, kept);
    try {
      return (await kept.answer).value as T;
    } catch (error) {
      if (kept.isGone()) return this.get(request);
      throw error;
    }
  }

  private async readAndKeep<T>(key: string, version: number, request: CachedQuery<T>): Promise<T> {
    this.forget(key);
    const answer = request.read();
    const rows = Math.ceil(key.length / CHARACTERS_OF_A_ROW);
    const entry: Kept = { version, answer, isGone: request.isGone, rows };
    this.kept.set(key, entry);
    this.rows += rows;
    try {
      const read = await answer;
      if (this.kept.get(key) !== entry) return read.value;
      entry.rows += read.rows;
      this.rows += read.rows;
      if (request.version() !== version || entry.rows > MAX_ROWS) this.forget(key);
      this.makeRoom();
      return read.value;
    } catch (error) {
      if (this.kept.get(key) === entry) this.forget(key);
      throw error;
    }
  }

  private makeRoom(): void {
    for (const key of this.kept.keys()) {
      if (this.rows <= MAX_ROWS) return;
      this.forget(key);
    }
  }

  private forget(key: string): void {
    this.rows -= this.kept.get(key)?.rows ?? 0;
    this.kept.delete(key);
  }
}

function keyOf({ kind, query }: CachedQuery<unknown>): string {
  return `${kind}\n${query.sql}\n${JSON.stringify(query.parameters)}`;
}
