/** What a start does before it serves, and what it says when it cannot. Real: the built service, HTTP, the engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, createKey } from './support/api';
import { startService } from './support/service';

it('shows what was accepted before a crash in the first answer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'meterhouse-start-'));
  const first = await startService({ DATA_DIR: folder });
  const { secret } = await createKey(first, 'crashed');
  const event = { method: 'GET', endpoint: '/v1/orders', statusCode: 200, latencyMs: 1 };
  for (let batch = 0; batch < 5; batch++) {
    const sent = await call(first, '/events', { key: secret, body: Array(200).fill(event) });
    expect(sent.status).toBe(202);
  }
  await first.kill();
  const second = await startService({ DATA_DIR: folder });
  const { body } = await call(second, '/usage?timeframe=1h', { key: secret });
  expect(body).toMatchObject({ usage: { totalRequests: 1_000 } });
  await second.stop();
  await rm(folder, { recursive: true });
});

it('writes one JSON object a line off a terminal, with the id of the request where one is served', async () => {
  const service = await startService();
  const body = { accountId: 'nobody', confirm: true };
  const { headers } = await call(service, '/admin/events/delete', { key: service.adminKey, body });
  await service.stop();
  const lines = service.output().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ level: 'log', message: expect.stringContaining(`Ready at ${service.url} `) }),
      expect.objectContaining({
        message: expect.stringContaining('deleted 0 events of account nobody'),
        requestId: headers.get('x-request-id'),
      }),
    ]),
  );
});

it('listens on both addresses of localhost', async () => {
  const service = await startService({ HOST: 'localhost' });
  const { port } = new URL(service.url);
  for (const host of ['127.0.0.1', '[::1]']) {
    expect((await fetch(`http://${host}:${port}/health/live`)).status).toBe(200);
  }
  await service.stop();
});

describe('a start that cannot succeed says which setting is wrong', () => {
  it('where the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const output = await startService({ PORT: String(port) }).catch(String);
    expect(output).toContain(
      `Meterhouse cannot start: PORT: ${port} of 127.0.0.1 is taken; stop what uses it or set another.`,
    );
    expect(output).not.toMatch(/"error"|EADDRINUSE/);
    other.close();
  });

  it.each([
    [
      { HOST: '999.1.1.1' },
      'HOST: expected an address of this machine, such as 127.0.0.1 or 0.0.0.0, got "999.1.1.1".',
    ],
    [{ TRUST_PROXY: 'foo' }, 'TRUST_PROXY: expected IP addresses or ranges such as 10.0.0.0/8, got "foo".'],
  ])('where it is %j', async (env, message) => {
    await expect(startService(env)).rejects.toThrow(`Meterhouse cannot start: ${message}`);
  });
});
