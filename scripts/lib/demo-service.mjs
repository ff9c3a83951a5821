/** A service with demo data on a free port and a folder of its own, for the scripts that show or check the documents. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ScriptError, finished, root } from './project.mjs';

/**
 * Runs `work` with `{url, key, adminKey, folder}`: where the service is, a key of the largest demo account, the admin
 * key, and an empty folder in which `npx meterhouse` works. Ends the service and removes the folder.
 */
export async function withDemoService(work) {
  const folder = mkdtempSync(join(tmpdir(), 'meterhouse-demo-'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(root, 'scripts/cli.mjs'), join(folder, 'node_modules/.bin/meterhouse'));
  const adminKey = randomBytes(32).toString('hex');
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--demo'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data'), ADMIN_KEY: adminKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = finished(child);
  try {
    const demo = await Promise.race([demoOf(child), ended.then(() => undefined)]);
    if (demo === undefined) throw new ScriptError('The service with demo data ended before it was ready; see above.');
    return await work({ ...demo, adminKey, folder });
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The URL and the key that the demo prints, once its data is loaded. */
function demoOf(child) {
  return new Promise((resolve) => {
    let url;
    let key;
    createInterface({ input: child.stdout }).on('line', (line) => {
      url ??= /Ready at (https?:\/\/[^\s/"]+)/.exec(line)?.[1];
      key ??= /^Key\s+(mh_\w+)/.exec(line)?.[1];
      if (url !== undefined && key !== undefined && line.startsWith('curl ')) resolve({ url, key });
    });
  });
}
