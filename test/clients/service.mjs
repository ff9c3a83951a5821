/** The built service with demo data in a temporary folder, for one account whose figures `GET /usage` tells. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  ScriptError,
  cliEntry,
  finished,
  nodeFlags,
  runNode,
  serviceEntry,
  serviceEnvironment,
} from '../../scripts/lib/project.mjs';

/** The largest account of the demo. */
const ACCOUNT = 'northgate-market';
const DEMO = ['demo', '--days', '3', '--events', '20000'];

/**
 * Runs `work` with `{sqlUrl, makeKey, expected, ended}` and ends the service.
 * - `makeKey()` resolves to `{secret, id}` of a new key of the account that may `sql:read`
 * - `expected`: figures of the account that every client is to find
 * - `ended(keyId)` resolves once the service says that a statement of the key has failed
 */
export async function withService(work) {
  const folder = mkdtempSync(join(tmpdir(), 'meterhouse-clients-data-'));
  const adminKey = randomBytes(32).toString('hex');
  const settings = { PORT: '0', SQL_PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, ADMIN_KEY: adminKey };
  const child = spawn(process.execPath, [...nodeFlags, serviceEntry], {
    env: { ...serviceEnvironment, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stopped = finished(child);
  try {
    const log = createInterface({ input: child.stdout });
    const early = stopped.then(() => Promise.reject(new ScriptError('The service ended before it was ready.')));
    const line = (pattern) => Promise.race([nextMatch(log, pattern), early]);
    const [sqlUrl, url] = await Promise.all([line(/SQL for BI tools at ([^\s;]+)/), line(/Ready at (http:[^\s"]+)/)]);
    early.catch(() => undefined);
    const env = { ...serviceEnvironment, ADMIN_KEY: adminKey, METERHOUSE_URL: url };
    const code = await runNode(cliEntry, DEMO, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (code !== 0) throw new ScriptError('The demo data could not be loaded; see above.');
    const makeKey = () => newKey(url, adminKey);
    const expected = await expectedOf(url, (await makeKey()).secret);
    await work({
      sqlUrl,
      makeKey,
      expected,
      ended: (id) => nextMatch(log, new RegExp(`(Statement of key ${id},.* failed)`)),
    });
  } finally {
    child.kill('SIGTERM');
    await stopped;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the pattern's group is in the first line from now on that matches. */
function nextMatch(lines, pattern) {
  return new Promise((resolve) => {
    lines.on('line', function look(line) {
      const found = pattern.exec(line)?.[1];
      if (found === undefined) return;
      lines.off('line', look);
      resolve(found);
    });
  });
}

async function newKey(url, adminKey) {
  const body = { name: 'reports', accountId: ACCOUNT, permissions: ['usage:read', 'sql:read'], tier: 'enterprise' };
  const { apiKey, keyId } = await json(`${url}/keys`, adminKey, { method: 'POST', body: JSON.stringify(body) });
  return { secret: apiKey, id: keyId };
}

/**
 * `from` and `to` hold all events of the demo and end on whole hours, so that a percentile of `GET /usage` and one of the
 * view `latency` read the same rollups; `p95` is in milliseconds, of the endpoint with most requests.
 */
async function expectedOf(url, key) {
  const hour = 3_600_000;
  const end = Math.ceil(Date.now() / hour) * hour;
  const { usage, breakdown } = await countedUsage(url, key);
  const [{ endpoint, requests, p95 }] = breakdown.byEndpoint;
  const text = (time) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  const [from, to] = [text(end - 168 * hour), text(end)];
  return { account: ACCOUNT, requests: usage.totalRequests, endpoint, endpointRequests: requests, p95, from, to };
}

/** What was accepted is counted a moment later. */
async function countedUsage(url, key) {
  for (;;) {
    const answer = await json(`${url}/usage?timeframe=7d&limit=1`, key);
    if (answer.period.complete && answer.usage.totalRequests > 0) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function json(url, key, options = {}) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { headers, ...options });
  if (!answer.ok) throw new ScriptError(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
