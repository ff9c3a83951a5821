import { once } from 'node:events';
import { Writable } from 'node:stream';
import { NO_SUMS } from '@meterhouse/common';
import { LiveStream, toMessage } from './live-stream';
import { toMinute } from './second';

const MESSAGE = `data: ${'x'.repeat(4_000)}\n\n`;

/** Takes one chunk, then none until it is let on. */
class SlowClient extends Writable {
  text = '';
  private release: () => void = () => undefined;

  constructor() {
    super({ highWaterMark: 1_024 });
  }

  letOn(): void {
    this.release();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.release = done;
  }
}

const allowed = (): boolean => true;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
});
afterEach(() => {
  jest.useRealTimers();
});

it('writes bytes past 2^53 with all of their digits', () => {
  const seconds = new Map([0, 1].map((second) => [second, { ...NO_SUMS, bytes: 2n ** 53n }]));
  const message = toMessage(2, toMinute(0, false, seconds, seconds));
  expect(message).toContain('"total":{"requests":0,');
  expect(message).toContain(`"dataTransferred":${2n ** 54n}}`);
});

it('has no room while a slow client takes nothing, and holds little for it', async () => {
  const stream = new LiveStream(null, allowed);
  const client = new SlowClient();
  stream.pipe(client);
  await once(stream, 'resume');
  let sent = 0;
  for (let round = 0; round < 1_000; round++) {
    if (!stream.isReady) continue;
    stream.send(MESSAGE);
    sent += 1;
  }
  expect(stream.readableLength + client.writableLength).toBeLessThan(32_768);
  expect(sent).toBeLessThan(10);
  while (!stream.isReady) {
    client.letOn();
    await new Promise((resolve) => setImmediate(resolve));
  }
  stream.send('data: after\n\n');
  while (!client.text.endsWith('data: after\n\n')) {
    client.letOn();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(client.text.split(MESSAGE)).toHaveLength(sent + 1);
  stream.destroy();
});

it('sends a heartbeat every 15 seconds at least, and none beside messages', () => {
  const stream = new LiveStream(null, allowed);
  const written: string[] = [];
  stream.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  stream.read();
  written.length = 0;
  for (let second = 0; second < 45; second++) {
    jest.advanceTimersByTime(1_000);
    stream.tend();
  }
  expect(written.length).toBeGreaterThanOrEqual(3);
  expect(new Set(written)).toEqual(new Set([':\n\n']));
  written.length = 0;
  for (let second = 0; second < 45; second++) {
    jest.advanceTimersByTime(1_000);
    stream.send(MESSAGE);
    stream.tend();
  }
  expect(new Set(written)).toEqual(new Set([MESSAGE]));
  stream.destroy();
});

it('lets go of a client that takes nothing for a minute', () => {
  const stream = new LiveStream(null, allowed);
  while (stream.isReady) stream.send(MESSAGE);
  for (let second = 0; second < 60; second++) {
    jest.advanceTimersByTime(1_000);
    stream.tend();
    expect(stream.destroyed).toBe(false);
  }
  jest.advanceTimersByTime(1_000);
  stream.tend();
  expect(stream.destroyed).toBe(true);
});

it('ends after what was sent when it is no longer allowed, or at once when that is stuck', async () => {
  let may = true;
  const [stream, stuck] = [new LiveStream(null, () => may), new LiveStream(null, () => may)];
  stream.send(MESSAGE);
  while (stuck.isReady) stuck.send(MESSAGE);
  may = false;
  stream.tend();
  stuck.tend();
  expect(stuck.destroyed).toBe(true);
  stream.send('data: too late\n\n');
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(stream, 'close');
  expect(text).toMatch(/^retry: \d+\n\ndata: x+\n\n$/);
});
