/** Runs the built service as its users do: a process of its own, on a free port and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VARIABLES } from '@meterhouse/common';

const ENTRY = join(__dirname, '../../../dist/apps/api/src/main.js');

const ADMIN_KEY = 'e2e-admin-key-0123456789-0123456789-abcdef';

/** A stop takes no longer than this. */
const STOP_MS = 10_000;

/** A running service. */
export interface Service {
  /** Without a slash at its end. */
  url: string;
  adminKey: string;
  dataDir: string;
  /** What it has written so far, both streams. */
  output(): string;
  /** Asks it to end and waits until it has. @throws Error when it takes longer than ten seconds */
  stop(): Promise<void>;
  /** Ends it as a crash would and waits until it has. */
  kill(): Promise<void>;
}

/**
 * Starts the built service and answers when it is ready. `env` adds to or replaces its settings; a `DATA_DIR` given
 * there stays after the end, one made here is removed.
 * @throws Error with the process's output when it ends before it is ready
 */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  const temporary = env.DATA_DIR === undefined ? await mkdtemp(join(tmpdir(), 'meterhouse-e2e-')) : undefined;
  const settings = { PORT: '0', ADMIN_KEY, DATA_DIR: temporary ?? '', ...env };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY], {
    env: { ...withoutSettings(process.env), TZ: 'UTC', UV_THREADPOOL_SIZE: '16', NO_COLOR: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { output, url: ready } = watch(child);
  const ended = once(child, 'close').then(async () => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  });
  const url = await Promise.race([ready, ended]);
  if (url === undefined) throw new Error(output());
  return {
    url,
    adminKey: settings.ADMIN_KEY,
    dataDir: settings.DATA_DIR,
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
        const found = /Ready at (https?:\/\/[^\s/]+) /.exec(written)?.[1];
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
