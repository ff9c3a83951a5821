import { runCli } from '../program';
import { FakeService, type Reply } from '../testing/fake-service';

const DELIVERY = {
  at: '2026-01-02T03:04:05.678Z',
  delivered: true,
  statusCode: 204,
  durationMs: 12,
  answer: '',
  error: null,
};

const CHANNEL = {
  id: 'chn_1',
  accountId: 'acme',
  name: 'On call',
  type: 'webhook',
  target: 'https://example.com/hook',
  enabled: true,
  disabledReason: null,
  lastDelivery: DELIVERY,
};

let service: FakeService;
afterEach(() => service.stop());

async function run(args: readonly string[], reply: Reply) {
  service = await FakeService.start(() => reply);
  let [out, err] = ['', ''];
  const code = await runCli(['--url', service.url, '--key', 'k', ...args], {
    env: {},
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { code, out, err, asked: service.asked.map(({ method, path }) => `${method} ${path}`) };
}

const listed = (...channels: object[]): Reply => ({
  status: 200,
  body: { success: true, channels, pagination: { total: channels.length, limit: 100, offset: 0, hasMore: false } },
});

it('lists channels with their state and last delivery', async () => {
  const gone = { ...CHANNEL, id: 'chn_2', enabled: false, disabledReason: 'It is gone.', lastDelivery: null };
  const { out, asked } = await run(['alerts', 'channels', '--account', 'acme'], listed(CHANNEL, gone));
  expect(out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
    'ID | ACCOUNT | NAME | TYPE | TARGET | STATE | LAST DELIVERY',
    'chn_1 | acme | On call | webhook | https://example.com/hook | enabled | 2026-01-02 03:04 delivered',
    'chn_2 | acme | On call | webhook | https://example.com/hook | It is gone. | -',
    '',
  ]);
  expect(asked[0]).toMatch(/^GET \/alerts\/channels\?.*accountId=acme/);
});

it('prints channels as JSON, and says when there are none', async () => {
  expect(JSON.parse((await run(['alerts', 'channels', '--json'], listed(CHANNEL))).out)).toEqual([CHANNEL]);
  await service.stop();
  expect((await run(['alerts', 'channels'], listed())).out).toBe('There are no channels.\n');
});

it('sends a test message, and fails with the reason when it is not delivered', async () => {
  const tested = (delivery: object): Reply => ({ status: 200, body: { success: true, delivery } });
  const good = await run(['alerts', 'test', 'chn_1/x'], tested(DELIVERY));
  expect(good).toEqual({
    code: 0,
    out: 'Delivered with 204 after 12 ms.\n',
    err: '',
    asked: ['POST /alerts/channels/chn_1%2Fx/test'],
  });
  await service.stop();
  const failed = { ...DELIVERY, delivered: false, statusCode: 500, error: 'It answered 500.', answer: 'oh no' };
  const bad = await run(['alerts', 'test', 'chn_1'], tested(failed));
  expect(bad).toMatchObject({ code: 1, out: '', err: 'Not delivered with 500 after 12 ms: It answered 500.\noh no\n' });
});
