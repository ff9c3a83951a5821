/** Runs the service as its users do: a process or container of its own, on a free port and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VARIABLES } from '@meterhouse/common';
import { newDatabase } from '../../support/clickhouse-server';
import { startContainer } from './container';
import { type RunningService, STOP_MS, readyUrl } from './running-service';

const ENTRY = join(__dirname, '../../../dist/apps/api/src/main.js');

/** The Node that runs the service. */
const NODE = process.env.TEST_NODE ?? process.execPath;

const ADMIN_KEY = 'e2e-admin-key-0123456789-0123456789-abcdef';

export interface Service extends RunningService {
  adminKey: string;
  dataDir: string;
}

/**
 * Starts the service and answers when it is ready. `env` adds to or replaces its settings; a `DATA_DIR` given there stays
 * after the end, one made here is removed. With `TEST_IMAGE` it is that container image, else the built service, which
 * with `TEST_NODE` is run by that Node.
 * @throws Error with the service's output when it ends before it is ready
 */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  const temporary = env.DATA_DIR === undefined ? await mkdtemp(join(tmpdir(), 'meterhouse-e2e-')) : undefined;
  const settings = { PORT: '0', ADMIN_KEY, DATA_DIR: temporary ?? '', ...(await store(env)), ...env };
  const cleanUp = async (): Promise<void> => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  };
  try {
    const image = process.env.TEST_IMAGE;
    const running = await (image === undefined ? startProcess(settings) : startContainer(image, settings));
    return {
      ...running,
      adminKey: settings.ADMIN_KEY,
      dataDir: settings.DATA_DIR,
      stop: () => running.stop().finally(cleanUp),
      kill: () => running.kill().finally(cleanUp),
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** Where the test names no ClickHouse: the embedded engine, or a new database of `TEST_CLICKHOUSE_URL`. */
async function store(env: Record<string, string>): Promise<Record<string, string>> {
  const server = process.env.TEST_CLICKHOUSE_URL;
  return server === undefined || 'CLICKHOUSE_URL' in env ? {} : { CLICKHOUSE_URL: await newDatabase(server) };
}

async function startProcess(settings: Record<string, string>): Promise<RunningService> {
  const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', ENTRY], {
    env: { ...withoutSettings(process.env), TZ: 'UTC', UV_THREADPOOL_SIZE: '16', NO_COLOR: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { output, url: ready } = watch(child);
  const ended = once(child, 'close').then(() => undefined);
  const url = await Promise.race([ready, ended]);
  if (url === undefined) throw new Error(output());
  return {
    url,
    output,
    stop: () => stop(child, ended),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The environment without the variables that would change the service under test. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !(name in VARIABLES)));
}

/** Gathers what the process writes, and resolves `url` when that says that it is ready. */
function watch(child: ChildProcess): { output: () => string; url: Promise<string> } {
  let written = '';
  const url = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => {
        written += part;
        const found = readyUrl(written);
        if (found !== undefined) resolve(found);
      });
    }
  });
  return { output: () => written, url };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, STOP_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
  if (late) throw new Error(`The service did not end within ${STOP_MS / 1_000} s of SIGTERM.`);
}
