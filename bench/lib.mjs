/** What the benchmarks share: a seeded generator, statistics, the service as a child process, and the report. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFlags, root, serviceEntry, serviceEnvironment } from '../scripts/lib/project.mjs';

export { root };

/** mulberry32: small, seeded, good enough to spread events. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The value that at least `q` of all do not exceed. */
export function percentile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** A module of the built service, by its path below `dist`. */
export function loadBuilt(path) {
  return createRequire(import.meta.url)(join(root, 'dist', path));
}

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'meterhouse-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Starts the built service; resolves to its URL, that of its SQL port, its admin key, what it has complained of (stderr),
 * and ways to end it.
 * @param environment variables beside these
 */
export async function startService(dataDir = temporaryFolder(), environment = {}) {
  const adminKey = 'bench-admin-key-0123456789-0123456789';
  const child = spawn(process.execPath, [...nodeFlags, serviceEntry], {
    env: {
      ...serviceEnvironment,
      PORT: '0',
      SQL_PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      ADMIN_KEY: adminKey,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (part) => {
    complaints += part;
    process.stderr.write(part);
  });
  let output = '';
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      output += part;
      const found = /Ready at (http:\/\/[^\s/]+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', () => reject(new Error(`The service did not start:\n${output}`)));
  });
  const end = (signal) =>
    new Promise((resolve) => {
      child.on('exit', resolve);
      child.kill(signal);
    });
  const sqlUrl = /SQL for BI tools at (http:\/\/[\w.:]+)/.exec(output)?.[1];
  return {
    url,
    sqlUrl,
    adminKey,
    complaints: () => complaints,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Collects figures, prints them as a table, and writes them as JSON where a file is named. */
export class Report {
  figures = [];

  /** @param ratioTo the name of another figure, which may be added later */
  add(name, value, unit, ratioTo = null) {
    this.figures.push({ name, value, unit, ratioTo });
  }

  print(file) {
    for (const { name, value, unit, ratioTo, ratio } of this.withRatios()) {
      const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
      const relation = ratio === null ? '' : `${(100 * ratio).toFixed(0)} % of ${ratioTo}`;
      process.stdout.write(`${name.padEnd(44)} ${shown.padStart(12)} ${unit.padEnd(12)} ${relation}\n`);
    }
    if (file) this.write(file);
  }

  /** Writes the figures as JSON. */
  write(file) {
    writeFileSync(file, `${JSON.stringify(this.withRatios(), null, 2)}\n`);
  }

  withRatios() {
    const valueOf = (name) => this.figures.find((figure) => figure.name === name)?.value;
    return this.figures.map((figure) => {
      const base = figure.ratioTo === null ? undefined : valueOf(figure.ratioTo);
      return { ...figure, ratio: base === undefined ? null : figure.value / base };
    });
  }
}

export function progress(message) {
  process.stderr.write(`${message}\n`);
}
