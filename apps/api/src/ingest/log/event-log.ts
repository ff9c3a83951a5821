/** The write-ahead log: accepted events are on disk here until ClickHouse has them. */
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Serial, reasonOf } from '@meterhouse/common';
import { Disk } from '../../storage/disk';
import { type LogRecord, encodeRecord } from './record';
import { recover } from './recover';
import { Reserve } from '../../storage/reserve';
import { type LogFolder, LogSegment, type Segment } from './segment';
import { SegmentNumbers } from './segment-numbers';

export { LogRecord } from './record';
export type { Seal, Segment } from './segment';

/** The log, or its queue in memory, is at its limit; nothing was written. */
export class LogFullError extends Error {}

/** The disk refused the record (full, read-only, broken, …; see `cause`), or the log is closed. */
export class LogWriteError extends Error {}

export interface EventLogOptions {
  /** Most bytes on disk. */
  byteLimit: number;
  /** Most bytes of a segment. @default 48 MiB */
  segmentBytes?: number;
  /** Most rows of a segment. @default 250 000 */
  segmentRows?: number;
}

/** Larger blocks cost the engine less per row; this many rows and their copies still fit the memory. */
export const SEGMENT_ROWS = 250_000;

/** Most bytes waiting for the disk, which bounds the log's memory. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/**
 * Segments go once they are delivered, and to be delivered they must be sealed: without room for a seal a full disk would
 * stay full. More than the largest seal of a segment of the default size.
 */
const RESERVE_BYTES = 2 * 1024 * 1024;

/** While writing fails it is tried this often, for nobody may send events to a service that is not ready. */
const PROBE_MS = 5_000;
const PROBE_BYTES = 64 * 1024;

/** A record waiting for the disk. */
interface Waiting {
  record: LogRecord;
  resolve: (segment: number) => void;
  reject: (error: LogWriteError) => void;
}

/**
 * An append-only log in segments, each a file of checksummed records.
 *
 * - **Durable.** `append` resolves once fdatasync has returned. What is appended while a write is under way shares the
 *   next write and its fdatasync; there is no timer. Order is kept.
 * - **Bounded.** Past `byteLimit`, or with more than 64 MiB (`byteLimit` if that is less) in memory waiting for the
 *   disk, LogFullError.
 * - **Failing disk.** The appends of a failed write get LogWriteError and its bytes are cut from the file, so that they
 *   can be sent again. Each later append tries anew: no restart is needed when space returns. If it cannot
 *   be cut, it is not delivered, and each later write tries again to cut it; only a crash before that brings whole
 *   records of it back, as any crash between a write and its answer does.
 * - **Crash.** `open` cuts the unfinished write and continues in a new segment; see `recover`.
 *
 * One process owns the folder.
 */
export class EventLog {
  /** Called when writing begins to fail, with false, and when it succeeds again. */
  onWritable: (can: boolean) => void = () => undefined;
  private readonly logger = new Logger('EventLog');
  /** Closed segments, oldest first. */
  private closed: LogSegment[];
  private current: LogSegment | undefined;
  /** Segments whose file could not be truncated after a failed write. */
  private readonly leftovers = new Set<LogSegment>();
  private readonly queue: Waiting[] = [];
  private waitingBytes = 0;
  private writing: Promise<void> | undefined;
  /** Steps on the files. */
  private readonly steps = new Serial();
  private closing = false;
  private lastWriteFailed = false;
  private probing: NodeJS.Timeout | undefined;

  private constructor(
    private readonly folder: LogFolder,
    private readonly numbers: SegmentNumbers,
    private readonly limits: Required<EventLogOptions>,
    segments: LogSegment[],
  ) {
    this.closed = segments;
    for (const segment of segments) this.forgetOnRemoval(segment);
  }

  /**
   * Opens the log in a folder, creating it if needed, with what an earlier process left in it.
   * @param disk replaced in tests, to make operations fail
   * @throws Error when the folder or a file in it cannot be read or written
   */
  static async open(path: string, options: EventLogOptions, disk = new Disk()): Promise<EventLog> {
    const folder = { disk, path, reserve: new Reserve(disk, path, RESERVE_BYTES) };
    const { segments, highest } = await recover(folder);
    await folder.reserve.take();
    const numbers = await SegmentNumbers.open(disk, path, highest);
    return new EventLog(
      folder,
      numbers,
      { segmentBytes: 48 * 1024 * 1024, segmentRows: SEGMENT_ROWS, ...options },
      segments,
    );
  }

  /** Bytes on disk over all segments. */
  get bytes(): number {
    return this.sum((segment) => segment.length);
  }

  /** Rows on disk over all segments. */
  get rows(): number {
    return this.sum((segment) => segment.rows);
  }

  /** Whether the last write failed. */
  get failing(): boolean {
    return this.lastWriteFailed;
  }

  /**
   * Writes a record.
   * @returns the number of the segment that holds it, once it is on disk
   * @throws LogFullError past a limit; LogWriteError when the disk refuses it; either way it is not in the log
   */
  async append(record: LogRecord): Promise<number> {
    if (this.closing) throw new LogWriteError('The log is closed.');
    this.refuseIfFull(record.bytes);
    return new Promise((resolve, reject) => {
      this.queue.push({ record, resolve, reject });
      this.waitingBytes += record.bytes;
      this.writing ??= this.writeAll();
    });
  }

  /**
   * The oldest segment, the same one until it is removed; null when the log is empty. If it is still open it is closed
   * after the running write, and the next append starts another.
   */
  async take(): Promise<Segment | null> {
    if (this.closed.length === 0) await this.steps.run(() => this.closeCurrent());
    return this.closed[0] ?? null;
  }

