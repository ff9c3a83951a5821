import { Logger } from '@nestjs/common';
import { Clock, DAY, SECOND, Slices, reasonOf, withTimeout } from '@meterhouse/common';
import { LRUCache } from 'lru-cache';
import { outsideRequest } from '../http/request-context';
import { DataVersions } from '../storage/data-versions';
import { DayNames, type Read } from './day-names';
import { type NameColumn, NamesRepository } from './names.repository';
import { OTHER_ENDPOINT } from './normalise-endpoint';

/** More names of a day than an account's limit are stored where its usual ones came after it, or two instances met it. */
const STORED_PER_LIMIT = 4;

/** Names of so many days before are usual. */
const USUAL_DAYS = 7;

/** Events wait for the storage no longer than this. */
const READ_MS = 2 * SECOND;

/** A read that failed is made again after this time, and so is one of what other instances store meanwhile. */
const READ_AGAIN_MS = 10 * SECOND;

/** The names of an event; past a limit they become `{other}`. */
export interface NamedEvent {
  accountId: string;
  /** Epoch milliseconds. */
  timestamp: number;
  /** As `normaliseEndpoint` returns it. */
  endpoint: string;
  method: string;
  /** Empty for a request that did not fail. */
  errorType: string;
}

/** Which names are limited. */
export interface LimitedNames {
  field: 'endpoint' | 'method' | 'errorType';
  column: NameColumn;
  /** Names that take no place, such as `{other}`. Most events have one, and cost no more than the look-up. */
  unlimited: readonly string[];
  /** Names of a UTC day; null: there is no limit. */
  limitOf: (accountId: string) => number | null;
  /** Names in memory over all accounts and days. */
  maxInMemory: number;
}

/** The events of a call that are of one account and day, and whose names memory does not have. */
interface NewNames {
  key: string;
  accountId: string;
  /** UTC days since the epoch. */
  day: number;
  events: NamedEvent[];
  /** Of the events in the call, ascending. */
  positions: number[];
}

/**
 * Holds the number of names of an account and UTC day: scanners, and ids that no rule finds, would make a row of each
 * path. Past the account's limit new names become `{other}`; names of the day go on, and so do usual ones: those
 * of the seven days before that have the most requests, at most the limit. A day has no more than twice the limit.
 *
 * - **The day is the event's**, as that of the rollup that is kept small: an import of old days takes nothing from today.
 * - **Once, before the row is written**: what is in the log has its name, and a replay does not change it.
 * - **Exact over restarts.** The day's names are those in `usage_day` and in the log that was left behind, read when an
 *   account first sends a name that memory does not have. Names are dropped from memory (least recently used first) only
 *   when ClickHouse has them.
 * - **Not exact** while ClickHouse does not answer: the names in memory count alone. Nor with several instances: one knows
 *   the names of another after ten seconds and the delivery, so that each may take in up to the limit in that time.
 */
export class NameLimit {
  private readonly logger = new Logger('Names');
  private readonly days: LRUCache<string, DayNames>;
  private readonly unlimited: ReadonlySet<string>;
  /** Names that ClickHouse does not have yet, and for which `days` has no room. */
  private readonly waiting = new Map<string, DayNames>();
  private readonly reading = new Map<Read, Promise<void>>();
  private readFails = false;

  constructor(
    private readonly limited: LimitedNames,
    private readonly repository: NamesRepository,
    private readonly versions: DataVersions,
    private readonly clock: Clock,
  ) {
    this.unlimited = new Set(limited.unlimited);
    this.days = new LRUCache<string, DayNames>({
      maxSize: limited.maxInMemory,
      sizeCalculation: ({ size }) => size + 1,
      disposeAfter: (names, key, reason) => {
        if (reason === 'evict' && versions.isWaiting(names.accountId)) this.waiting.set(key, names);
      },
    });
  }

  /** Puts `{other}` for names of events that are past their account's limit. @returns their positions, ascending */
  async fold(events: readonly NamedEvent[], slices: Slices): Promise<number[]> {
    const found = await this.newNames(events, slices);
    if (found.length === 0) return [];
    for (let reads = this.readsFor(found); reads.length > 0; reads = this.readsFor(found)) await Promise.all(reads);
    this.dropDelivered();
    return found.flatMap((some) => this.foldDay(some)).sort((a, b) => a - b);
  }

  /** Takes in the names of events that ClickHouse does not have yet. */
  async remember(events: readonly NamedEvent[]): Promise<void> {
    for (const { key, accountId, events: some } of await this.newNames(events, new Slices(null))) {
      const names = this.namesOf(key, accountId);
      for (const event of some) names.add(event[this.limited.field]);
      this.hold(key, names);
    }
  }

