/** Records of a table of which the newest version of each id counts, all in memory, for whoever asks for them at every call. */
import type { Logger } from '@nestjs/common';
import { type Clock, MINUTE, Poll, Serial, reasonOf, withTimeout } from '@meterhouse/common';

/** Versions are clock readings: this much of the past is read again, for instances whose clock is behind. */
const POLL_OVERLAP_MS = 5 * MINUTE;

/** What still reads or writes when the service stops has this long; a server that hangs must not hold the stop up. */
const STOP_MS = 500;

/** Where the records are stored; in specs whose subject is another, nowhere. */
export interface VersionedTable<T> {
  /** True when other instances write the same table. */
  readonly shared: boolean;
  /** The newest version of each record that changed at or after a version. */
  findChangedSince(version: number): Promise<T[]>;
  insert(record: T): Promise<void>;
}

export interface RecordsOptions<T> {
  idOf: (record: T) => string;
  /** What they are, for the log: `channels`. */
  name: string;
  logger: Logger;
  /** How often the changes of other instances are read. */
  pollMs: number;
  /** Which records nobody asks for any more; none unless it is said. */
  isOver?: (record: T, now: number) => boolean;
}

/**
 * Writes run one after another, ClickHouse first, so that memory never knows more than the disk; with a shared server the
 * changes of other instances are read every so often.
 */
export class VersionedRecords<T extends { version: number }> {
  private readonly records = new Map<string, T>();
  private readonly writes = new Serial();
  private readonly poll: Poll;
  private newest = 0;

  constructor(
    private readonly table: VersionedTable<T>,
    private readonly clock: Clock,
    private readonly options: RecordsOptions<T>,
  ) {
    const { name, logger, pollMs } = options;
    this.poll = new Poll(
      () => this.readChanges(),
      pollMs,
      (error) => logger.error(`Changes of ${name} cannot be read; retrying. ${reasonOf(error)}`),
      () => logger.log(`Changes of ${name} are read again.`),
    );
  }

  /** Reads all of them. @throws StorageFailure */
  async open(): Promise<void> {
    await this.readChanges();
    if (this.table.shared) this.poll.start();
  }

  /** ClickHouse closes after. */
  async close(): Promise<void> {
    await withTimeout(Promise.all([this.poll.stop(), this.writes.idle()]), STOP_MS, () => undefined);
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  values(): Iterable<T> {
    return this.records.values();
  }

  /**
   * Writes a record, new or changed. Resolves when every later `get` returns it.
   * @param make makes it of the record as it is now, with the version that it is given; nothing is written where it throws,
   *   or returns undefined
   */
  async write<R extends T | undefined>(id: string, make: (present: T | undefined, version: number) => R): Promise<R> {
    return this.writes.run(async () => {
      if (this.table.shared) await this.readChanges();
      const present = this.records.get(id);
      const record = make(present, Math.max(this.clock.now(), (present?.version ?? 0) + 1));
      if (record === undefined) return record;
      await this.table.insert(record);
      this.put(record);
      return record;
    });
  }

  private async readChanges(): Promise<void> {
    const since = Math.max(0, this.newest - POLL_OVERLAP_MS);
    for (const record of await this.table.findChangedSince(since)) this.put(record);
    const { isOver } = this.options;
    if (!isOver) return;
    const now = this.clock.now();
    for (const [id, record] of this.records) if (isOver(record, now)) this.records.delete(id);
  }

  private put(record: T): void {
    const id = this.options.idOf(record);
    if ((this.records.get(id)?.version ?? -1) >= record.version) return;
    this.records.set(id, record);
    this.newest = Math.max(this.newest, record.version);
  }
}
