/** The files of the built dashboard, read once: a few hundred kilobytes, so that no request reads a path that a client names. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { etagOf } from '../http/etag';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** By their endings; the first that a client takes is sent. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

export interface DashboardFile {
  type: string;
  etag: string;
  bytes: Buffer;
  /** Smaller forms that the build made, best first. */
  encoded: { encoding: string; bytes: Buffer }[];
}

/**
 * Reads the files that the build made, by their paths with `/`, such as `assets/index-4f9a1c.js`.
 * @param folder which may not exist; then there are none
 */
export function readDashboardFiles(folder: string): ReadonlyMap<string, DashboardFile> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  const known = new Set(paths);
  return new Map(
    paths.flatMap((path) => {
      const type = TYPES[extname(path)];
      if (type === undefined) return [];
      const bytes = readFileSync(join(folder, path));
      const encoded = ENCODINGS.filter(({ ending }) => known.has(path + ending)).map(({ name, ending }) => ({
        encoding: name,
        bytes: readFileSync(join(folder, path + ending)),
      }));
      return [[path.split(sep).join('/'), { type, etag: etagOf(bytes), bytes, encoded }] as const];
    }),
  );
}

/**
 * The smallest form of a file that a client takes.
 * @param accepted the header `Accept-Encoding`; an encoding with `q=0` is refused
 */
export function formOf(file: DashboardFile, accepted: string | undefined): { encoding?: string; bytes: Buffer } {
  const taken = new Set(
    (accepted ?? '')
      .split(',')
      .map((part) =>
        part
          .trim()
          .toLowerCase()
          .split(/\s*;\s*q=/),
      )
      .filter(([, quality]) => quality === undefined || Number(quality) > 0)
      .map(([name]) => name),
  );
  return file.encoded.find(({ encoding }) => taken.has(encoding)) ?? { bytes: file.bytes };
}
