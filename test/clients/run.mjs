#!/usr/bin/env node
/**
 * `npm run test:clients [-- --strict]`: the clients of BI tools against the SQL port of a service with demo data. What
 * cannot be had here, for want of a tool chain or of its registry, is listed at the end with its reason; with --strict
 * that is a failure too. Takes four minutes at most beside a build; what is not installed or begun by then is left out.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { prepare } from '../../scripts/lib/prepare.mjs';
import { runMain } from '../../scripts/lib/project.mjs';
import { REGISTRIES } from './clients.mjs';
import { withService } from './service.mjs';

/** For all installs, which run side by side, and then for each client. */
const INSTALL_MS = 130_000;
const CLIENT_MS = 60_000;
/** Since the first install; no client begins after it. */
const LAST_BEGIN_MS = 210_000;

/** A statement that its client cancelled has to end in the engine by then. */
const LONGEST_END_MS = 1_000;

/** Every client is to try these, whatever else it tries. */
const CHECKS = [
  ...['connect', 'schemas', 'tables', 'columns', 'parameters', 'aggregate', 'percentiles', 'empty', 'error', 'cancel'],
];

await runMain(async () => {
  const { values: options } = parseArgs({ options: { strict: { type: 'boolean', default: false } } });
  await prepare();
  title('Installing');
  const began = performance.now();
  const late = () => (performance.now() - began > LAST_BEGIN_MS ? 'there was no time left' : undefined);
  const registries = await Promise.all(
    REGISTRIES.map(async (registry) => ({ ...registry, reason: await install(registry) })),
  );
  const results = [];
  await withService(async (service) => {
    for (const { clients, reason } of registries) {
      for (const [name, command] of Object.entries(clients)) {
        const why = reason ?? late();
        results.push({ name, reason: why, checks: why === undefined ? await tryClient(name, command, service) : [] });
      }
    }
  });
  return report(results, options.strict);
});

/** Resolves to why the clients cannot be had; undefined when they are there. */
async function install({ name, tools, folder, ready, install: commands, prepare: copy }) {
  const began = performance.now();
  const missing = tools.find((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (missing !== undefined) return `the command ${missing} is not installed`;
  mkdirSync(folder, { recursive: true });
  copy?.();
  if (ready()) return say(`${name}: there already`);
  for (const [command, ...args] of commands) {
    const reason = await complaint(command, args, folder, Math.ceil(INSTALL_MS - (performance.now() - began)));
    if (reason !== undefined) return `${name}: ${reason}`;
  }
  return say(`${name}: installed in ${seconds(began)} s`);
}

/** Runs a command. Resolves to what it complained about; undefined when it did not. */
async function complaint(command, args, cwd, timeout) {
  if (timeout <= 0) return 'not installed in time';
  const child = spawn(command, args, { cwd, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  const [code, signal] = await new Promise((resolve) => {
    child.once('error', (error) => resolve([error.message]));
    child.once('close', (...how) => resolve(how));
  });
  if (code === 0) return undefined;
  if (signal !== null) return 'not installed in time';
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `ended with ${code}`).trim().slice(0, 300);
}

/** Runs a client and returns its checks: `{check, ok, says}` each. */
async function tryClient(name, [command, ...args], { sqlUrl, makeKey, expected, ended }) {
  title(name);
  const key = await makeKey();
  const env = { ...process.env, SQL_URL: sqlUrl, SQL_KEY: key.secret, EXPECTED: JSON.stringify(expected) };
  const child = spawn(command, args, { env, timeout: CLIENT_MS, stdio: ['ignore', 'pipe', 'inherit'] });
  const checks = [];
  const ends = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parsed(text);
    if (line.cancelled) ends.push(timed(ended(key.id)));
    else checks.push(line);
  });
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', resolve);
  });
  if (code !== 0) checks.push({ check: 'runs to its end', ok: false, says: `it ended with ${code}` });
  for (const check of CHECKS.filter((wanted) => !checks.some(({ check: found }) => found === wanted))) {
    checks.push({ check, ok: false, says: 'was not tried' });
  }
  const late = new Promise((resolve) => setTimeout(resolve, 2 * LONGEST_END_MS, Infinity));
  const ms = Math.max(
    ends.length === 0 ? Infinity : 0,
    ...(await Promise.all(ends.map((end) => Promise.race([end, late])))),
  );
  checks.push({ check: 'cancelled in the engine', ok: ms <= LONGEST_END_MS, says: `${Math.round(ms)} ms` });
  for (const { check, ok, says } of checks)
    say(`${ok ? 'ok    ' : 'FAILED'}  ${check}${says === '' ? '' : `: ${says}`}`);
  return checks;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { check: 'prints its checks alone', ok: false, says: text };
  }
}

async function timed(work) {
  const began = performance.now();
  await work;
  return performance.now() - began;
}

function report(results, strict) {
  title('Summary');
  const checks = results.flatMap((result) => result.checks);
  const [passed, failed] = [true, false].map((ok) => checks.filter((check) => check.ok === ok).length);
  const left = results.filter(({ reason }) => reason !== undefined).length;
  for (const { name, reason, checks: own } of results) {
    const faults = own.filter(({ ok }) => !ok).map(({ check }) => check);
    if (reason !== undefined) say(`not run  ${name}\n         ${reason}`);
    else if (faults.length > 0) say(`FAILED   ${name}: ${faults.join(', ')}`);
    else say(`passed   ${name}: ${own.map(({ check }) => check).join(', ')}`);
  }
  say(`Clients that could not be had: ${left}`);
  say(`${passed} passed, ${failed} failed`);
  return failed > 0 || (strict && left > 0) ? 1 : 0;
}

function seconds(began) {
  return Math.round((performance.now() - began) / 1_000);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function title(text) {
  say(`\n== ${text}`);
}
