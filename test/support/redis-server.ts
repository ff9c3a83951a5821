/** A redis-server of a test's own, or the one at `TEST_REDIS_URL`, which tests share. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

/** Why tests with Redis are skipped; undefined when they are not. */
export const REDIS_MISSING =
  process.env.TEST_REDIS_URL === undefined && spawnSync('redis-server', ['--version']).error
    ? 'redis-server is not on the PATH'
    : undefined;

export interface RedisServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts one on a free port, without files, and answers when it does. */
export async function startRedis(): Promise<RedisServer> {
  const shared = process.env.TEST_REDIS_URL;
  if (shared !== undefined) return { url: shared, stop: () => Promise.resolve() };
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  return {
    url,
    stop: async () => {
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
}
