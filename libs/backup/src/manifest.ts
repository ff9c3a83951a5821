/**
 * What a backup says of itself. A backup is a folder of a directory that holds backups alone:
 *
 *     DIRECTORY/2026-03-02T10-15-30Z/manifest.json
 *     DIRECTORY/2026-03-02T10-15-30Z/data/…         a whole DATA_DIR
 *     DIRECTORY/2026-03-03T10-15-30Z.unfinished/    one that is being made, or was broken off
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, reasonOf } from '@meterhouse/common';

/** A backup that cannot be made, read or restored; the message says why in one sentence. */
export class BackupError extends Error {}

export interface BackupFile {
  /** In `data`, with slashes. */
  path: string;
  bytes: number;
  /** In hex. */
  sha256: string;
}

/** Sums and digests of a table, as the engine writes them, by name; see `figures.ts`. */
export type Figures = Record<string, string>;

export interface Manifest {
  format: typeof FORMAT;
  /** The version of Meterhouse that made it. */
  version: string;
  /** The number of the last migration of its tables. */
  schema: number;
  /** ISO 8601: what was accepted before this is in the backup. */
  createdAt: string;
  files: BackupFile[];
  /** Symbolic links in `data`. */
  links: { path: string; target: string }[];
  tables: Record<string, Figures>;
}

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';
export const DATA = 'data';
export const UNFINISHED = '.unfinished';

/** A file in a data folder that a restore has not finished: no service starts on it. */
export const RESTORE_MARK = 'restore.unfinished';

const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z(-\d+)?$/;

/** Whether an entry of a directory is a backup, or what is left of one that was broken off. */
export function isBackup(name: string): boolean {
  return NAME.test(name.replace(/\.unfinished$/, ''));
}

/** The finished backups of a directory, oldest first; none where there is no directory. */
export async function backupsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => NAME.test(name)).sort();
}

/** @throws BackupError when there is no manifest, or it is not one that this version reads */
export async function readManifest(backup: string): Promise<Manifest> {
  const path = join(backup, MANIFEST);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new BackupError(`${backup} is not a whole backup: its ${MANIFEST} cannot be read (${reasonOf(error)}).`);
  });
  const manifest = parsed(text);
  if (!isManifest(manifest)) {
    throw new BackupError(`${path} is damaged, or of a version of Meterhouse that this one cannot read.`);
  }
  return manifest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || value['format'] !== FORMAT || !isObject(value['tables'])) return false;
  const { version, schema, createdAt, files, links, tables } = value;
  return (
    typeof version === 'string' &&
    Number.isInteger(schema) &&
    typeof createdAt === 'string' &&
    isListOf(files, (file) => isInside(file['path']) && Number.isInteger(file['bytes']) && isText(file['sha256'])) &&
    isListOf(links, (link) => isInside(link['path']) && isText(link['target'])) &&
    Object.values(tables).every((figures) => isObject(figures) && Object.values(figures).every(isText))
  );
}

/** A path that cannot lead out of the folder that it is in. */
function isInside(path: unknown): boolean {
  return isText(path) && path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isOne: (item: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isObject(item) && isOne(item));
}
