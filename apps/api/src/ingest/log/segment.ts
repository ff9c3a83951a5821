/** One file of the log: written by the log, then closed, sealed and delivered, then removed. */
import { type FileHandle, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { reasonOf } from '@meterhouse/common';
import { Disk, isMissing } from '../../storage/disk';
import { FILE_HEADER, type LogRecord, type WholeRecords, decodeRecords, scanRecords } from './record';
import type { Reserve } from '../../storage/reserve';
import { type Seal, type StoredSeal, decodeSeal, encodeSeal } from './seal';

export type { Seal } from './seal';

/** A part of the log that nothing is added to any more. */
export interface Segment {
  /** Grows from segment to segment and is never used again. */
  readonly number: number;
  /** The acknowledged records, in order. @throws Error when the file was damaged since: a restart sets that aside */
  records(): Promise<LogRecord[]>;
  /** What `writeSeal` wrote last, also before a restart; null when the segment is not sealed. */
  seal(): Promise<Seal | null>;
  /** Fixes what is inserted; on disk when this returns. The next replaces it. */
  writeSeal(seal: Seal): Promise<void>;
  /** Removes the segment and its seal. When it rejects the segment is still there, with its seal. */
  remove(): Promise<void>;
}

/** What the segments of one log share. */
export interface LogFolder {
  disk: Disk;
  path: string;
  reserve: Reserve;
}

export class LogSegment implements Segment {
  /** Called when the segment has gone. */
  onRemoved: () => void = () => undefined;
  /** Acknowledged bytes, from the start of the file: what is past them was never acknowledged and is not handed out. */
  length = 0;
  rows = 0;
  private readonly logger = new Logger('EventLog');
  private handle: FileHandle | undefined;
  /** The file may be longer than `length`. */
  private untrimmed = false;

  constructor(
    private readonly folder: LogFolder,
    readonly number: number,
  ) {}

  /** A segment that was found on disk. */
  static found(folder: LogFolder, number: number, whole: WholeRecords): LogSegment {
    const segment = new LogSegment(folder, number);
    segment.length = whole.length;
    segment.rows = whole.rows;
    return segment;
  }

  get path(): string {
    return join(this.folder.path, `${fileName(this.number)}.log`);
  }

  private get sealPath(): string {
    return join(this.folder.path, `${fileName(this.number)}.seal`);
  }

  /** Whether `append` may be called: after an error only if the file is what it was before. */
  get isOpen(): boolean {
    return this.handle !== undefined;
  }

  async create(): Promise<void> {
    const { disk, path } = this.folder;
    this.handle = await disk.create(this.path);
    try {
      await disk.syncFolder(path);
    } catch (error) {
      await this.close();
      await disk.remove(this.path).catch(() => undefined);
      throw error;
    }
  }

  /** Writes records; they are on disk when this returns, and none of them counts when it rejects. */
  async append(records: readonly Buffer[], rows: number): Promise<void> {
    if (!this.handle) throw new Error(`Segment ${this.number} is closed.`);
    const buffers = this.length === 0 ? [FILE_HEADER, ...records] : records;
    this.untrimmed = true;
    try {
      await this.folder.disk.write(this.handle, buffers, this.length);
    } catch (error) {
      await this.trim().catch(() => this.close());
      throw error;
    }
    try {
      await this.folder.disk.sync(this.handle);
    } catch (error) {
      // The system may have forgotten pages it could not write, so that a later sync of this handle says nothing.
      await this.close();
      throw error;
    }
    this.untrimmed = false;
    this.length += buffers.reduce((bytes, buffer) => bytes + buffer.length, 0);
    this.rows += rows;
  }

  /** Cuts what a failed write left past the acknowledged bytes; a file without any is removed once it is closed. */
  async trim(): Promise<void> {
    if (!this.isOpen && this.rows === 0) await this.folder.disk.remove(this.path);
    else if (this.untrimmed) await this.folder.disk.truncate(this.path, this.length);
    this.untrimmed = false;
  }

  /** Ends writing. Never rejects: what counts was synced before. */
  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = undefined;
    await handle?.close().catch(() => undefined);
  }

  async records(): Promise<LogRecord[]> {
    const file = await this.folder.disk.read(this.path, this.length);
    if (scanRecords(file).length < this.length) {
      throw new Error(`${this.path} was damaged after it was written; a restart sets aside what cannot be read.`);
    }
    return decodeRecords(file);
  }

  async seal(): Promise<Seal | null> {
    const seal = await this.storedSeal();
    return seal && { dropped: seal.dropped };
  }

  /** The seal with the length it was written for. An unreadable one is set aside, and the segment is not sealed. */
  async storedSeal(): Promise<StoredSeal | null> {
    const bytes = await readFile(this.sealPath).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    const seal = bytes && decodeSeal(bytes.toString('utf8'));
    if (bytes === null || seal) return seal ?? null;
    await this.folder.disk.replace(`${this.sealPath}.corrupt`, bytes);
    await this.folder.disk.remove(this.sealPath);
    this.logger.error(
      `The seal of segment ${this.number} is damaged and now called ${this.sealPath}.corrupt. The segment is sealed ` +
        'again; events without ids of their own count twice if it had been inserted.',
    );
    return null;
  }

  async writeSeal(seal: Seal): Promise<void> {
    const bytes = encodeSeal({ bytes: this.length, dropped: seal.dropped });
    await this.folder.reserve.writing(() => this.folder.disk.replace(this.sealPath, bytes));
  }

  /**
   * The segment goes first, and for good before the seal does: were the seal gone and the segment back after a power
   * cut, it would be sealed and inserted as another batch. A seal alone is removed when the log is opened.
   */
  async remove(): Promise<void> {
    const { disk, path, reserve } = this.folder;
    await disk.remove(this.path);
    this.onRemoved();
    try {
      await disk.syncFolder(path);
      await disk.remove(this.sealPath);
    } catch (error) {
      this.logger.warn(
        `The seal of segment ${this.number}, which is delivered, stays until the next start: ${reasonOf(error)}`,
      );
    }
    await reserve.take();
  }
}

/** The name of a segment's files, without what follows the dot. */
export function fileName(number: number): string {
  return String(number).padStart(10, '0');
}
