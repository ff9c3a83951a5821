import { MeterhouseClient } from './client';
import { CliError, ServiceError, UsageError } from './errors';
import { type Asked, FakeService, type Reply, allAccepted } from './testing/fake-service';

const BUSY: Reply = {
  status: 429,
  headers: { 'retry-after': '3' },
  body: { success: false, error: 'RATE_LIMIT_EXCEEDED', message: 'Too many requests.' },
};

describe('MeterhouseClient', () => {
  let service: FakeService;
  let waits: number[];

  afterEach(() => service?.stop());

  async function clientOf(answer: (asked: Asked, number: number) => Reply | 'hang up'): Promise<MeterhouseClient> {
    service = await FakeService.start(answer);
    waits = [];
    return new MeterhouseClient({ url: service.url, key: 'mh_test', wait: async (ms) => void waits.push(ms) });
  }

  it("sends gzip'd NDJSON under the key", async () => {
    const client = await clientOf(allAccepted);
    expect(await client.sendEvents(['{"id":"1"}', '{"id":"2"}'])).toEqual({ accepted: 2, duplicates: 0, rejected: [] });
    expect(service.asked[0]).toMatchObject({ method: 'POST', path: '/events', body: '{"id":"1"}\n{"id":"2"}' });
    expect(service.asked[0]?.headers).toMatchObject({
      authorization: 'Bearer mh_test',
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
    });
  });

  it('waits as long as Retry-After says', async () => {
    const client = await clientOf((asked, number) => (number < 3 ? BUSY : allAccepted(asked)));
    expect((await client.sendEvents(['{}'])).accepted).toBe(1);
    expect(waits).toEqual([3_000, 3_000]);
  });

  it('backs off by itself when a 503 does not say for how long', async () => {
    const busy = { status: 503, body: { success: false, error: 'OVERLOADED', message: 'Full.' } };
    const client = await clientOf((asked, number) => (number < 4 ? busy : allAccepted(asked)));
    await client.sendEvents(['{}']);
    expect(waits).toHaveLength(3);
    waits.forEach((ms, i) => {
      expect(ms).toBeGreaterThanOrEqual(250 * 2 ** i);
      expect(ms).toBeLessThanOrEqual(500 * 2 ** i);
    });
  });

  it('gives up after eight tries', async () => {
    const client = await clientOf(() => BUSY);
    await expect(client.sendEvents(['{}'])).rejects.toThrow('Too many requests. (RATE_LIMIT_EXCEEDED) Try again in 3');
    expect(service.asked).toHaveLength(8);
  });

  it('does not sit out a wait of hours', async () => {
    const client = await clientOf(() => ({ ...BUSY, headers: { 'retry-after': '40000' } }));
    await expect(client.sendEvents(['{}'])).rejects.toThrow('40000 seconds');
    expect(service.asked).toHaveLength(1);
  });

  it('sends events again when the connection broke, once the service has answered before', async () => {
    const client = await clientOf((asked, number) => (number === 2 ? 'hang up' : allAccepted(asked)));
    await client.sendEvents(['{"id":"1"}']);
    expect((await client.sendEvents(['{"id":"2"}'])).accepted).toBe(1);
    expect(service.asked).toHaveLength(3);
  });

  it('does not create a key twice when the connection broke', async () => {
    const client = await clientOf((asked, number) => (number === 1 ? allAccepted(asked) : 'hang up'));
    await client.sendEvents(['{}']);
    await expect(client.createKey({ name: 'x' })).rejects.toThrow(CliError);
    expect(service.asked).toHaveLength(2);
  });

  it('says how to start a service that is not there', async () => {
    const client = await clientOf(allAccepted);
    await service.stop();
    await expect(client.sendEvents(['{}'])).rejects.toThrow(/does not answer at .*ECONNREFUSED.*npm start/);
    expect(waits).toEqual([]);
  });

  it.each([
    ['http://127.0.0.1:1', 'bad port'],
    ['http://a:b@127.0.0.1', 'Request cannot be constructed from a URL that includes credentials'],
  ])('says why %s cannot be asked, where no code does', async (url, why) => {
    const client = new MeterhouseClient({ url, key: 'k' });
    await expect(client.listKeys()).rejects.toThrow(`Meterhouse does not answer at ${url} (${why}`);
  });

  it.each([
    [401, 'UNAUTHORIZED', /does not accept this key.*METERHOUSE_KEY/],
    [403, 'FORBIDDEN', /may not do that.*--key/],
    [404, 'KEY_NOT_FOUND', /There is none\. \(KEY_NOT_FOUND\)/],
  ])('explains %d', async (status, error, message) => {
    const client = await clientOf(() => ({ status, body: { success: false, error, message: 'There is none.' } }));
    await expect(client.revokeKey('k')).rejects.toThrow(message);
    await expect(client.revokeKey('k')).rejects.toBeInstanceOf(ServiceError);
  });

  it.each([
    [404, '<html>'],
    [200, '<html>'],
    [200, '{}'],
  ])('notices a server that is not Meterhouse (%d, %s)', async (status, body) => {
    const client = await clientOf(() => ({ status, body }));
    await expect(client.listKeys()).rejects.toThrow('check --url or METERHOUSE_URL');
  });

  it('reports a body of bad events only as rejected events', async () => {
    const details = [0, 1].map((i) => ({ field: `events[${i}]`, message: `timestamp is "${i}"` }));
    const body = { success: false, error: 'INVALID_PARAMETERS', message: 'None is valid.', details };
    const client = await clientOf(() => ({ status: 400, body }));
    expect(await client.sendEvents(['{}', '{}', '{}'])).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: [0, 1, 0].map((quoted, index) => ({ index, message: `timestamp is "${quoted}"` })),
    });
  });

  it('throws a refusal that is not about the events', async () => {
    const details = [{ field: 'accountId', message: 'accountId is too long.' }];
    const body = { success: false, error: 'INVALID_PARAMETERS', message: 'accountId is too long.', details };
    const client = await clientOf(() => ({ status: 400, body }));
    await expect(client.sendEvents(['{}'], 'x')).rejects.toThrow('accountId is too long.');
  });

  it.each([
    [{ url: 'localhost:3000', key: 'k' }, '--url should be like'],
    [{ url: 'http://localhost', key: undefined }, 'set METERHOUSE_KEY or ADMIN_KEY'],
    [{ url: 'http://localhost', key: 'a b' }, 'holds spaces'],
  ])('refuses %j', (options, message) => {
    expect(() => new MeterhouseClient(options)).toThrow(UsageError);
    expect(() => new MeterhouseClient(options)).toThrow(message);
  });
});
