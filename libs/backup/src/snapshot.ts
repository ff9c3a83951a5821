/**
 * The data folder as of one moment, in hard links within it, which take milliseconds and no room. Parts of tables never
 * change once they are written, so that the copy can take its time.
 */
import { copyFile, link, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type ClickHouse, STAGING_PREFIX } from '@meterhouse/clickhouse';
import { errorCode } from '@meterhouse/common';
import { type DataTable, EVENT_TABLES, activeParts, figuresOf, schemaOf, tablesOf } from './figures';
import { BackupError, type Figures } from './manifest';

/** The folder is named by the engine: `shadow/NAME` is what `ALTER TABLE … FREEZE WITH NAME` makes. */
const NAME = 'meterhouse';

/** In the data folder: the copy that was taken before an upgrade. */
export const UPGRADE_FOLDER = 'upgrade-backup';

/**
 * What is not copied of the data folder: what stands for the running process, rows on their way to the engine, room held
 * free, and what the engine makes by itself. Its tables are copied apart from the rest.
 */
const LEFT_OUT = [
  'access',
  'data',
  'exports',
  'metadata',
  'owner.pid',
  'shadow',
  'status',
  'store',
  'tmp',
  UPGRADE_FOLDER,
];
const LEFT_OUT_ANYWHERE = /^(reserve|probe)$|\.(tmp|part)$/;

/** How often a table is frozen again that changes meanwhile. */
const MAX_TRIES = 20;

export class Snapshot {
  private constructor(
    private readonly clickhouse: ClickHouse,
    private readonly dataDir: string,
    /** Looks like a data folder once it is complete. */
    readonly folder: string,
    private readonly tables: readonly DataTable[],
  ) {}

  /** Removes what a crash left of another one, and lets merges rest until `complete`: parts stay, to be read for the figures. */
  static async prepare(clickhouse: ClickHouse, dataDir: string): Promise<Snapshot> {
    const folder = join(dataDir, 'shadow', NAME);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const snapshot = new Snapshot(clickhouse, dataDir, folder, await tablesOf(clickhouse, STAGING_PREFIX));
    await clickhouse.command('SYSTEM STOP MERGES');
    return snapshot;
  }

