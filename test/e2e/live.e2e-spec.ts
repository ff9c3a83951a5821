/** `GET /usage/live` of the built service, by the real clock: from an event to its message, and the end of a stream. */
import { call, createKey } from './support/api';
import { type Service, startService } from './support/service';
import { until } from './support/until';

interface Stream {
  text(): string;
  /** Settles when the stream has ended in good order. */
  ended: Promise<void>;
}

let service: Service;

beforeAll(async () => {
  service = await startService();
}, 30_000);

async function watch(secret: string): Promise<Stream> {
  const response = await fetch(`${service.url}/usage/live`, { headers: { authorization: `Bearer ${secret}` } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  let text = '';
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) text += decoder.decode(part, { stream: true });
  };
  return { text: () => text, ended: read() };
}

const totals = (stream: Stream): number[] =>
  [...stream.text().matchAll(/"total":\{"requests":(\d+)/g)].map((match) => Number(match[1]));

it('shows events within two seconds, ends with its key, and does not hold up a stop', async () => {
  const [key, other] = [await createKey(service, 'live'), await createKey(service, 'live')];
  const [own, others] = [await watch(key.secret), await watch(other.secret)];
  // Sent in one call they share an instant, and so a minute.
  const event = { method: 'GET', endpoint: '/live', statusCode: 200, latencyMs: 5 };
  await call(service, '/events?wait=true', { key: key.secret, body: [event, event, event] });
  await until(2_000, async () => expect(totals(own)).toContain(3));
  await call(service, `/keys/${key.id}`, { key: service.adminKey, method: 'DELETE' });
  const revoked = performance.now();
  await own.ended;
  expect(performance.now() - revoked).toBeLessThan(2_000);
  const stopped = performance.now();
  await Promise.all([service.stop(), others.ended]);
  expect(performance.now() - stopped).toBeLessThan(5_000);
  expect(others.text()).toMatch(/\n\n$/);
}, 30_000);
