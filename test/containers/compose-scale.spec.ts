/** The profile `scale` of docker-compose.yml: two instances behind nginx, on one ClickHouse server and Redis. */
import { call, createKey } from '../e2e/support/api';
import { until } from '../e2e/support/until';
import { ComposeProfile, PROFILE_MS } from './support/compose';
import { kill } from './support/containers';

/** Keys are known to the other instance within a second. */
const KNOWN_MS = 2_000;
/** What is accepted shows within about a second. */
const VISIBLE_MS = 5_000;

let compose: ComposeProfile;

beforeAll(async () => {
  compose = await ComposeProfile.up('scale');
}, PROFILE_MS);

afterAll(() => compose.down(), PROFILE_MS);

const anEvent = (id?: string) => ({ id, method: 'GET', endpoint: '/v1/orders', statusCode: 200, latencyMs: 1 });

/** A key that both instances know: nginx asks them in turns. */
async function sharedKey(account: string, fields: Record<string, unknown> = {}): Promise<string> {
  const { secret } = await createKey(compose.target, account, fields);
  await until(KNOWN_MS, async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => call(compose.target, '/usage', { key: secret })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
  return secret;
}

const countOf = async (key: string): Promise<unknown> =>
  ((await call(compose.target, '/usage?timeframe=1h', { key })).body.usage as Record<string, unknown>).totalRequests;

it('keeps one limit', async () => {
  const secret = await sharedKey('limited', { rateLimit: { requestsPerDay: 60 } });
  const statuses: number[] = [];
  const ask = async (): Promise<number> => {
    const { status, headers } = await call(compose.target, '/usage', { key: secret });
    statuses.push(status);
    return Number(headers.get('x-ratelimit-remaining'));
  };
  const remaining = await ask();
  // One after another: an instance that waits too long for Redis counts by itself.
  while (statuses.length <= remaining + 2) await ask();
  expect(statuses).toEqual([...Array<number>(remaining + 1).fill(200), 429, 429]);
});

it('counts an event once, whichever instances get it', async () => {
  const secret = await sharedKey('once');
  const body = Array.from({ length: 500 }, (_, index) => anEvent(`event-${index}`));
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => call(compose.target, '/events?wait=true', { key: secret, body })),
  );
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect(await countOf(secret)).toBe(500);
});

it('takes the largest body, and says itself what is too large', async () => {
  const secret = await sharedKey('large');
  const filler = ' '.repeat(9 * 1024 * 1024);
  const large = await call(compose.target, '/events', { key: secret, raw: `[${filler}${JSON.stringify(anEvent())}]` });
  expect(large.status).toBe(202);
  const larger = await call(compose.target, '/events', { key: secret, raw: `[${filler}${filler}]` });
  expect([larger.status, larger.body.error]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
});

it('passes server-sent events on as they come', async () => {
  const secret = await sharedKey('live');
  const stop = new AbortController();
  const stream = await fetch(`${compose.target.url}/usage/live`, {
    headers: { authorization: `Bearer ${secret}` },
    signal: stop.signal,
  });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const part of stream.body ?? []) text += decoder.decode(part, { stream: true });
  })().catch(() => undefined);
  await call(compose.target, '/events?wait=true', { key: secret, body: [anEvent(), anEvent()] });
  await until(VISIBLE_MS, async () => expect(text).toContain('"total":{"requests":2'));
  stop.abort();
  await reading;
});

it(
  'serves on while an instance is gone, and has what that one had accepted when it is back',
  async () => {
    const secret = await sharedKey('one-gone');
    const first = Array.from({ length: 20 }, (_, index) => anEvent(`first-${index}`));
    for (const event of first) {
      expect((await call(compose.target, '/events', { key: secret, body: event })).status).toBe(202);
    }
    const container = compose.container('meterhouse-1');
    await kill(container);
    const second = Array.from({ length: 20 }, (_, index) => anEvent(`second-${index}`));
    for (const event of second) {
      expect((await call(compose.target, '/events', { key: secret, body: event })).status).toBe(202);
    }
    await container.restart();
    await until(VISIBLE_MS, async () => expect(await countOf(secret)).toBe(40));
  },
  PROFILE_MS,
);