  /** What an earlier process left behind, until `take` is called. */
  async *closedRecords(): AsyncGenerator<LogRecord> {
    for (const segment of this.closed) yield* await segment.records();
  }

  /** Whether the disk takes something now; `failing` says so after. Never rejects. */
  async probe(): Promise<void> {
    const { disk, path } = this.folder;
    await this.steps.run(async () => {
      try {
        await disk.replace(join(path, 'probe'), Buffer.alloc(PROBE_BYTES, 1));
        await disk.remove(join(path, 'probe'));
        this.succeeded();
      } catch {
        // Said when the write failed.
      }
    });
  }

  /** Refuses further appends and resolves when the queue is written. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.probing);
    await this.writing;
    await this.steps.run(async () => {
      await this.closeCurrent();
      await this.trimLeftovers();
    });
  }

  private sum(value: (segment: LogSegment) => number): number {
    return this.closed.reduce((sum, segment) => sum + value(segment), this.current ? value(this.current) : 0);
  }

  private refuseIfFull(bytes: number): void {
    const { byteLimit } = this.limits;
    const waiting = this.waitingBytes + bytes;
    if (this.bytes + waiting > byteLimit) {
      throw new LogFullError(
        `The log holds ${this.bytes} of ${byteLimit} bytes; it takes more when some are delivered.`,
      );
    }
    if (waiting > MAX_WAITING_BYTES) {
      throw new LogFullError(`${this.waitingBytes} bytes wait to be written to the log; it takes more in a moment.`);
    }
  }

  /** Writes until the queue is empty. Never rejects. */
  private async writeAll(): Promise<void> {
    while (this.queue.length > 0) await this.steps.run(() => this.writeGroup());
    this.writing = undefined;
  }

  /** Writes the part of the queue that fits the segment, in one write and one sync, and settles its callers. Never rejects. */
  private async writeGroup(): Promise<void> {
    const next = this.queue[0]?.record;
    if (this.current && next && !this.fits(this.current, next.bytes, next.count)) await this.closeCurrent();
    const group = this.takeGroup();
    const rows = group.reduce((sum, { record }) => sum + record.count, 0);
    try {
      await this.trimLeftovers();
      const segment = (this.current ??= await this.createSegment());
      await segment.append(
        group.flatMap(({ record }) => encodeRecord(record)),
        rows,
      );
      this.succeeded();
      for (const { resolve } of group) resolve(segment.number);
    } catch (cause) {
      await this.retireCurrent();
      const error = this.failed(cause);
      for (const { reject } of group) reject(error);
    } finally {
      this.waitingBytes -= group.reduce((sum, { record }) => sum + record.bytes, 0);
    }
  }

  /** Removes from the queue what fits the current segment, at least one record. */
  private takeGroup(): Waiting[] {
    let bytes = 0;
    let rows = 0;
    const end = this.queue.findIndex(({ record }, index) => {
      bytes += record.bytes;
      rows += record.count;
      return index > 0 && !this.fits(this.current, bytes, rows);
    });
    return this.queue.splice(0, end === -1 ? this.queue.length : end);
  }

  /** An empty segment fits any record. */
  private fits(segment: LogSegment | undefined, bytes: number, rows: number): boolean {
    const { segmentBytes, segmentRows } = this.limits;
    return (segment?.length ?? 0) + bytes <= segmentBytes && (segment?.rows ?? 0) + rows <= segmentRows;
  }

  private async createSegment(): Promise<LogSegment> {
    const segment = new LogSegment(this.folder, await this.numbers.next());
    this.forgetOnRemoval(segment);
    await segment.create();
    return segment;
  }

  private forgetOnRemoval(segment: LogSegment): void {
    segment.onRemoved = () => {
      this.leftovers.delete(segment);
      this.closed = this.closed.filter((other) => other !== segment);
    };
  }

  private async closeCurrent(): Promise<void> {
    const segment = this.current;
    if (!segment || segment.rows === 0) return;
    this.current = undefined;
    this.closed.push(segment);
    await segment.close();
  }

  /** After a failed write: continues in a new segment if the file cannot be trusted. */
  private async retireCurrent(): Promise<void> {
    const segment = this.current;
    if (!segment || segment.isOpen) return;
    this.current = undefined;
    if (segment.rows > 0) this.closed.push(segment);
    this.leftovers.add(segment);
    await this.trimLeftovers();
  }

  private async trimLeftovers(): Promise<void> {
    for (const segment of [...this.leftovers]) {
      try {
        await segment.trim();
        this.leftovers.delete(segment);
      } catch {
        // The next write tries again; until then the segment knows how many of its bytes count.
      }
    }
  }

  private succeeded(): void {
    if (!this.lastWriteFailed) return;
    this.logger.log(`The log in ${this.folder.path} can be written again.`);
    this.lastWriteFailed = false;
    clearInterval(this.probing);
    this.onWritable(true);
  }

  private failed(cause: unknown): LogWriteError {
    const error = new LogWriteError(`The log in ${this.folder.path} cannot be written: ${reasonOf(cause)}`, { cause });
    if (!this.lastWriteFailed) {
      this.logger.error(`${error.message}. Events are refused until it can; see disk and folder.`);
      this.lastWriteFailed = true;
      if (!this.closing) this.probing = setInterval(() => void this.probe(), PROBE_MS).unref();
      this.onWritable(false);
    }
    return error;
  }
}
