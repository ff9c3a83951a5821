/** The service as a process of a machine: its folder, its limits, its parent. Real: the built service and its script. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/until';
import { call, createKey } from './support/api';
import { readyUrl } from './support/running-service';
import { startService } from './support/service';

describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-start-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is not taken for another process’s by a number that a crash left, and is nobody’s after a stop', async () => {
    await (await startService({ DATA_DIR: folder })).kill();
    await writeFile(join(folder, 'owner.pid'), String(process.pid));
    const service = await startService({ DATA_DIR: folder });
    expect(await readFile(join(folder, 'owner.pid'), 'utf8')).not.toBe(String(process.pid));
    await service.stop();
    expect(existsSync(join(folder, 'owner.pid'))).toBe(false);
    expect(await readdir(join(folder, 'lock'))).toEqual([]);
  });

  it('is one process’s on a ClickHouse server too', async () => {
    const service = await startService({ DATA_DIR: folder });
    const second = startService({ DATA_DIR: folder, CLICKHOUSE_URL: 'http://127.0.0.1:9/meterhouse' });
    await expect(second).rejects.toThrow(`DATA_DIR ${folder} is in use by another Meterhouse process (`);
    await service.stop();
  });

  it('holds nothing that another user may read, in a folder that others may', async () => {
    await chmod(folder, 0o755);
    const service = await startService({ DATA_DIR: folder });
    const { secret } = await createKey(service, 'private');
    const event = { method: 'GET', endpoint: '/v1/orders', statusCode: 200, latencyMs: 1 };
    await call(service, '/events?wait=true', { key: secret, body: [event] });
    await service.stop();
    expect(service.output()).toContain(`Other users of this machine may look into DATA_DIR ${folder} (mode 755)`);
    const names = await readdir(folder, { recursive: true });
    const modes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode & 0o077));
    expect(names.filter((_, index) => modes[index] !== 0)).toEqual([]);
  });
});

it('says that it may open too few files', () => {
  const entry = join(__dirname, '../../dist/apps/api/src/main.js');
  const start = 'ulimit -n 512 && exec "$0" --disable-warning=ExperimentalWarning "$1"';
  const { stderr, status } = spawnSync('sh', ['-c', start, process.execPath, entry], { encoding: 'utf8' });
  expect(stderr).toBe(
    'Meterhouse cannot start: This process may open 512 files and needs at least 1024; raise `ulimit -n`.\n',
  );
  expect(status).toBe(1);
});

describe('npm start', () => {
  it.each([
    ['alone', []],
    ['with demo data', ['--demo']],
  ])('%s takes the service along when it is killed', async (_, args) => {
    const folder = await mkdtemp(join(tmpdir(), 'meterhouse-start-'));
    const script = spawn(process.execPath, [join(__dirname, '../../scripts/start.mjs'), ...args], {
      env: { ...process.env, PORT: '0', DATA_DIR: folder, ADMIN_KEY: 'e2e-admin-key-0123456789-0123456789-abcdef' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await ready(script);
    const service = Number(await readFile(join(folder, 'owner.pid'), 'utf8'));
    script.kill('SIGKILL');
    await once(script, 'exit');
    await until(() => Promise.resolve(!existsSync(`/proc/${service}`)));
    // It stopped as it does on SIGTERM.
    expect(existsSync(join(folder, 'owner.pid'))).toBe(false);
    await rm(folder, { recursive: true });
  });
});

async function ready(script: ChildProcess): Promise<void> {
  let output = '';
  script.stdout?.setEncoding('utf8').on('data', (part: string) => (output += part));
  await until(() => Promise.resolve(readyUrl(output) !== undefined));
}
