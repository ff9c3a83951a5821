/** The profile `embedded` of docker-compose.yml: one container that keeps everything in a volume. */
import { call, createKey } from '../e2e/support/api';
import { ComposeProfile, PROFILE_MS } from './support/compose';
import { kill } from './support/containers';

let compose: ComposeProfile;

beforeAll(async () => {
  compose = await ComposeProfile.up('embedded');
}, PROFILE_MS);

afterAll(() => compose.down(), PROFILE_MS);

it(
  'has each event once after a kill and after an upgrade',
  async () => {
    const { secret } = await createKey(compose.target, 'acme');
    const events = Array.from({ length: 5_000 }, (_, index) => ({
      id: `event-${index}`,
      method: 'GET',
      endpoint: '/v1/orders',
      statusCode: 200,
      latencyMs: 1,
    }));
    expect((await call(compose.target, '/events', { key: secret, body: events })).status).toBe(202);
    const container = compose.container('meterhouse');
    await kill(container);
    await container.restart();
    const again = await call(compose.target, '/events?wait=true', { key: secret, body: events });
    expect(again.body).toMatchObject({ accepted: 0, duplicates: 5_000 });
    await compose.renew();
    const { body } = await call(compose.target, '/usage?timeframe=1h', { key: secret });
    expect(body).toMatchObject({ usage: { totalRequests: 5_000 } });
  },
  PROFILE_MS,
);
