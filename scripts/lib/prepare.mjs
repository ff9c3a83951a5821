/** Brings a checkout to the point where it can run: the right Node, packages, a fresh build. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScriptError, cliEntry, dashboardEntry, root, run, serviceEntry } from './project.mjs';

const STAMP = join(root, 'dist/.built');
const BUILD_INPUTS = ['apps', 'libs', 'package-lock.json', 'nest-cli.json'];

/** Installs and builds what is missing or out of date. Progress goes to stderr, so that stdout stays the program's. */
export async function prepare() {
  checkNode();
  await ensureInstalled();
  if (needsBuild()) await build();
}

/** NestJS 12 is ES modules, which the compiled service requires: Node can since 20.19 and 22.12. */
export function checkNode() {
  if (process.features.require_module) return;
  throw new ScriptError(
    `Meterhouse needs Node 20.19 or later (on the 22 line 22.12 or later); this is Node ${process.version}.`,
  );
}

export async function ensureInstalled() {
  if (isInstalled()) return;
  note('Installing packages…');
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { stdio: toStderr });
  if (code !== 0) throw new ScriptError('npm ci failed; see above.');
}

/** Compiles everything and leaves a stamp as old as the start of the build, so that an edit meanwhile builds again. */
export async function build() {
  note('Building…');
  const startedAt = new Date();
  emptyFolder(join(root, 'dist'));
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  const code = await run(process.execPath, [nest, 'build', 'api'], { stdio: toStderr });
  if (code !== 0) throw new ScriptError('The build failed; see above.');
  await buildDashboard();
  for (const entry of [serviceEntry, cliEntry, dashboardEntry]) {
    if (!existsSync(entry)) throw new ScriptError(`The build did not make ${entry}.`);
  }
  writeFileSync(STAMP, '');
  utimesSync(STAMP, startedAt, startedAt);
}

/** Vite empties its own output folder alone. */
async function buildDashboard() {
  const { build: viteBuild } = await import('vite');
  await viteBuild({ configFile: join(root, 'apps/dashboard/vite.config.mjs'), logLevel: 'warn' });
}

const toStderr = ['ignore', process.stderr, 'inherit'];

function note(message) {
  process.stderr.write(`${message}\n`);
}

/** The folder itself may be a mount and stays. */
function emptyFolder(path) {
  mkdirSync(path, { recursive: true });
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true });
}

/** Compares what npm says it installed with the lock file; optional packages are for other machines. */
function isInstalled() {
  const installed = readPackages('node_modules/.package-lock.json');
  const wanted = readPackages('package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function readPackages(lockFile) {
  const path = join(root, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function needsBuild() {
  if (!existsSync(STAMP)) return true;
  const builtAt = statSync(STAMP).mtimeMs;
  const configs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  return [...BUILD_INPUTS, ...configs].some((input) => changedSince(builtAt, join(root, input)));
}

/** Also true when a file was removed: its folder is newer then. */
function changedSince(time, path) {
  const stats = statSync(path);
  if (stats.mtimeMs > time) return true;
  if (!stats.isDirectory()) return false;
  return readdirSync(path).some((name) => !name.endsWith('.spec.ts') && changedSince(time, join(path, name)));
}
