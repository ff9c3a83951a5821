/** Caches what statements returned, as long as nothing has changed that they read. */
import { LRUCache } from 'lru-cache';
import type { Query } from './sql/source.sql';

/** At most so many rows are cached, of some hundred bytes each. */
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
  /** Whether the caller has disconnected: a failed read may have failed for that. */
  isGone: () => boolean;
}

interface Entry {
  version: number;
  answer: Promise<Answer<unknown>>;
  isGone: () => boolean;
  /** Rows of the answer; 0 until it has been read. */
  rows: number;
}

/**
 * Answers by the text and values of their statements; the bounds of a running window change each minute, and with them
 * the values. The least recently used go first. Callers that ask while an answer is read share that read.
 */
export class QueryCache {
  private readonly entries = new LRUCache<string, Entry>({
    maxSize: MAX_ROWS,
    sizeCalculation: ({ rows }, key) => Math.ceil(rows + key.length / CHARACTERS_OF_A_ROW),
  });

  async get<T>(request: CachedQuery<T>): Promise<T> {
    const version = request.version();
    if (version === null) return (await request.read()).value;
    const key = keyOf(request);
    const entry = this.entries.get(key);
    if (entry?.version !== version) return this.read(key, version, request);
    try {
      return (await entry.answer).value as T;
    } catch (error) {
      if (entry.isGone()) return this.get(request);
      throw error;
    }
  }

  private async read<T>(key: string, version: number, { read, isGone }: CachedQuery<T>): Promise<T> {
    const answer = read();
    const entry: Entry = { version, answer, isGone, rows: 0 };
    this.entries.set(key, entry);
    const isCurrent = (): boolean => this.entries.peek(key) === entry;
    try {
      const { value, rows } = await answer;
      // A new object: the cache takes the size of a value once.
      if (isCurrent()) this.entries.set(key, { ...entry, rows });
      return value;
    } catch (error) {
      if (isCurrent()) this.entries.delete(key);
      throw error;
    }
  }
}

function keyOf({ kind, query }: CachedQuery<unknown>): string {
  return `${kind}\n${query.sql}\n${JSON.stringify(query.parameters)}`;
}
