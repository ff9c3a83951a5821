/** Revocations that ClickHouse does not have yet: in force in memory, and on disk in a file of their own. */
import { Logger } from '@nestjs/common';
import { Serial, reasonOf } from '@meterhouse/common';
import { Disk } from '../storage/disk';
import { Journal } from '../storage/journal';
import { Reserve } from '../storage/reserve';

/** Some hundred lines; a disk that is full takes this many bytes all the same. */
const RESERVE_BYTES = 64 * 1024;

/** The file is added to before a call is answered, and emptied once ClickHouse has what it holds. */
export class Revocations {
  private readonly logger = new Logger('Revocations');
  private readonly journal: Journal;
  private readonly reserve: Reserve;
  private readonly steps = new Serial();
  /** Key ids with the instants in epoch milliseconds. */
  private readonly waiting = new Map<string, number>();
  private readonly onDisk = new Set<string>();

  /** @param folder of its own, made if need be */
  constructor(folder: string, disk = new Disk()) {
    this.journal = new Journal(folder, disk);
    this.reserve = new Reserve(disk, folder, RESERVE_BYTES);
  }

  /** Reads what an earlier process left. @throws Error when the folder cannot be used */
  async open(): Promise<void> {
    const { values, damaged } = await this.journal.open();
    for (const { keyId, revokedAt } of values.filter(isRevocation)) {
      this.waiting.set(keyId, revokedAt);
      this.onDisk.add(keyId);
    }
    if (damaged > 0) {
      this.logger.error(
        `Damaged lines of ${this.journal.path}: ${damaged}. Revocations may be lost, look through GET /keys.`,
      );
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
        await this.reserve.writing(() => this.journal.append([{ keyId, revokedAt }]));
        this.onDisk.add(keyId);
        return true;
      } catch (error) {
        this.logger.error(`The revocation of ${keyId} cannot be written to ${this.journal.path}: ${reasonOf(error)}`);
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
        await this.journal.replace(kept.map(([keyId, revokedAt]) => ({ keyId, revokedAt })));
        await this.reserve.take();
      } catch (error) {
        this.logger.warn(`${this.journal.path} holds revocations that ClickHouse has already: ${reasonOf(error)}`);
      }
    });
  }
}

interface Revocation {
  keyId: string;
  revokedAt: number;
}

function isRevocation(value: unknown): value is Revocation {
  if (typeof value !== 'object' || value === null || !('keyId' in value) || !('revokedAt' in value)) return false;
  return typeof value.keyId === 'string' && typeof value.revokedAt === 'number';
}
