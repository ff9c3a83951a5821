/**
 * Mends what a kill leaves in a folder of the embedded engine. An insert with a token first writes down that a table has
 * its block, in the table's deduplication log, and then gives the block's part its name. Killed between the two, the
 * engine believes in a block that is not there: sent again under its token it would be dropped, and lost in that table.
 */
import { readFile, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/** `PARTITION_MIN_MAX_LEVEL`, and a mutation: the part holds the blocks from MIN to MAX. */
const PART = /^([^_]+)_(\d+)_(\d+)_\d+(?:_\d+)?$/;

/** A line of a log that says that a part was added: an operation, the part, the block's id. */
const ADDED = /^1\t([^\t]+)\t[^\t]+\n$/;

/**
 * Takes the last line from each deduplication log whose part is not there, nor one that it was merged into. A table
 * writes one part at a time, so that no other line can be about a part that was lost. Call it before the engine opens the
 * folder; a folder that another process has open must not be touched.
 * @returns how many lines were taken
 */
export async function forgetLostParts(path: string): Promise<number> {
  let forgotten = 0;
  for (const table of await tablesOf(join(path, 'store'))) if (await forgetLostPart(table)) forgotten += 1;
  return forgotten;
}

async function tablesOf(store: string): Promise<string[]> {
  const tables: string[] = [];
  for (const group of await entriesOf(store)) {
    for (const table of await entriesOf(join(store, group))) tables.push(join(store, group, table));
  }
  return tables;
}

async function forgetLostPart(table: string): Promise<boolean> {
  const logs = (await entriesOf(join(table, 'deduplication_logs'))).filter((name) => numberOf(name) > 0);
  logs.sort((a, b) => numberOf(b) - numberOf(a));
  for (const log of logs) {
    const file = join(table, 'deduplication_logs', log);
    const text = await readFile(file, 'utf8');
    if (text === '') continue;
    const last = text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
    const part = ADDED.exec(last)?.[1];
    if (part === undefined || (await isThere(part, table))) return false;
    await truncate(file, Buffer.byteLength(text) - Buffer.byteLength(last));
    return true;
  }
  return false;
}

function numberOf(log: string): number {
  return Number(/^deduplication_log_(\d+)\.txt$/.exec(log)?.[1] ?? 0);
}

/**
 * Whether a table's folder has a part, or one that it was merged into. Also when the name is not understood: then nothing is
 * known to be lost.
 */
export async function isThere(part: string, table: string): Promise<boolean> {
  const [, partition, block] = PART.exec(part) ?? [];
  if (partition === undefined) return true;
  return (await entriesOf(table)).some((name) => {
    const [, other, min, max] = PART.exec(name) ?? [];
    return other === partition && Number(min) <= Number(block) && Number(block) <= Number(max);
  });
}

/** The names in a folder, none when it is none. */
async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
