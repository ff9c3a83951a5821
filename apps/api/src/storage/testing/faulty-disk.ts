/** A disk whose steps a test can make fail, or at which it can cut the power. */
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle } from 'node:fs/promises';
import { Disk, TEMPORARY } from '../disk';

export type Step = 'create' | 'write' | 'sync' | 'truncate' | 'replace' | 'remove' | 'syncFolder';

/** Counts steps and lets `fault` fail any; a failing write leaves some of its bytes, as a full disk does. */
export class FaultyDisk extends Disk {
  readonly counts: Record<Step, number> = {
    create: 0,
    write: 0,
    sync: 0,
    truncate: 0,
    replace: 0,
    remove: 0,
    syncFolder: 0,
  };
  /** Asked before each step; an error makes it fail. */
  fault: (step: Step) => Error | undefined = () => undefined;
  /** The part of its bytes that a failing write leaves. */
  torn = 0.5;

  override async create(path: string): Promise<FileHandle> {
    await this.step('create');
    return super.create(path);
  }

  override async write(handle: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> {
    try {
      await this.step('write');
    } catch (error) {
      await super.write(handle, part(Buffer.concat(buffers), this.torn), position);
      throw error;
    }
    await super.write(handle, buffers, position);
  }

  override async sync(handle: FileHandle): Promise<void> {
    await this.step('sync');
    await super.sync(handle);
  }

  override async truncate(path: string, length: number): Promise<void> {
    await this.step('truncate');
    await super.truncate(path, length);
  }

  override async replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.step('replace');
    await super.replace(path, bytes);
  }

  override async remove(path: string): Promise<void> {
    await this.step('remove');
    await super.remove(path);
  }

  override async syncFolder(folder: string): Promise<void> {
    await this.step('syncFolder');
    await super.syncFolder(folder);
  }

  private async step(step: Step): Promise<void> {
    this.counts[step] += 1;
    const error = this.fault(step);
    if (error) throw error;
  }
}

/**
 * A disk that loses power at its nth half-step (before or after what it does) and never answers again. `lose` then takes
 * away what was not synced: the end of written files, in part, and removals.
 */
export class MortalDisk extends Disk {
  /** Resolves when the power is cut. */
  readonly death: Promise<void>;
  private die: () => void = () => undefined;
  private halfSteps = 0;
  private readonly paths = new Map<FileHandle, string>();
  private readonly synced = new Map<string, number>();
  private readonly removed = new Map<string, Buffer>();

  /** @param torn the part of unsynced bytes that survive, 0 to 1 */
  constructor(
    private readonly deathAt: number,
    private readonly torn: number,
  ) {
    super();
    this.death = new Promise((resolve) => (this.die = resolve));
  }

  /** What a power cut does to the files. @param removals whether unsynced removals are undone */
  async lose(removals: boolean): Promise<void> {
    await Promise.all([...this.paths.keys()].map((handle) => handle.close().catch(() => undefined)));
    for (const [path, synced] of this.synced) {
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (size > synced) truncateSync(path, synced + Math.floor((size - synced) * this.torn));
    }
    if (removals) for (const [path, bytes] of this.removed) writeFileSync(path, bytes);
  }

  override async create(path: string): Promise<FileHandle> {
    return this.mortal(async () => {
      const handle = await super.create(path);
      this.paths.set(handle, path);
      this.synced.set(path, 0);
      return handle;
    });
  }

  override async write(handle: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> {
    const all = Buffer.concat(buffers);
    const tear = (): Promise<void> => super.write(handle, part(all, this.torn), position);
    return this.mortal(() => super.write(handle, buffers, position), tear);
  }

  override async sync(handle: FileHandle): Promise<void> {
    return this.mortal(async () => {
      await super.sync(handle);
      const path = this.paths.get(handle) ?? '';
      this.synced.set(path, statSync(path).size);
    });
  }

  override async truncate(path: string, length: number): Promise<void> {
    return this.mortal(() => super.truncate(path, length));
  }

  override async replace(path: string, bytes: Uint8Array): Promise<void> {
    const tear = async (): Promise<void> =>
      writeFileSync(path + TEMPORARY, Buffer.concat(part(Buffer.from(bytes), this.torn)));
    return this.mortal(() => super.replace(path, bytes), tear);
  }

  override async remove(path: string): Promise<void> {
    return this.mortal(async () => {
      if (statSync(path, { throwIfNoEntry: false })) this.removed.set(path, readFileSync(path));
      await super.remove(path);
    });
  }

  override async syncFolder(folder: string): Promise<void> {
    return this.mortal(async () => {
      await super.syncFolder(folder);
      this.removed.clear();
    });
  }

  /** @param tear what a power cut at the start of the step does */
  private async mortal<T>(step: () => Promise<T>, tear?: () => Promise<void>): Promise<T> {
    await this.halfStep(tear);
    const result = await step();
    await this.halfStep();
    return result;
  }

  private async halfStep(tear?: () => Promise<void>): Promise<void> {
    this.halfSteps += 1;
    if (this.halfSteps < this.deathAt) return;
    if (this.halfSteps === this.deathAt) {
      await tear?.();
      this.die();
    }
    await new Promise(() => undefined);
  }
}

/** The first part of the bytes, as buffers, none of them empty. */
function part(bytes: Buffer, fraction: number): Buffer[] {
  const length = Math.floor(bytes.length * fraction);
  return length === 0 ? [] : [bytes.subarray(0, length)];
}
