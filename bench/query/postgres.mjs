/** PostgreSQL with the same events, started for the run where it is installed: what most teams keep them in today. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { progress, temporaryFolder } from '../lib.mjs';
import { EVENT } from './data.mjs';

const { Pool, types } = createRequire(import.meta.url)('pg');

/** Where Debian's packages put its programs, a folder for each version. */
const PACKAGES = '/usr/lib/postgresql';
/** Connections, one for each statement of a plan. */
const CONNECTIONS = 6;
const INT8 = 20;
const NUMERIC = 1_700;

/** As one would set it for a machine of two cores and a few gigabytes; what is lost in a crash is no matter here. */
const SETTINGS = {
  shared_buffers: '2GB',
  work_mem: '256MB',
  maintenance_work_mem: '1GB',
  max_wal_size: '4GB',
  effective_cache_size: '8GB',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '2',
  jit: 'off',
  fsync: 'off',
  listen_addresses: '',
};

/**
 * The events in one table with an index by account and time, and one by account, endpoint and time.
 * @returns null where PostgreSQL is not installed
 */
export async function loadPostgres(clickhouse) {
  const programs = programsFolder();
  if (programs === null) {
    progress('PostgreSQL is not installed (Debian: apt-get install postgresql): it is left out.');
    return null;
  }
  progress('Copying the events into PostgreSQL …');
  const server = await start(programs);
  for (const type of [INT8, NUMERIC]) types.setTypeParser(type, Number);
  const pool = new Pool({ host: server.folder, user: 'postgres', database: 'postgres', max: CONNECTIONS });
  await pool.query(`CREATE TABLE events (
      account_id text NOT NULL, key_id text NOT NULL, id text NOT NULL, timestamp timestamptz NOT NULL,
      method text NOT NULL, endpoint text NOT NULL, status_code smallint NOT NULL, latency_us integer NOT NULL,
      request_bytes bigint NOT NULL, response_bytes bigint NOT NULL, error_type text NOT NULL)`);
  const file = join(server.folder, 'events.csv');
  await clickhouse.command(`INSERT INTO FUNCTION file('${file}', CSV)
      SELECT account_id, key_id, id, formatDateTime(timestamp, '%F %T.%f+00', 'UTC'), method, endpoint, status_code,
          latency_us, request_bytes, response_bytes, error_type
      FROM events ORDER BY timestamp`);
  chmodSync(file, 0o644);
  await pool.query(`COPY events FROM '${file}' (FORMAT csv, FORCE_NOT_NULL (error_type))`);
  rmSync(file);
  await pool.query('CREATE INDEX ON events (account_id, timestamp)');
  await pool.query('CREATE INDEX ON events (account_id, endpoint, timestamp)');
  await pool.query('VACUUM (ANALYZE) events');
  const { rows } = await pool.query(`SELECT pg_total_relation_size('events') AS bytes`);
  const insert = (account, { id, keyId, timestamp }) =>
    pool.query('INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
      account,
      keyId,
      id,
      new Date(timestamp),
      EVENT.method,
      EVENT.endpoint,
      EVENT.statusCode,
      1_000 * EVENT.latencyMs,
      EVENT.requestBytes,
      EVENT.responseBytes,
      '',
    ]);
  const close = async () => {
    await pool.end();
    await server.stop();
  };
  return { ask: (sql) => columnsOf(pool, sql), bytes: rows[0].bytes, insert, close };
}

async function columnsOf(pool, sql) {
  const { fields, rows } = await pool.query({ text: sql, rowMode: 'array' });
  return Object.fromEntries(fields.map(({ name }, column) => [name, rows.map((row) => row[column])]));
}

/** The programs of the newest version. */
function programsFolder() {
  if (!existsSync(PACKAGES)) return null;
  const versions = readdirSync(PACKAGES).filter((version) => existsSync(join(PACKAGES, version, 'bin/postgres')));
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  return newest === undefined ? null : join(PACKAGES, newest, 'bin');
}

/** A server on a socket in a folder of its own. It refuses to run as root, and runs as Debian's `postgres` then. */
async function start(programs) {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const isRoot = process.getuid() === 0;
  if (isRoot) execFileSync('chown', ['-R', 'postgres', folder]);
  const as = (program, args) =>
    isRoot ? ['runuser', ['-u', 'postgres', '--', join(programs, program), ...args]] : [join(programs, program), args];
  execFileSync(...as('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C']), {
    cwd: '/',
  });
  const flags = Object.entries({ ...SETTINGS, unix_socket_directories: folder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(...as('postgres', ['-D', data, ...flags]), { cwd: '/', stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  while (!existsSync(join(folder, '.s.PGSQL.5432'))) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start (exit ${child.exitCode}).`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    execFileSync(...as('pg_ctl', ['-D', data, '-m', 'fast', 'stop']), { cwd: '/', stdio: 'ignore' });
    await ended;
  };
  return { folder, stop };
}
