import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { ListedKeys, aKey } from '../../../../test/support/keys';
import { Metrics } from '../monitoring/metrics';
import type { LiveRepository } from './live.repository';
import { type LiveRequest, LiveService } from './live.service';
import type { Seconds } from './second';

const NOW = Date.UTC(2026, 2, 2, 12, 30, 20);

type Read = LiveRepository['seconds'];

let read: jest.Mock<ReturnType<Read>, Parameters<Read>>;
let service: LiveService;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  Logger.overrideLogger(false);
  read = jest.fn<ReturnType<Read>, Parameters<Read>>(() => Promise.resolve(new Map()));
  // Only what the service calls.
  const repository = { seconds: read } as unknown as LiveRepository;
  const keys = new ListedKeys(aKey({ id: 'key', accountId: 'acme' }));
  service = new LiveService(repository, keys, new FixedClock(NOW), new Metrics());
});
afterEach(() => {
  service.onModuleDestroy();
  jest.useRealTimers();
});

const request = (given: Partial<LiveRequest> = {}): LiveRequest => ({
  accountId: 'acme',
  scope: 'acme',
  keyIds: [],
  lastEventId: undefined,
  isAllowed: () => true,
  ...given,
});

const accounts = (count: number): LiveRequest[] =>
  Array.from({ length: count }, (_, index) => request({ accountId: `account-${index}`, scope: `account-${index}` }));

it('reads once a second for all who watch the same', async () => {
  await Promise.all([service.open(request()), service.open(request()), service.open(request({ keyIds: ['key'] }))]);
  expect(read).toHaveBeenCalledTimes(2);
  await jest.advanceTimersByTimeAsync(3_000);
  expect(read).toHaveBeenCalledTimes(2 + 3 * 2);
});

it('reads no more once the last has gone', async () => {
  const stream = await service.open(request());
  stream.destroy();
  await jest.advanceTimersByTimeAsync(5_000);
  expect(read).toHaveBeenCalledTimes(1);
  expect(jest.getTimerCount()).toBe(0);
});

it('fails before the stream begins when the storage does, and keeps no place for it', async () => {
  read.mockRejectedValue(new Error('no answer'));
  for (let attempt = 0; attempt < 30; attempt++) {
    await expect(service.open(request())).rejects.toThrow('no answer');
    await new Promise((resolve) => setImmediate(resolve));
  }
  read.mockResolvedValue(new Map());
  await service.open(request());
});

it('keeps streams while the storage fails', async () => {
  const stream = await service.open(request());
  stream.resume();
  read.mockRejectedValue(new Error('no answer'));
  await jest.advanceTimersByTimeAsync(20_000);
  expect(stream.destroyed).toBe(false);
  expect(read.mock.calls.length).toBeGreaterThan(15);
});

it('sends heartbeats and ends streams also while the storage hangs', async () => {
  let allowed = true;
  const stream = await service.open(request({ isAllowed: () => allowed }));
  read.mockReturnValue(new Promise(() => undefined));
  const all = text(stream);
  await jest.advanceTimersByTimeAsync(30_000);
  allowed = false;
  await jest.advanceTimersByTimeAsync(1_000);
  expect((await all).match(/^:$/gm)?.length).toBeGreaterThanOrEqual(2);
  // One that hangs and one that waits, whatever time it takes.
  expect(read).toHaveBeenCalledTimes(2);
});

it('refuses more than 20 streams of an account, and 200 in all where no account has more than another', async () => {
  const full = { code: 'OVERLOADED', retryAfterSeconds: 10 };
  await Promise.all(Array.from({ length: 20 }, () => service.open(request())));
  await expect(service.open(request())).rejects.toMatchObject({
    ...full,
    message: expect.stringContaining('of this account have 20'),
  });
  await Promise.all(accounts(199).map((each) => service.open(each)));
  for (const accountId of ['acme', 'account-0', 'other']) {
    await expect(service.open(request({ accountId }))).rejects.toMatchObject({
      ...full,
      message: expect.stringContaining('are 200'),
    });
  }
});

it('gives an account its share of the places where others have taken all of them', async () => {
  const opened = new Map<string, Readable[]>();
  for (const { accountId } of accounts(10)) {
    const streams = await Promise.all(Array.from({ length: 20 }, () => service.open(request({ accountId }))));
    opened.set(accountId, streams);
  }
  const late = await Promise.all(Array.from({ length: 18 }, () => service.open(request({ accountId: 'late' }))));
  await expect(service.open(request({ accountId: 'late' }))).rejects.toMatchObject({ code: 'OVERLOADED' });
  for (const stream of [...opened.values(), late].flat()) stream.resume();
  await jest.advanceTimersByTimeAsync(1_000);
  const left = [...opened.values()].map((streams) => streams.filter((stream) => !stream.destroyed).length);
  expect(left.sort()).toEqual([18, 18, 18, 18, 18, 18, 18, 18, 19, 19]);
  expect(late.every((stream) => !stream.destroyed)).toBe(true);
  // The ones that were open first stay.
  expect([...opened.values()].every(([first]) => first?.destroyed === false)).toBe(true);
});

it('refuses who waits for a first message when the service stops', async () => {
  let answer: (seconds: Seconds) => void = () => undefined;
  read.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const opened = service.open(request());
  const refused = expect(opened).rejects.toMatchObject({ code: 'OVERLOADED' });
  await new Promise((resolve) => setImmediate(resolve));
  service.onModuleDestroy();
  answer(new Map());
  await refused;
  await expect(service.open(request())).rejects.toMatchObject({ code: 'OVERLOADED' });
});
