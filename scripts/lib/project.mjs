/** Where things are, and the one way the scripts run a program. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const serviceEntry = join(root, 'dist/apps/api/src/main.js');
export const cliEntry = join(root, 'dist/apps/cli/src/main.js');
export const dashboardEntry = join(root, 'dist/dashboard/index.html');

/** The compiled service is CommonJS and requires ES modules, which Node 20 and 22 announce as experimental. */
export const nodeFlags = ['--disable-warning=ExperimentalWarning'];

/** UTC for the engine's dates, and pool threads for its queries beside file reads; both must be set before Node starts. */
export const serviceEnvironment = {
  ...process.env,
  TZ: 'UTC',
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16',
};

/** A failure that one sentence explains. */
export class ScriptError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a script's main function; a ScriptError ends it with its sentence, anything else with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const known = error instanceof ScriptError;
    process.stderr.write(`${known ? error.message : error.stack}\n`);
    process.exitCode = known ? error.exitCode : 1;
  }
}

/** Runs a program to its end with this process's input and output. Resolves to its exit code, 128 + n for a signal. */
export function run(command, args, options = {}) {
  return finished(spawn(command, args, { cwd: root, stdio: 'inherit', ...options }));
}

/** Runs Node on a file of the project with the service's environment, in the caller's folder. */
export function runNode(file, args, options = {}) {
  return finished(spawnNode(file, args, options));
}

/** As `runNode`, for who wants the process. */
export function spawnNode(file, args, options = {}) {
  return spawn(process.execPath, [...nodeFlags, file, ...args], {
    stdio: 'inherit',
    env: serviceEnvironment,
    ...options,
  });
}

/** The exit code of a process once it has ended. */
export function finished(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
