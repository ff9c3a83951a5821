/** The profile `server` of docker-compose.yml: the service on a ClickHouse server, with Redis. */
import { call, createKey } from '../e2e/support/api';
import { ComposeProfile, PROFILE_MS } from './support/compose';
import { kill } from './support/containers';

let compose: ComposeProfile;

beforeAll(async () => {
  compose = await ComposeProfile.up('server');
}, PROFILE_MS);

afterAll(() => compose.down(), PROFILE_MS);

const events = Array.from({ length: 1_000 }, (_, index) => ({
  id: `event-${index}`,
  method: 'GET',
  endpoint: '/v1/orders',
  statusCode: 200,
  latencyMs: 1,
}));

it(
  'has events and used limits after a kill of each container and after an upgrade',
  async () => {
    const { secret } = await createKey(compose.target, 'acme', { rateLimit: { requestsPerDay: 100 } });
    expect((await call(compose.target, '/events', { key: secret, body: events })).status).toBe(202);
    for (const name of ['meterhouse-server', 'redis', 'clickhouse']) {
      const container = compose.container(name);
      await kill(container);
      await container.restart();
    }
    await compose.renew();
    const again = await call(compose.target, '/events?wait=true', { key: secret, body: events });
    expect(again.body).toMatchObject({ accepted: 0, duplicates: 1_000 });
    const { body, headers } = await call(compose.target, '/usage?timeframe=24h', { key: secret });
    expect(body).toMatchObject({ usage: { totalRequests: 1_000 } });
    expect(headers.get('x-ratelimit-remaining')).toBe('97');
  },
  PROFILE_MS,
);
