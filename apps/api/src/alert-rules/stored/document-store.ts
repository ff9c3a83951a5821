import { Clock, DAY, MINUTE, Poll, Serial, withTimeout } from '@meterhouse/common';
import type { DocumentsStorage, Stored } from './documents.repository';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 1_000;

/** Versions are clock readings: this much of the past is read again, for instances whose clock is behind. */
const POLL_OVERLAP_MS = 5 * MINUTE;

/** What still reads or writes when the service stops has this long; a server that hangs must not hold the stop up. */
const STOP_MS = 500;

/** Deleted documents are known for this long: an evaluation has ended what depends on them by then. */
const DELETED_MS = 7 * DAY;

/** What a store says of its polls. */
export interface StoreLog {
  failed: (error: unknown) => void;
  recovered: () => void;
}

/**
 * Documents in memory, as keys are: writes run one after another, ClickHouse first; with a shared server the changes of
 * other instances are read every second.
 */
export class DocumentStore<T> {
  private readonly documents = new Map<string, Stored<T>>();
  private readonly writes = new Serial();
  private readonly poll: Poll;
  private newest = 0;

  constructor(
    private readonly storage: DocumentsStorage<T>,
    private readonly clock: Clock,
    log: StoreLog,
  ) {
    this.poll = new Poll(() => this.readChanges(), POLL_INTERVAL_MS, log.failed, log.recovered);
  }

  async open(): Promise<void> {
    await this.readChanges();
    if (this.storage.shared) this.poll.start();
  }

  /** ClickHouse closes after. */
  async close(): Promise<void> {
    await withTimeout(Promise.all([this.poll.stop(), this.writes.idle()]), STOP_MS, () => undefined);
  }

  /** Those that are not deleted. */
  *all(): Generator<Stored<T>> {
    for (const document of this.documents.values()) if (!document.deleted) yield document;
  }

  /** Deleted ones, too, as long as they are known. */
  find(id: string): Stored<T> | undefined {
    return this.documents.get(id);
  }

  /**
   * Writes a document, new or changed. Resolves when every later `find` returns it.
   * @param change makes it of the document as it is now; nothing is written when it throws
   */
  async write(
    id: string,
    change: (present: Stored<T> | undefined, version: number) => Omit<Stored<T>, 'id' | 'version'>,
  ): Promise<T> {
    return this.writes.run(async () => {
      if (this.storage.shared) await this.readChanges();
      const present = this.documents.get(id);
      const version = Math.max(this.clock.now(), (present?.version ?? 0) + 1);
      const document = { ...change(present, version), id, version };
      await this.storage.insert(document);
      this.put(document);
      return document.body;
    });
  }

  private async readChanges(): Promise<void> {
    const since = Math.max(0, this.newest - POLL_OVERLAP_MS);
    for (const document of await this.storage.findChangedSince(since)) this.put(document);
    const known = this.clock.now() - DELETED_MS;
    for (const [id, { deleted, version }] of this.documents) if (deleted && version < known) this.documents.delete(id);
  }

  private put(document: Stored<T>): void {
    this.newest = Math.max(this.newest, document.version);
    if ((this.documents.get(document.id)?.version ?? -1) < document.version) this.documents.set(document.id, document);
  }
}
