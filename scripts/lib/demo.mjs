/** `npm start -- --demo`: loads demo data into the service that has just started. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ScriptError, cliEntry, runNode, serviceEnvironment } from './project.mjs';

/** The key the demo signs in with: the caller's, or a new one for a new data folder. */
export function demoAdminKey() {
  const { ADMIN_KEY, CLICKHOUSE_URL, DATA_DIR } = process.env;
  if (ADMIN_KEY) return { adminKey: ADMIN_KEY, isNew: false };
  const dataDir = DATA_DIR || './data';
  if (CLICKHOUSE_URL || (existsSync(dataDir) && readdirSync(dataDir).length > 0)) {
    const place = CLICKHOUSE_URL ? 'The ClickHouse server' : `The data folder ${dataDir}`;
    throw new ScriptError(
      `${place} may have an admin key already: set ADMIN_KEY to it, or set DATA_DIR to a new folder, and start again.`,
    );
  }
  return { adminKey: randomBytes(32).toString('hex'), isNew: true };
}

/** Passes the service's output on and resolves to its URL once it says that it is ready. */
export function readyUrl(service) {
  return new Promise((resolve) => {
    service.stdout.pipe(process.stdout);
    createInterface({ input: service.stdout }).on('line', (line) => {
      const url = /Ready at (https?:\/\/[^\s/]+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

/** Fills the service with demo data; a failure is said and the service goes on. */
export async function loadDemo(url, { adminKey, isNew }) {
  const ready = await fetch(new URL('/health/ready', url)).catch(() => undefined);
  if (!ready?.ok) return complain('the service is not ready');
  const env = { ...serviceEnvironment, ADMIN_KEY: adminKey, METERHOUSE_URL: url };
  const code = await runNode(cliEntry, ['demo'], { env });
  if (code !== 0) complain(`the demo ended with exit code ${code}`);
  if (isNew) {
    process.stdout.write(
      `\n  Admin key of this data folder, shown this once:\n\n    ${adminKey}\n\n` +
        `  The next start needs it only for --demo: ADMIN_KEY=… npm start -- --demo\n\n`,
    );
  }
}

function complain(reason) {
  process.stderr.write(`The demo data was not loaded: ${reason}. The service goes on without it.\n`);
}
