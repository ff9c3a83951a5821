import { Slices } from './slices';

/** Runs `count` slices for an account, and says so for each. */
async function run(name: string, account: string | null, count: number, order: string[]): Promise<void> {
  const slices = new Slices(account);
  for (let slice = 1; slice <= count; slice++) {
    await slices.next();
    order.push(`${name}${slice}`);
  }
}

it('runs one slice in a turn of the event loop, so that others are served between two', async () => {
  const order: string[] = [];
  let turns = 0;
  const other = (): void => {
    order.push(`turn${++turns}`);
    if (turns < 4) setImmediate(other);
  };
  setImmediate(other);
  await Promise.all([run('a', 'a', 1, order), run('b', 'b', 2, order)]);
  expect(order).toEqual(['turn1', 'a1', 'turn2', 'b1', 'turn3', 'b2']);
});

it('gives the accounts turns alternately, first come first served within one', async () => {
  const order: string[] = [];
  await Promise.all([
    run('a', 'many', 2, order),
    run('b', 'many', 2, order),
    run('c', 'many', 2, order),
    run('x', 'one', 2, order),
    run('y', null, 1, order),
  ]);
  expect(order).toEqual(['a1', 'x1', 'y1', 'b1', 'x2', 'c1', 'a2', 'b2', 'c2']);
});

it('is spent after a few milliseconds, and the next is not', async () => {
  const slices = new Slices(null);
  while (!slices.spent);
  await slices.next();
  const start = performance.now();
  while (!slices.spent);
  expect(performance.now() - start).toBeGreaterThan(1);
});

it('goes through items in order, in more than one slice where they take longer', async () => {
  const slices = new Slices(null);
  let turns = 0;
  const other = setInterval(() => (turns += 1), 0);
  const busy = (item: number): number => {
    for (const end = performance.now() + 0.5; performance.now() < end;);
    return 2 * item;
  };
  const items = Array.from({ length: 100 }, (_, index) => index);
  expect(await slices.map(items, busy)).toEqual(items.map((item) => 2 * item));
  clearInterval(other);
  expect(turns).toBeGreaterThan(1);
});

it('ends when its signal fires', async () => {
  const controller = new AbortController();
  const slices = new Slices(null, controller.signal);
  const next = slices.next();
  controller.abort(new Error('gone'));
  await expect(next).rejects.toThrow('gone');
});
