import { NO_SUMS, type Sums } from '@meterhouse/common';
import type { LiveMinuteDto } from './dto/live-minute.dto';
import { LiveStream } from './live-stream';
import { Topic } from './topic';

const MINUTE = Date.UTC(2026, 2, 2, 12, 30) / 1_000;

/** Messages as `[minute, complete, [[second, requests], …], total]`, seconds counted from `MINUTE`. */
type Told = [number, boolean, [number, number][], number];

class Events {
  readonly reads: [number, number][] = [];
  fails = false;
  /** Runs while a read is on its way. */
  meanwhile: () => void = () => undefined;
  private readonly seconds = new Map<number, Sums>();

  add(second: number, requests = 1): void {
    this.seconds.set(MINUTE + second, { ...NO_SUMS, requests: this.requests(second) + requests });
  }

  readonly read = async (from: number, to: number): Promise<Map<number, Sums>> => {
    this.reads.push([from - MINUTE, to - MINUTE]);
    const found = new Map([...this.seconds].filter(([second]) => second >= from && second < to));
    await Promise.resolve();
    this.meanwhile();
    if (this.fails) throw new Error('no answer');
    return found;
  };

  private requests(second: number): number {
    return this.seconds.get(MINUTE + second)?.requests ?? 0;
  }
}

let events: Events;
let topic: Topic;

beforeEach(() => {
  events = new Events();
  topic = new Topic(events.read);
});

function join(known: number | null = null): LiveStream {
  const stream = new LiveStream(known === null ? null : MINUTE + known, () => true);
  topic.add(stream);
  return stream;
}

const round = (second: number): Promise<void> => topic.round(MINUTE + second);

/** What came since it was last asked. */
function told(stream: LiveStream): Told[] {
  let text = '';
  for (let part: unknown = stream.read(); part !== null; part = stream.read())
    text += part instanceof Buffer ? part.toString() : '';
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']): Told => {
    const data = JSON.parse(json) as LiveMinuteDto;
    const second = (timestamp: string): number => Date.parse(timestamp) / 1_000 - MINUTE;
    return [
      second(data.minute),
      data.complete,
      data.seconds.map(({ timestamp, requests }) => [second(timestamp), requests]),
      data.total.requests,
    ];
  });
}

it('tells the running minute whole, then what changed, and nothing when nothing did', async () => {
  const stream = join();
  events.add(-1);
  events.add(1, 2);
  await round(2);
  expect(told(stream)).toEqual([
    [
      0,
      false,
      [
        [0, 0],
        [1, 2],
        [2, 0],
      ],
      2,
    ],
  ]);
  await round(2);
  expect(told(stream)).toEqual([]);
  events.add(0);
  events.add(5);
  await round(3);
  expect(told(stream)).toEqual([
    [
      0,
      false,
      [
        [0, 1],
        [3, 0],
        [5, 1],
      ],
      4,
    ],
  ]);
  await round(5);
  expect(told(stream)).toEqual([[0, false, [[4, 0]], 4]]);
});

it('reads once for all of its streams, no further back than they need', async () => {
  const streams = [join(), join(), join()];
  await round(30);
  await round(31);
  expect(events.reads).toEqual([
    [0, 60],
    [-60, 60],
  ]);
  expect(streams.map((stream) => told(stream).length)).toEqual([2, 2, 2]);
  await topic.round(MINUTE + 32);
  for (const stream of streams) topic.remove(stream);
  await round(33);
  expect(events.reads).toHaveLength(3);
});

it('completes a minute before the next, also when rounds were missed', async () => {
  const stream = join();
  events.add(10);
  await round(20);
  told(stream);
  events.fails = true;
  await expect(round(59)).rejects.toThrow('no answer');
  await expect(round(70)).rejects.toThrow('no answer');
  events.fails = false;
  events.add(58);
  events.add(130);
  await round(181);
  const messages = told(stream);
  expect(messages.map(([minute, complete, seconds, total]) => [minute, complete, seconds.length, total])).toEqual([
    [0, true, 60, 2],
    [60, true, 60, 0],
    [120, true, 60, 1],
    [180, false, 2, 0],
  ]);
});

it('corrects the minute before, but not one that the client was never sent', async () => {
  const old = join();
  await round(59);
  await round(60);
  told(old);
  const young = join();
  await round(61);
  told(old);
  told(young);
  events.add(30);
  await round(62);
  expect(told(old)).toEqual([
    [0, true, [[30, 1]], 1],
    [60, false, [[62, 0]], 0],
  ]);
  expect(told(young)).toEqual([[60, false, [[62, 0]], 0]]);
});

it('tells a client that comes back the minutes since, from the one that late events may have changed', async () => {
  const other = join();
  await round(100);
  told(other);
  const back = join(70);
  await round(130);
  expect(told(back).map(([minute, complete, seconds]) => [minute, complete, seconds.length])).toEqual([
    [0, true, 60],
    [60, true, 60],
    [120, false, 11],
  ]);
  expect(told(other).map(([minute]) => minute)).toEqual([60, 120]);
  const long = join(-5_000);
  await round(131);
  expect(told(long)).toHaveLength(12);
});

it('serves a client that joins while a round reads in the next', async () => {
  const first = join();
  let second: LiveStream | undefined;
  events.meanwhile = () => (second ??= join());
  await round(10);
  expect(told(first)).toHaveLength(1);
  expect(second && told(second)).toEqual([]);
  await round(10);
  expect(second && told(second)).toHaveLength(1);
  expect(told(first)).toEqual([]);
});

it('passes over a slow client, and tells it all once it has caught up', async () => {
  const [slow, quick] = [join(), join()];
  await round(1);
  told(quick);
  while (slow.isReady) slow.send(`: ${'x'.repeat(1_000)}\n`);
  const waiting = slow.readableLength;
  for (let second = 2; second < 130; second++) {
    events.add(second);
    await round(second);
    told(quick);
  }
  expect(slow.readableLength).toBe(waiting);
  told(slow);
  // Its buffer is read from again, which says that there is room.
  slow.read(0);
  await round(130);
  expect(told(slow).map(([minute, complete, , total]) => [minute, complete, total])).toEqual([
    [-60, true, 0],
    [0, true, 58],
    [60, true, 60],
    [120, false, 10],
  ]);
});
