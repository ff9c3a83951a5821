/** The image as its users run it: its own user, its volume, a published port, signals, and a health check of its own. */
import { ImageName, type StartedTestContainer, Wait, getContainerRuntimeClient } from 'testcontainers';
import { type Target, call, createKey } from '../e2e/support/api';
import { ADMIN_KEY, IMAGE, containerOf, kill, stateOf, stop } from './support/containers';

const PORT = 8080;
const START_MS = 60_000;
const STOP_SECONDS = 10;
const MAX_IMAGE_BYTES = 900e6;

const BATCHES = 90;
const EVENTS_A_BATCH = 100;
const KILLS = 3;

let container: StartedTestContainer;

beforeAll(async () => {
  container = await containerOf(IMAGE)
    .withEnvironment({ ADMIN_KEY, PORT: String(PORT) })
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHealthCheck())
    .withStartupTimeout(START_MS)
    .start();
}, START_MS);

afterAll(() => container.stop());

/** The published port is another after each start. */
const service = (): Target => ({
  url: `http://${container.getHost()}:${container.getMappedPort(PORT)}`,
  adminKey: ADMIN_KEY,
});

const run = async (...command: string[]): Promise<{ output: string; exitCode: number }> => container.exec(command);

async function countOf(key: string): Promise<unknown> {
  const { body } = await call(service(), '/usage?timeframe=24h', { key });
  return (body.usage as Record<string, unknown>).totalRequests;
}

it('is under 900 MB, and says its user, its volume, its port and its health check', async () => {
  const { image } = await getContainerRuntimeClient();
  const { Size, Config } = await image.inspect(ImageName.fromString(IMAGE));
  expect(Size).toBeLessThan(MAX_IMAGE_BYTES);
  expect(Config).toMatchObject({ User: 'meterhouse', Volumes: { '/data': {} }, ExposedPorts: { '3000/tcp': {} } });
  expect(Config).toHaveProperty('Healthcheck.Test', expect.arrayContaining(['node']));
});

it('runs Node as process 1, not as root, in UTC, and only with the packages of production', async () => {
  expect((await run('id', '-u')).output.trim()).toBe('1000');
  expect((await run('cat', '/proc/1/cmdline')).output).toMatch(/^node\0/);
  expect((await run('date', '+%Z')).output.trim()).toBe('UTC');
  expect((await run('stat', '-c', '%a of %U', '/data')).output.trim()).toBe('700 of meterhouse');
  const packages = (await run('ls', 'node_modules')).output.split('\n');
  expect(packages).toContain('chdb');
  for (const name of ['jest', 'typescript', 'testcontainers', 'eslint']) expect(packages).not.toContain(name);
});

it('has the command line, for the service in the same container', async () => {
  const { output, exitCode } = await run('meterhouse', 'keys', 'list');
  expect([exitCode, output]).toEqual([0, expect.stringContaining('key_admin')]);
});

it(`counts each event once after ${KILLS} kills under load`, async () => {
  const { secret } = await createKey(service(), 'killed');
  const unanswered = new Set(Array.from({ length: BATCHES }, (_, index) => index));
  for (let life = 1; life <= KILLS; life++) {
    await sendUntilKilled(secret, unanswered, BATCHES / (KILLS + 1));
    expect(await stateOf(container)).toMatchObject({ Running: false, ExitCode: 137 });
    await container.restart();
    // What was answered is there when the service is ready; what was not may be.
    const counted = Number(await countOf(secret));
    expect(counted).toBeGreaterThanOrEqual((BATCHES - unanswered.size) * EVENTS_A_BATCH);
    expect(counted).toBeLessThanOrEqual(BATCHES * EVENTS_A_BATCH);
  }
  for (let batch = 0; batch < BATCHES; batch++) expect(await send(secret, batch)).toBe(202);
  expect(await countOf(secret)).toBe(BATCHES * EVENTS_A_BATCH);
}, 240_000);

/** Sends batches side by side, takes out those that are answered, and kills the container when `quota` of them are. */
async function sendUntilKilled(key: string, unanswered: Set<number>, quota: number): Promise<void> {
  const waiting = [...unanswered];
  let answered = 0;
  let killed: Promise<void> | undefined;
  const sender = async (): Promise<void> => {
    while (killed === undefined) {
      const batch = waiting.shift();
      if (batch === undefined) return;
      const status = await send(key, batch).catch(() => undefined);
      if (status === 202) unanswered.delete(batch);
      if (status === 202 && ++answered >= quota) killed ??= kill(container);
    }
  };
  await Promise.all([sender(), sender(), sender(), sender()]);
  await killed;
}

/** Every second batch waits until it is counted, so that kills meet both. */
async function send(key: string, batch: number): Promise<number> {
  const events = Array.from({ length: EVENTS_A_BATCH }, (_, index) => ({
    id: `event-${batch}-${index}`,
    method: 'GET',
    endpoint: `/v1/orders/${index}`,
    statusCode: 200,
    latencyMs: 1,
  }));
  const path = batch % 2 === 0 ? '/events' : '/events?wait=true';
  return (await call(service(), path, { key, body: events })).status;
}

it('ends in good order on SIGTERM while a stream is open, and has everything at the next start', async () => {
  const { secret } = await createKey(service(), 'stopped');
  const stream = await fetch(`${service().url}/usage/live`, { headers: { authorization: `Bearer ${secret}` } });
  const event = { method: 'GET', endpoint: '/stopped', statusCode: 200, latencyMs: 1 };
  expect((await call(service(), '/events', { key: secret, body: Array(1_000).fill(event) })).status).toBe(202);
  const [code] = await Promise.all([stop(container, STOP_SECONDS), stream.text()]);
  expect(code).toBe(0);
  await container.restart();
  expect(await countOf(secret)).toBe(1_000);
}, 120_000);
