/** Redis in docker-compose.yml stores durably: claimed ids and used limits are there after a crash. */
import { ComposeProfile, PROFILE_MS } from './support/compose';
import { kill } from './support/containers';

let compose: ComposeProfile;

beforeAll(async () => {
  compose = await ComposeProfile.up('server', 'redis');
}, PROFILE_MS);

afterAll(() => compose.down(), PROFILE_MS);

const redis = async (...command: string[]): Promise<string> =>
  (await compose.container('redis').exec(['redis-cli', ...command])).output.trim();

it(
  'has a key and its end after a kill and in a new container',
  async () => {
    expect(await redis('SET', 'meterhouse:id:a', 'one/1', 'PX', '86400000')).toBe('OK');
    const container = compose.container('redis');
    await kill(container);
    await container.restart();
    expect(await redis('GET', 'meterhouse:id:a')).toBe('one/1');
    await compose.renew();
    expect(await redis('GET', 'meterhouse:id:a')).toBe('one/1');
    expect(Number(await redis('PTTL', 'meterhouse:id:a'))).toBeGreaterThan(86_000_000);
  },
  PROFILE_MS,
);

it('evicts nothing', async () => {
  expect(await redis('CONFIG', 'GET', 'maxmemory-policy')).toMatch(/noeviction$/);
});
