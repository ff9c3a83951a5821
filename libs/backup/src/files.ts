/** Files as backups need them: listed, hashed, copied for good. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Read at once: some tenths of a millisecond of the event loop for the hash. */
const CHUNK_BYTES = 256 * 1024;

/** What is in a folder and the folders in it, by path from it, in the order of the paths. */
export interface Tree {
  files: { path: string; bytes: number }[];
  links: { path: string; target: string }[];
  folders: string[];
}

export async function treeOf(root: string): Promise<Tree> {
  const tree: Tree = { files: [], links: [], folders: [] };
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const absolute = join(entry.parentPath, entry.name);
    const path = absolute.slice(root.length + 1);
    if (entry.isDirectory()) tree.folders.push(path);
    else if (entry.isSymbolicLink()) tree.links.push({ path, target: await readlink(absolute) });
    else if (entry.isFile()) tree.files.push({ path, bytes: (await stat(absolute)).size });
  }
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return { files: tree.files.sort(byPath), links: tree.links.sort(byPath), folders: tree.folders.sort() };
}

/** What went through `hashFile` or `copyFile`. */
export interface Hashed {
  bytes: number;
  sha256: string;
}

export async function hashFile(path: string): Promise<Hashed> {
  const from = await open(path, 'r');
  try {
    return await hashed(from, () => Promise.resolve());
  } finally {
    await from.close();
  }
}

/** Copies a file to a new one that only its owner reads, on disk when this returns. */
export async function copyFile(source: string, target: string): Promise<Hashed> {
  const from = await open(source, 'r');
  try {
    const to = await open(target, 'wx', 0o600);
    try {
      const copied = await hashed(from, (bytes) => writeAll(to, bytes));
      await to.sync();
      return copied;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** Makes created and renamed entries of a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function hashed(from: FileHandle, each: (bytes: Buffer) => Promise<void>): Promise<Hashed> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let bytes = 0; ;) {
    const { bytesRead } = await from.read(chunk, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    const read = chunk.subarray(0, bytesRead);
    hash.update(read);
    await each(read);
    bytes += bytesRead;
  }
}

async function writeAll(to: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await to.write(bytes, written)).bytesWritten;
  }
}
