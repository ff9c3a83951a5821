import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds `clickhouse/migrations`: the same from the sources and from `dist`. */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'clickhouse', 'migrations')) && existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder))
      throw new Error('The folder clickhouse/migrations was not found beside the service.');
  }
}
