/**
 * Which of several processes does a task on a server, such as its migrations. Real: the lock's statements, HTTP, the engine behind the front. Not real:
 * the server itself; processes are calls, and they die by their rows alone.
 */
import { ClickHouse, type LockOptions, StorageError, withServerLock } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { deferred } from '../support/deferred';
import { until } from '../support/until';

/** So long that no test waits for it. */
const NEVER_MS = 3_600_000;

let front: ClickHouseFront;
let clickhouse: ClickHouse;

beforeAll(async () => {
  front = await openClickHouseFront();
  clickhouse = await ClickHouse.open(loadSettings({ CLICKHOUSE_URL: front.url }).storage);
});
beforeEach(() => clickhouse.command('DROP TABLE IF EXISTS schema_migrations_lock SYNC'));
afterAll(async () => {
  await clickhouse.close();
  await front.close();
});

/** Runs under the lock, looking often; no heartbeat but its claim, unless asked for. */
function locked<T>(
  instance: string,
  work: (checkHeld: () => Promise<void>) => Promise<T>,
  options: Partial<LockOptions> = {},
): Promise<T> {
  return withServerLock(
    clickhouse,
    { table: 'schema_migrations_lock', name: 'the migrations' },
    { instance, beatMs: NEVER_MS, deadAfterMs: 600_000, pollMs: 5, ...options },
    work,
  );
}

/** A process that holds the lock until `end`. */
async function holder(instance: string, options: Partial<LockOptions> = {}) {
  const [began, end] = [deferred<() => Promise<void>>(), deferred()];
  const ended = locked(
    instance,
    (checkHeld) => {
      began.resolve(checkHeld);
      return end.promise;
    },
    options,
  );
  return { checkHeld: await began.promise, end: () => end.resolve(undefined), ended };
}

/** As if everything until now had happened an hour ago. */
const anHourPasses = (): Promise<void> =>
  clickhouse.command(
    'ALTER TABLE schema_migrations_lock UPDATE at = at - INTERVAL 1 HOUR WHERE true SETTINGS mutations_sync = 1',
  );

async function countRows(condition: string): Promise<number> {
  const [row] = await clickhouse.query(`SELECT count() AS rows FROM schema_migrations_lock WHERE ${condition}`);
  return row?.number('rows') ?? 0;
}

it('is held by one of many at a time, each in its turn', async () => {
  let running = 0;
  const instances = Array.from({ length: 8 }, (_, index) => `instance-${index}`);
  const ran = await Promise.all(
    instances.map((instance) =>
      locked(instance, async (checkHeld) => {
        running += 1;
        await checkHeld();
        expect(running).toBe(1);
        await checkHeld();
        running -= 1;
        return instance;
      }),
    ),
  );
  expect(ran).toEqual(instances);
  expect(await countRows("state = 'claimed'")).toBe(8);
});

it('is released also by work that failed', async () => {
  await expect(locked('a', () => Promise.reject(new Error('The statement is wrong.')))).rejects.toThrow('wrong');
  await expect(locked('b', () => Promise.resolve('done'))).resolves.toBe('done');
});

it('is taken from a process that has shown no sign of life for a while, and which may not go on', async () => {
  const dead = await holder('a');
  const waiting = deferred<string>();
  const next = locked('b', () => Promise.resolve('done'), { waiting: waiting.resolve });
  expect(await waiting.promise).toBe('a');
  await dead.checkHeld();
  await anHourPasses();
  expect(await next).toBe('done');
  await expect(dead.checkHeld()).rejects.toEqual(
    new StorageError(
      'Instance b took over the migrations of this database, since this process had shown no sign of life; start again.',
    ),
  );
  dead.end();
  await dead.ended;
});

it('is taken at once from an earlier process of the same instance', async () => {
  const dead = await holder('a');
  const waiting = jest.fn();
  expect(await locked('a', () => Promise.resolve('done'), { waiting })).toBe('done');
  expect(waiting).not.toHaveBeenCalled();
  dead.end();
  await dead.ended;
});

it('stays with a process that is slow and shows signs of life, however long it takes', async () => {
  const slow = await holder('a', { beatMs: 20 });
  await until(async () => (await countRows("state = 'alive'")) > 0);
  await anHourPasses();
  await until(async () => (await countRows('at > now64(3) - INTERVAL 1 MINUTE')) > 0);
  const waiting = deferred<string>();
  const order: string[] = [];
  const next = locked('b', async () => void order.push('next'), { waiting: waiting.resolve });
  expect(await waiting.promise).toBe('a');
  await slow.checkHeld();
  order.push('slow');
  slow.end();
  await Promise.all([slow.ended, next]);
  expect(order).toEqual(['slow', 'next']);
});

it('forgets claims that are two days old, but the latest: its number is not used again', async () => {
  await locked('a', () => Promise.resolve());
  await locked('b', () => Promise.resolve());
  await clickhouse.command(
    'ALTER TABLE schema_migrations_lock UPDATE at = at - INTERVAL 3 DAY WHERE true SETTINGS mutations_sync = 1',
  );
  await expect(locked('c', () => Promise.resolve('done'))).resolves.toBe('done');
  await until(async () => (await countRows('number < 3')) === 0);
  expect(await countRows("number = 3 AND state = 'claimed'")).toBe(1);
});
