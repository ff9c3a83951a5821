/** What the service looks at before it serves: the machine's limits, Node, who may read its data. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openFilesLimit } from './http/outgoing/open-files';

/** The engine has some 600 open under load; half of the limit is for clients. */
const MIN_OPEN_FILES = 1_024;

/** A process in which the service cannot run; the message says why and what to do. */
export class StartError extends Error {}

/**
 * Makes files for this user alone from now on, the engine's too, whatever folder they are in.
 * @throws StartError when the process may open too few files
 */
export function prepareProcess(openFiles = openFilesLimit()): void {
  if (openFiles !== undefined && openFiles < MIN_OPEN_FILES) {
    throw new StartError(
      `This process may open ${openFiles} files and needs at least ${MIN_OPEN_FILES}; raise \`ulimit -n\`.`,
    );
  }
  process.umask(0o077);
}

/** What the operator should change, in a sentence each. @param nodeVersion such as `22.21.1` */
export async function startWarnings(dataDir: string, nodeVersion = process.versions.node): Promise<string[]> {
  return [nodeWarning(nodeVersion), await folderWarning(resolve(dataDir))].flatMap((warning) => warning ?? []);
}

/** Even releases are supported for years, odd ones for months. */
function nodeWarning(version: string): string | undefined {
  const major = parseInt(version, 10);
  if (major >= 22 && major % 2 === 0) return undefined;
  return `Node ${version} gets no security fixes any more, or soon will not; Meterhouse supports Node 22 and 24.`;
}

async function folderWarning(path: string): Promise<string | undefined> {
  const mode = (await stat(path)).mode & 0o777;
  if ((mode & 0o077) === 0) return undefined;
  return `Other users of this machine may look into DATA_DIR ${path} (mode ${mode.toString(8)}); see \`chmod -R go= ${path}\`.`;
}
