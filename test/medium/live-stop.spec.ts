/** How `GET /usage/live` ends with its service. Real and not: as in live.spec.ts. */
import { text } from 'node:stream/consumers';
import { openLive } from './live-fixture';

const NOW = Date.UTC(2026, 2, 2, 12, 30, 20);

it('ends all streams at once when the service stops, and begins none after', async () => {
  const live = await openLive(NOW);
  const key = await live.key('stopping');
  const [first, second] = [await live.watch(key.secret), await live.watch(key.secret)];
  await Promise.all([first.next(), second.next()]);
  // The hooks run before the socket is closed: a call that comes in between gets 503.
  const late = live.request(key.secret);
  const began = performance.now();
  const closed = live.app.close();
  await Promise.all([first.end(), second.end(), closed]);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(first.response.complete && second.response.complete).toBe(true);
  const answer = await late.catch(() => undefined);
  if (answer) expect([answer.statusCode, await text(answer)]).toEqual([503, expect.stringContaining('stopping')]);
  await live.close();
});
