import { Injectable } from '@nestjs/common';
import { ClickHouse } from '@meterhouse/clickhouse';
import { Clock, FNV_START, floorTo, fnv1a, withTimeout } from '@meterhouse/common';

/** Invalidation scope of a cached result: `history` goes stale only by events dated before today, `all` by any event. */
export type Over = 'all' | 'history';

/** Events on their way into the storage: the earliest event time by counter. */
type Noted = Map<number, number>;

/** Accounts share counters by their hash, which bounds the memory; a shared counter moves more often than needed. */
const COUNTERS = 65_536;
/** Most time, in ms, that reads delay an insert. */
const MAX_HOLD_MS = 500;
/** Stands for every account, where it is not known which accounts' events are on their way. */
const ANYBODY = -1;

/**
 * Version numbers of accounts' events, for caches. The writer reports what it inserts; every other write moves
 * `ClickHouse.version`.
 *
 * Rows of an insert become visible before it has ended, so that versions move at its start and at its end, for everything
 * that was accepted by then and is not surely visible.
 */
@Injectable()
export class DataVersions {
  private readonly counters = { all: new Uint32Array(COUNTERS), history: new Uint32Array(COUNTERS) };
  /** Incremented with every change of any account's events. */
  private readonly ofAll = { all: 0, history: 0 };
  /** Incremented when it is not known whose events changed. */
  private ofAnybody = 0;
  /** Events of calls that are being appended to the log. */
  private readonly appending = new Set<Noted>();
  /** Events by the segment of the log that holds them. */
  private readonly waiting = new Map<number, Noted>();
  private leftBehind = false;
  private day = 0;
  private readonly inserts = new Set<Promise<unknown>>();
  private readonly holders = new Set<Promise<unknown>>();

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly clock: Clock,
  ) {}

  /**
   * While the version is unchanged, a statement about the account's events returns the same. Null with a server, where
   * others write too.
   * @param accountId null: all accounts
   */
  version(accountId: string | null, over: Over): number | null {
    const { version } = this.clickhouse;
    if (version === null) return null;
    const own = accountId === null ? this.ofAll[over] : (this.counters[over][counterOf(accountId)] ?? 0);
    return version + this.ofAnybody + own;
  }

  /** The start of the running UTC day, where history ends. It never goes back. */
  today(): number {
    this.day = Math.max(this.day, floorTo('day', this.clock.now()));
    return this.day;
  }

  /** Notes events of an earlier process, of unknown accounts. They are delivered before any that is accepted now. */
  begin(leftBehind: boolean): void {
    this.leftBehind = leftBehind;
  }

  /**
   * Notes events before they can reach the storage.
   * @param oldest the earliest event time by account; null: the accounts are not known
   * @param append puts them into the log and returns the segment that holds them
   */
  async accepting(oldest: ReadonlyMap<string, number> | null, append: () => Promise<number>): Promise<number> {
    const noted = noteOf(oldest);
    this.appending.add(noted);
    try {
      const segment = await append();
      this.waiting.set(segment, joined(this.waiting.get(segment), noted));
      return segment;
    } finally {
      this.appending.delete(noted);
    }
  }

  /** Runs an insert, after a running `hold` of inserts has ended. */
  async inserting<T>(insert: () => Promise<T>): Promise<T> {
    if (this.holders.size > 0) await this.unheld();
    this.move();
    const inserted = insert();
    this.inserts.add(inserted);
    try {
      return await inserted;
    } finally {
      this.inserts.delete(inserted);
      this.move();
    }
  }

  /**
   * Runs reads that must see one moment of all tables: they begin when the running inserts have ended, and new inserts wait
   * for them. Neither waits longer than `MAX_HOLD_MS`.
   */
  async holding<T>(work: () => Promise<T>): Promise<T> {
    const held = inTime(Promise.allSettled(this.inserts)).then(work);
    this.holders.add(held);
    try {
      return await held;
    } finally {
      this.holders.delete(held);
    }
  }

  private async unheld(): Promise<void> {
    const latest = Date.now() + MAX_HOLD_MS;
    while (this.holders.size > 0 && Date.now() < latest) await inTime(Promise.allSettled(this.holders));
  }

  /** Everything up to a segment is visible. @param nothingWaits whether the log is empty */
  delivered(segment: number, nothingWaits: boolean): void {
    for (const number of this.waiting.keys()) {
      if (number > segment) continue;
      this.waiting.delete(number);
      this.leftBehind = false;
    }
    if (nothingWaits) this.leftBehind = false;
  }

  /** Whether events of the account may be accepted and not visible yet. */
  isWaiting(accountId: string): boolean {
    if (this.leftBehind) return true;
    const counter = counterOf(accountId);
    const isIn = (noted: Noted): boolean => noted.has(counter) || noted.has(ANYBODY);
    return [...this.waiting.values(), ...this.appending].some(isIn);
  }

  private move(): void {
    const today = this.today();
    if (this.leftBehind) this.ofAnybody++;
    for (const noted of [...this.waiting.values(), ...this.appending]) {
      for (const [counter, oldest] of noted) {
        if (counter === ANYBODY) {
          this.ofAnybody++;
          continue;
        }
        this.count('all', counter);
        if (oldest < today) this.count('history', counter);
      }
    }
  }

  private count(over: Over, counter: number): void {
    this.ofAll[over]++;
    this.counters[over][counter] = (this.counters[over][counter] ?? 0) + 1;
  }
}

/** Resolves when `settled` does, at the latest after `MAX_HOLD_MS`. */
async function inTime(settled: Promise<unknown>): Promise<void> {
  await withTimeout(settled, MAX_HOLD_MS, () => undefined);
}

function noteOf(oldest: ReadonlyMap<string, number> | null): Noted {
  const noted: Noted = new Map(oldest === null ? [[ANYBODY, 0]] : []);
  for (const [accountId, timestamp] of oldest ?? []) note(noted, counterOf(accountId), timestamp);
  return noted;
}

function note(noted: Noted, counter: number, timestamp: number): void {
  noted.set(counter, Math.min(noted.get(counter) ?? Infinity, timestamp));
}

function joined(one: Noted | undefined, other: Noted): Noted {
  if (one === undefined) return other;
  for (const [counter, oldest] of other) note(one, counter, oldest);
  return one;
}

function counterOf(accountId: string): number {
  let hash = FNV_START;
  for (let index = 0; index < accountId.length; index++) hash = fnv1a(hash, accountId.charCodeAt(index));
  return (hash ^ (hash >>> 16)) & (COUNTERS - 1);
}
