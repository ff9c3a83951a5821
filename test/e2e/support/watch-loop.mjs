/**
 * Loaded into the service by `node --import`: measures how long the event loop works in one turn. While a client is
 * connected to the socket at `WATCH_LOOP` each turn is measured; when it has ended its side, it gets the longest, in ms.
 *
 * Measured is the time that the main thread has worked, which stands still while the machine does other things; the
 * scheduler counts it in steps of some milliseconds.
 */
import { openSync, readSync } from 'node:fs';
import { createServer } from 'node:net';
import { setImmediate } from 'node:timers';

const counters = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
const text = Buffer.alloc(64);

function workedMs() {
  const length = readSync(counters, text, 0, text.length, 0);
  return Number(text.toString('latin1', 0, length).split(' ')[0]) / 1e6;
}

createServer({ allowHalfOpen: true }, (client) => {
  let longest = 0;
  let last = workedMs();
  let isWatching = true;
  const turn = () => {
    const now = workedMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (isWatching) setImmediate(turn);
    else client.end(String(longest));
  };
  client.resume();
  client.on('error', () => undefined);
  client.on('close', () => (isWatching = false));
  client.on('end', () => (isWatching = false));
  client.write('watching\n');
  turn();
})
  .listen(process.env.WATCH_LOOP)
  .unref();