  /** Most calls have none, and cost a look-up for each event: of a name that was just sent, some microseconds. */
  private async newNames(events: readonly NamedEvent[], slices: Slices): Promise<NewNames[]> {
    const { field } = this.limited;
    const found = new Map<string, NewNames>();
    let [account, day, key] = ['', NaN, ''];
    let names: DayNames | undefined;
    await slices.each(events, (event, position) => {
      const name = nameOf(event, field);
      if (this.unlimited.has(name)) return;
      const { accountId, timestamp } = event;
      const eventDay = Math.floor(timestamp / DAY);
      if (names === undefined || eventDay !== day || accountId !== account) {
        [account, day, key] = [accountId, eventDay, `${eventDay} ${accountId}`];
        names = this.namesOf(key, accountId);
      }
      if (names.has(name)) return;
      const some = found.get(key) ?? { key, accountId, day, events: [], positions: [] };
      some.events.push(event);
      some.positions.push(position);
      found.set(key, some);
    });
    return [...found.values()];
  }

  private foldDay({ key, accountId, events, positions }: NewNames): number[] {
    const names = this.namesOf(key, accountId);
    const { field, limitOf } = this.limited;
    const limit = limitOf(accountId);
    if (limit === null) return [];
    const folded = positions.filter((_, index) => {
      const event = events[index];
      if (event === undefined || names.has(event[field]) || names.admit(event[field], limit)) return false;
      event[field] = OTHER_ENDPOINT;
      return true;
    });
    this.hold(key, names);
    return folded;
  }

  /** What must be read before the events can be named; nothing when all that is needed was read. */
  private readsFor(found: readonly NewNames[]): Promise<void>[] {
    const { field, column, unlimited, limitOf } = this.limited;
    return found.flatMap(({ key, accountId, day, events }) => {
      const names = this.namesOf(key, accountId);
      const unknown = new Set(events.map((event) => event[field]).filter((name) => !names.has(name)));
      const limit = limitOf(accountId);
      if (unknown.size === 0 || limit === null) return [];
      if (this.isDue(names.stored, this.repository.isShared)) {
        return this.read(names.stored, async () => {
          const stored = await this.repository.names(
            column,
            unlimited,
            accountId,
            day,
            day + 1,
            STORED_PER_LIMIT * limit,
          );
          const present = this.namesOf(key, accountId);
          for (const name of stored) present.add(name);
          this.hold(key, present);
        });
      }
      if (!names.isPast(limit, unknown.size) || !this.isDue(names.before, false)) return [];
      return this.read(names.before, async () => {
        const usual = await this.repository.names(column, unlimited, accountId, day - USUAL_DAYS, day, limit);
        const present = this.namesOf(key, accountId);
        present.setUsual(new Set(usual));
        this.hold(key, present);
      });
    });
  }

  private isDue(read: Read, mayChange: boolean): boolean {
    if (this.reading.has(read)) return true;
    return (!read.isDone || mayChange) && this.clock.now() - read.at >= READ_AGAIN_MS;
  }

  /** Makes a read that does not run already. Never rejects, and resolves after `READ_MS` at the latest. */
  private read(of: Read, read: () => Promise<void>): Promise<void> {
    const running = this.reading.get(of);
    if (running) return running;
    of.at = this.clock.now();
    const done = outsideRequest(() =>
      read().then(
        () => {
          of.isDone = true;
          this.readFails = false;
        },
        (error: unknown) => this.failed(error),
      ),
    );
    const inTime = withTimeout(done, READ_MS, () => undefined).finally(() => this.reading.delete(of));
    this.reading.set(of, inTime);
    return inTime;
  }

  /** Says it once: readiness reports how long the storage is away. */
  private failed(error: unknown): void {
    if (!this.readFails) {
      this.logger.warn(
        `Names of ${this.limited.column} cannot be read; those in memory count alone. ${reasonOf(error)}`,
      );
    }
    this.readFails = true;
  }

  private namesOf(key: string, accountId: string): DayNames {
    const known = this.days.get(key) ?? this.waiting.get(key);
    if (known) return known;
    const names = new DayNames(accountId);
    this.hold(key, names);
    return names;
  }

  /** Holds the names under their present size. */
  private hold(key: string, names: DayNames): void {
    this.days.delete(key);
    this.days.set(key, names);
    if (this.days.has(key)) this.waiting.delete(key);
  }

  private dropDelivered(): void {
    for (const [key, { accountId }] of this.waiting) if (!this.versions.isWaiting(accountId)) this.waiting.delete(key);
  }
}

/** Written out, since a look-up by the field's name takes several times as long. */
function nameOf(event: NamedEvent, field: LimitedNames['field']): string {
  if (field === 'endpoint') return event.endpoint;
  return field === 'method' ? event.method : event.errorType;
}