  /**
   * Takes what moves with the delivery of events, which rests meanwhile: the log, dead letters, the tables of events.
   * Files come first, and of these the log last, into which dead letters go back: what was acknowledged is in one of two
   * places while it moves. Until `complete` no deletion or repair may run.
   */
  async take(): Promise<void> {
    await this.linkFiles();
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      for (const table of this.ofEvents) await this.freezeEvents(table);
      // The last merge may end after it was told to rest.
      if (await this.isActive()) return;
      for (const table of this.ofEvents) await this.removeParts(table);
    }
    throw new BackupError('The tables of events are merged all the time; back up again.');
  }

  /**
   * Adds all else.
   * @returns what the tables hold; `events` and rollups as of `take`
   */
  async complete(): Promise<Record<string, Figures>> {
    await this.copyDefinitions();
    const figures: Record<string, Figures> = {};
    for (const table of this.tables) {
      await this.copyPlainFiles(this.pathOf(table));
      figures[table.name] = isOfEvents(table)
        ? await figuresOf(this.clickhouse, table, await this.partsOf(table))
        : await this.freezeWhileStill(table);
    }
    await this.clickhouse.command('SYSTEM START MERGES');
    return figures;
  }

  /** The number of the last migration. */
  schema(): Promise<number> {
    return schemaOf(this.clickhouse);
  }

  /** Removes it, at whatever step. */
  async remove(): Promise<void> {
    await this.clickhouse.command('SYSTEM START MERGES');
    await rm(this.folder, { recursive: true, force: true });
  }

  private get ofEvents(): DataTable[] {
    return this.tables.filter(isOfEvents);
  }

  private async linkFiles(): Promise<void> {
    const entries = await readdir(this.dataDir, { withFileTypes: true });
    const kept = entries.filter(({ name }) => !LEFT_OUT.includes(name)).sort((a, b) => rank(a.name) - rank(b.name));
    for (const entry of kept) {
      if (entry.isDirectory()) await this.linkFolder(entry.name);
      else if (entry.isFile()) await linkNew(join(this.dataDir, entry.name), join(this.folder, entry.name));
    }
  }

  /** Looks again until nothing is new: a file may be renamed between the look and the link. */
  private async linkFolder(path: string): Promise<void> {
    await mkdir(join(this.folder, path), { mode: 0o700 });
    const linked = new Set<string>();
    for (let isNew = true; isNew;) {
      isNew = false;
      for (const entry of await readdir(join(this.dataDir, path), { withFileTypes: true })) {
        const inside = join(path, entry.name);
        if (linked.has(inside) || LEFT_OUT_ANYWHERE.test(entry.name)) continue;
        if (entry.isDirectory()) await this.linkFolder(inside);
        else if (entry.isFile()) await linkNew(join(this.dataDir, inside), join(this.folder, inside));
        linked.add(inside);
        isNew = true;
      }
    }
  }

  /** `metadata/DATABASE` is a link to the folder of the definitions of its tables. */
  private async copyDefinitions(): Promise<void> {
    await mkdir(join(this.folder, 'metadata'), { mode: 0o700 });
    for (const entry of await readdir(join(this.dataDir, 'metadata'), { withFileTypes: true })) {
      const path = join('metadata', entry.name);
      if (!entry.isSymbolicLink()) continue;
      const target = await readlink(join(this.dataDir, path));
      await symlink(target, join(this.folder, path));
      await this.copyPlainFiles(join('metadata', target));
    }
  }

  /** The files of a folder, not those of folders in it; the engine adds to some of them in place. */
  private async copyPlainFiles(path: string): Promise<void> {
    const entries = await readdir(join(this.dataDir, path), { withFileTypes: true }).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    });
    await mkdir(join(this.folder, path), { recursive: true, mode: 0o700 });
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.endsWith('.tmp')) continue;
      await copyFile(join(this.dataDir, path, entry.name), join(this.folder, path, entry.name));
    }
  }

  private async freeze({ name }: DataTable): Promise<void> {
    await this.clickhouse.command(`ALTER TABLE {table:Identifier} FREEZE WITH NAME '${NAME}'`, { table: name });
  }

  /** What the table knows of inserts by their tokens goes with it. */
  private async freezeEvents(table: DataTable): Promise<void> {
    await this.copyPlainFiles(join(this.pathOf(table), 'deduplication_logs'));
    await this.freeze(table);
  }

  /** Whether the frozen parts are those that the tables of events have now. */
  private async isActive(): Promise<boolean> {
    const frozen = await Promise.all(
      this.ofEvents.map(async (table) => (await this.partsOf(table)).map((part) => `${table.name}/${part}`)),
    );
    return frozen.flat().sort().join() === (await activeParts(this.clickhouse, EVENT_TABLES)).join();
  }

  /** Freezes a table that others write, between two of their changes. */
  private async freezeWhileStill(table: DataTable): Promise<Figures> {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const before = await figuresOf(this.clickhouse, table);
      await this.freeze(table);
      if (JSON.stringify(await figuresOf(this.clickhouse, table)) === JSON.stringify(before)) return before;
      await this.removeParts(table);
    }
    throw new BackupError(`The table ${table.name} changes all the time; back up when less is written.`);
  }

  /** The frozen parts of a table, by name. */
  private async partsOf(table: DataTable): Promise<string[]> {
    const entries = await readdir(join(this.folder, this.pathOf(table)), { withFileTypes: true });
    const parts = entries.filter((entry) => entry.isDirectory() && entry.name !== 'deduplication_logs');
    return parts.map(({ name }) => name).sort();
  }

  private async removeParts(table: DataTable): Promise<void> {
    for (const part of await this.partsOf(table))
      await rm(join(this.folder, this.pathOf(table), part), { recursive: true });
  }

  private pathOf({ path }: DataTable): string {
    return relative(this.dataDir, path);
  }
}

function isOfEvents({ name }: DataTable): boolean {
  return EVENT_TABLES.includes(name);
}

/** The log comes last. */
function rank(name: string): number {
  return name === 'log' ? 1 : 0;
}

/** Not a file that has gone, of which the next look finds what it has become. */
async function linkNew(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await link(from, to).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}
