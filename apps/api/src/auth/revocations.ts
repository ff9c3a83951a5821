/** Revocations that ClickHouse does not have yet: in force in memory, and on disk in a file of their own. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Logger } from '@nestjs/common';
import { Serial, reasonOf } from '@meterhouse/common';
import { Disk, isMissing } from '../storage/disk';
import { Reserve } from '../storage/reserve';

/** Some hundred lines; a disk that is full takes this many bytes all the same. */
const RESERVE_BYTES = 64 * 1024;

/**
 * The file has a line for each, `CRC-32 JSON`; it is added to and synced before a call is answered, and emptied once
 * ClickHouse has what it holds. What a crash leaves of a line is skipped.
 */
export class Revocations {
  private readonly logger = new Logger('Revocations');
  private readonly path: string;
  private readonly reserve: Reserve;
  private readonly steps = new Serial();
  /** Key ids with the instants in epoch milliseconds. */
  private readonly waiting = new Map<string, number>();
  private readonly onDisk = new Set<string>();

  /** @param folder of its own, made if need be */
  constructor(
    private readonly folder: string,
    private readonly disk = new Disk(),
  ) {
    this.path = join(folder, 'waiting');
    this.reserve = new Reserve(disk, folder, RESERVE_BYTES);
  }

  /** Reads what an earlier process left. @throws Error when the folder cannot be used */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const line of (await this.text()).split('\n')) {
      const read = decode(line);
      if (read) {
        this.waiting.set(read.keyId, read.revokedAt);
        this.onDisk.add(read.keyId);
      } else if (line !== '') {
        this.logger.error(`A line of ${this.path} is damaged: a revocation may be lost, look through GET /keys.`);
      }
    }
    await this.reserve.take();
  }

  /** The ids of keys whose revocation ClickHouse does not have. */
  get keyIds(): string[] {
    return [...this.waiting.keys()];
  }

  /** When the key was revoked, in epoch milliseconds, as long as ClickHouse does not know that. */
  revokedAt(keyId: string): number | undefined {
    return this.waiting.get(keyId);
  }

  /** In force from now on. */
  add(keyId: string, revokedAt: number): void {
    this.waiting.set(keyId, revokedAt);
  }

  /** Puts one that was added on disk; on a full disk into room that is held for it. @returns false when the disk does not take it */
  async save(keyId: string): Promise<boolean> {
    return this.steps.run(async () => {
      const revokedAt = this.waiting.get(keyId);
      if (revokedAt === undefined || this.onDisk.has(keyId)) return true;
      try {
        await this.reserve.writing(() => this.append(encode({ keyId, revokedAt })));
        this.onDisk.add(keyId);
        return true;
      } catch (error) {
        this.logger.error(`The revocation of ${keyId} cannot be written to ${this.path}: ${reasonOf(error)}`);
        return false;
      }
    });
  }

  /** ClickHouse has these. Never rejects: what stays in the file is written to ClickHouse again after a restart. */
  async stored(keyIds: readonly string[]): Promise<void> {
    await this.steps.run(async () => {
      for (const keyId of keyIds) {
        this.waiting.delete(keyId);
        this.onDisk.delete(keyId);
      }
      try {
        const kept = [...this.waiting].filter(([keyId]) => this.onDisk.has(keyId));
        const lines = kept.map(([keyId, revokedAt]) => encode({ keyId, revokedAt }));
        await this.disk.replace(this.path, Buffer.concat(lines));
        await this.reserve.take();
      } catch (error) {
        this.logger.warn(`${this.path} holds revocations that ClickHouse has already: ${reasonOf(error)}`);
      }
    });
  }

  private async append(line: Buffer): Promise<void> {
    const file = await open(this.path, 'a', 0o600);
    try {
      await this.disk.write(file, [line], (await file.stat()).size);
      await this.disk.sync(file);
    } finally {
      await file.close();
    }
    await this.disk.syncFolder(dirname(this.path));
  }

  private async text(): Promise<string> {
    return readFile(this.path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    });
  }
}

interface Revocation {
  keyId: string;
  revokedAt: number;
}

/** Begins with a line feed, which ends what a write that failed may have left. */
function encode(revocation: Revocation): Buffer {
  const json = JSON.stringify(revocation);
  return Buffer.from(`\n${crc32(json)} ${json}\n`);
}

function decode(line: string): Revocation | undefined {
  const [checksum] = line.split(' ', 1);
  const json = line.slice(line.indexOf(' ') + 1);
  if (String(crc32(json)) !== checksum) return undefined;
  const value: unknown = JSON.parse(json);
  return isRevocation(value) ? value : undefined;
}

function isRevocation(value: unknown): value is Revocation {
  if (typeof value !== 'object' || value === null || !('keyId' in value) || !('revokedAt' in value)) return false;
  return typeof value.keyId === 'string' && typeof value.revokedAt === 'number';
}
