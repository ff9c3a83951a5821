import { AnswerMemory } from './answer-memory';

let memory: AnswerMemory;
let givenUp: string[];

beforeEach(() => {
  jest.useFakeTimers();
  memory = new AnswerMemory(100);
  givenUp = [];
});
afterEach(() => jest.useRealTimers());

const take = (name: string, bytes: number): (() => void) | null =>
  memory.take(name[0] ?? '', bytes, () => givenUp.push(name));

it('has room up to its limit, and again for what was released', () => {
  const release = take('a1', 60);
  expect(take('b1', 40)).not.toBeNull();
  expect(take('c1', 1)).toBeNull();
  release?.();
  release?.();
  expect(memory.bytes).toBe(40);
  expect(take('c1', 60)).not.toBeNull();
  expect(givenUp).toEqual([]);
});

it('gives nothing up that has just begun to wait', () => {
  take('a1', 100);
  jest.advanceTimersByTime(1_999);
  expect(take('b1', 1)).toBeNull();
  jest.advanceTimersByTime(1);
  expect(take('b1', 1)).not.toBeNull();
  expect(givenUp).toEqual(['a1']);
});

it('gives up the oldest answer of the client that keeps most bytes waiting for longest', () => {
  take('old', 10);
  jest.advanceTimersByTime(10_000);
  take('big1', 40);
  take('big2', 40);
  take('new', 10);
  jest.advanceTimersByTime(2_000);
  // 10 × 12 s against 80 × 2 s.
  expect(take('more', 30)).not.toBeNull();
  expect(givenUp).toEqual(['big1']);
  // 10 × 12 s against 40 × 2 s.
  expect(take('more', 20)).not.toBeNull();
  expect(givenUp).toEqual(['big1', 'old']);
});

it('gives up as many as it must', () => {
  for (const name of ['a1', 'a2', 'b1', 'b2']) take(name, 25);
  jest.advanceTimersByTime(5_000);
  expect(take('c1', 75)).not.toBeNull();
  expect(givenUp).toEqual(['a1', 'b1', 'a2']);
  expect(memory.bytes).toBe(100);
});

it('takes an answer that is larger than the limit when it is alone', () => {
  expect(take('a1', 500)).not.toBeNull();
  expect(take('b1', 1)).toBeNull();
  jest.advanceTimersByTime(2_000);
  expect(take('b1', 1)).not.toBeNull();
  expect([givenUp, memory.bytes]).toEqual([['a1'], 1]);
});

it('is full for a client of which more than a quarter of the limit waits', () => {
  const release = take('a1', 25);
  expect(memory.isFull('a')).toBe(false);
  take('a2', 1);
  expect([memory.isFull('a'), memory.isFull('b')]).toEqual([true, false]);
  release?.();
  expect(memory.isFull('a')).toBe(false);
});
