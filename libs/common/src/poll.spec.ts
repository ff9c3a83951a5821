import { Poll } from './poll';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const SAID = (): { said: string[]; failed: (error: unknown) => void; recovered: () => void } => {
  const said: string[] = [];
  return { said, failed: (error) => void said.push(String(error)), recovered: () => void said.push('recovered') };
};

it('says once that work fails and once that it does not any more', async () => {
  const { said, failed, recovered } = SAID();
  const outcomes = ['a', 'b', null, null, 'c'];
  const work = (): Promise<void> => {
    const error = outcomes.shift();
    return error ? Promise.reject(new Error(error)) : Promise.resolve();
  };
  const poll = new Poll(work, 100, failed, recovered);
  poll.start();
  await jest.advanceTimersByTimeAsync(550);
  expect(said).toEqual(['Error: a', 'recovered', 'Error: c']);
  await poll.stop();
});

it('does nothing twice at once, waits for what runs when it stops, and does nothing after', async () => {
  const { failed, recovered } = SAID();
  let begun = 0;
  let finish = (): void => undefined;
  const poll = new Poll(
    () => {
      begun += 1;
      return new Promise((resolve) => (finish = resolve));
    },
    100,
    failed,
    recovered,
  );
  poll.start();
  await jest.advanceTimersByTimeAsync(500);
  expect(begun).toBe(1);
  let stopped = false;
  const stop = poll.stop().then(() => (stopped = true));
  await jest.advanceTimersByTimeAsync(500);
  expect({ begun, stopped }).toEqual({ begun: 1, stopped: false });
  finish();
  await stop;
  await jest.advanceTimersByTimeAsync(500);
  expect(begun).toBe(1);
});

it('does the work now, behind what runs', async () => {
  const { failed, recovered } = SAID();
  const ends: (() => void)[] = [];
  const poll = new Poll(() => new Promise((resolve) => void ends.push(resolve)), 100, failed, recovered);
  poll.start();
  await jest.advanceTimersByTimeAsync(100);
  let done = false;
  const now = poll.now().then(() => (done = true));
  ends[0]?.();
  await jest.advanceTimersByTimeAsync(10);
  expect({ begun: ends.length, done }).toEqual({ begun: 2, done: false });
  ends[1]?.();
  await now;
  await poll.stop();
});
