import { PacedStream } from './paced-stream';

const KIB = 1024;

let stream: PacedStream;
let error: Error | undefined;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  error = undefined;
  stream = new PacedStream();
  stream.on('error', (reason) => (error = reason));
});
afterEach(() => {
  stream.destroy();
  jest.useRealTimers();
});

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Seconds in which the engine has more than enough and the client reads so much of it. */
async function seconds(count: number, bytesRead: number): Promise<void> {
  for (let second = 0; second < count && !stream.destroyed; second++) {
    for (let left = bytesRead; left > 0; left -= 16 * KIB) {
      stream.write(Buffer.alloc(16 * KIB));
      await settled();
      stream.read(16 * KIB);
    }
    while (stream.readableLength < stream.readableHighWaterMark) {
      stream.write(Buffer.alloc(16 * KIB));
      await settled();
    }
    jest.advanceTimersByTime(1_000);
    await settled();
  }
}

it('passes bytes on', async () => {
  stream.end('some bytes');
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('some bytes');
  expect(jest.getTimerCount()).toBe(0);
});

it('ends when its client reads nothing for half a minute, or less than 64 KiB a second for longer', async () => {
  await seconds(30, 0);
  expect(error).toBeUndefined();
  await seconds(2, 0);
  expect(error?.message).toBe('its client reads too slowly');
});

it('goes on for a client that is fast enough, also after a pause', async () => {
  await seconds(25, 0);
  await seconds(60, 128 * KIB);
  await seconds(25, 0);
  expect(error).toBeUndefined();
});

it('does not end while it is the engine that is slow', async () => {
  for (let second = 0; second < 120; second++) {
    stream.write('little');
    stream.read();
    jest.advanceTimersByTime(1_000);
    await settled();
  }
  expect(error).toBeUndefined();
});
