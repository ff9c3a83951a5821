/** Writes a backup from a snapshot: what an earlier one in the same directory has is linked, all else is copied or linked. */
import { link, mkdir, readdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { errorCode, reasonOf } from '@meterhouse/common';
import { type Tree, copyFile, hashFile, syncFolder, treeOf } from './files';
import {
  type BackupFile,
  BackupError,
  DATA,
  FORMAT,
  MANIFEST,
  type Manifest,
  UNFINISHED,
  backupsIn,
  isBackup,
  readManifest,
} from './manifest';

/** A part of a table is a folder with this file in it, which has the checksums of the others. */
const CHECKSUMS = 'checksums.txt';

/** What may not be hard-linked to another file system, or to a file system that has no links. */
const CANNOT_LINK = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS'];

export interface BackupProgress {
  bytes: number;
  bytesTotal: number;
  /** Of these, bytes that an earlier backup did not have. */
  bytesNew: number;
}

/** What is known of a backup before its files are. */
export type About = Pick<Manifest, 'version' | 'schema' | 'createdAt' | 'tables'>;

export interface WriteOptions {
  onProgress?: (progress: BackupProgress) => void;
  /** Breaks off between two files. */
  signal?: AbortSignal;
}

/**
 * @throws BackupError when backups of this data folder cannot be written to the directory: it is not an absolute path, is in
 *   the data folder or around it, or holds something else
 */
export async function checkDirectory(directory: string, dataDir: string): Promise<void> {
  if (!isAbsolute(directory)) throw new BackupError(`The directory should be an absolute path, but is ${directory}.`);
  const [real, data] = await Promise.all([realPathOf(directory), realPathOf(dataDir)]);
  if (isWithin(real, data) || isWithin(data, real)) {
    throw new BackupError(`The directory ${directory} should be apart from DATA_DIR ${resolve(dataDir)}.`);
  }
  const names = await readdir(directory).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw new BackupError(`The directory ${directory} cannot be read: ${reasonOf(error)}`);
  });
  const other = names.find((name) => !isBackup(name));
  if (other !== undefined) {
    throw new BackupError(`The directory ${directory} should be empty or hold backups alone, but has ${other} in it.`);
  }
}

/**
 * Writes the backup and returns its folder. Broken off, it leaves a folder that no restore accepts and that the next
 * backup removes.
 * @param snapshot a folder that looks like a data folder; parts of tables in it never change
 */
export async function writeBackup(
  snapshot: string,
  directory: string,
  about: About,
  { onProgress, signal }: WriteOptions = {},
): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    if (isBackup(name) && name.endsWith(UNFINISHED)) await rm(join(directory, name), { recursive: true });
  }
  const tree = await treeOf(snapshot);
  const earlier = await Earlier.latestIn(directory);
  const backup = join(directory, await nameFor(about.createdAt, directory));
  const writer = new Writer(snapshot, join(backup + UNFINISHED, DATA), earlier, tree);
  await mkdir(backup + UNFINISHED, { mode: 0o700 });
  const files: BackupFile[] = [];
  const progress = { bytes: 0, bytesTotal: tree.files.reduce((sum, { bytes }) => sum + bytes, 0), bytesNew: 0 };
  await writer.makeFolders();
  for (const { path } of tree.files) {
    signal?.throwIfAborted();
    const { file, isNew } = await writer.write(path);
    files.push(file);
    progress.bytes += file.bytes;
    if (isNew) progress.bytesNew += file.bytes;
    onProgress?.(progress);
  }
  await writer.finish();
  const manifest: Manifest = { format: FORMAT, ...about, files, links: tree.links };
  const text = `${JSON.stringify(manifest, undefined, 1)}\n`;
  await writeFile(join(backup + UNFINISHED, MANIFEST), text, { mode: 0o600, flush: true });
  await syncFolder(backup + UNFINISHED);
  await rename(backup + UNFINISHED, backup);
  await syncFolder(directory);
  return backup;
}

class Writer {
  private canLink = true;
  /** The folders of parts, each with whether the earlier backup has the same part; null: not looked at yet. */
  private readonly parts: Map<string, boolean | null>;

  constructor(
    private readonly source: string,
    private readonly target: string,
    private readonly earlier: Earlier | null,
    private readonly tree: Tree,
  ) {
    const checksums = tree.files.filter(({ path }) => basename(path) === CHECKSUMS);
    this.parts = new Map(checksums.map(({ path }) => [dirname(path), null]));
  }

  async makeFolders(): Promise<void> {
    await mkdir(this.target, { mode: 0o700 });
    for (const path of this.tree.folders) await mkdir(join(this.target, path), { mode: 0o700 });
    for (const { path, target } of this.tree.links) await symlink(target, join(this.target, path));
  }

  async write(path: string): Promise<{ file: BackupFile; isNew: boolean }> {
    const [from, to] = [join(this.source, path), join(this.target, path)];
    const isOfPart = this.parts.has(dirname(path));
    const known = isOfPart && this.earlier !== null ? await this.knownTo(this.earlier, path) : undefined;
    if (known !== undefined && (await linked(known.at, to))) return { file: known.file, isNew: false };
    if (isOfPart && this.canLink) {
      if (await linked(from, to)) return { file: { path, ...(await hashFile(to)) }, isNew: true };
      this.canLink = false;
    }
    return { file: { path, ...(await copyFile(from, to)) }, isNew: true };
  }

  async finish(): Promise<void> {
    for (const path of this.tree.folders) await syncFolder(join(this.target, path));
    await syncFolder(this.target);
  }

  /** The file of the earlier backup, if that has the same part and not another of its name. */
  private async knownTo(earlier: Earlier, path: string): Promise<{ at: string; file: BackupFile } | undefined> {
    const part = dirname(path);
    const file = earlier.files.get(path);
    let isSame = this.parts.get(part) ?? null;
    if (isSame === null) {
      const checksums = `${part}/${CHECKSUMS}`;
      const known = earlier.files.get(checksums)?.sha256;
      isSame = known !== undefined && (await hashFile(join(this.source, checksums))).sha256 === known;
      this.parts.set(part, isSame);
    }
    return isSame && file !== undefined ? { at: join(earlier.data, path), file } : undefined;
  }
}

/** The last backup in a directory, whose files may be linked. */
class Earlier {
  readonly files: ReadonlyMap<string, BackupFile>;

  private constructor(
    readonly data: string,
    files: readonly BackupFile[],
  ) {
    this.files = new Map(files.map((file) => [file.path, file]));
  }

  /** Null when there is none, or none that can be read: then everything is copied. */
  static async latestIn(directory: string): Promise<Earlier | null> {
    const name = (await backupsIn(directory)).at(-1);
    if (name === undefined) return null;
    const manifest = await readManifest(join(directory, name)).catch(() => null);
    return manifest && new Earlier(join(directory, name, DATA), manifest.files);
  }
}

/** @returns false where the file system has no such link, or the file has gone */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ([...CANNOT_LINK, 'ENOENT'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** `2026-03-02T10-15-30Z`, with a number behind it where that is taken. */
async function nameFor(createdAt: string, directory: string): Promise<string> {
  const name = `${createdAt.slice(0, 19).replaceAll(':', '-')}Z`;
  const taken = await readdir(directory);
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? name : `${name}-${number}`;
    if (!taken.includes(numbered)) return numbered;
  }
}

/** The path with links resolved, of as much of it as exists. */
async function realPathOf(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw new BackupError(`${path} cannot be used: ${reasonOf(error)}`);
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(await realPathOf(parent), absolute.slice(parent.length));
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
