import { type Deferred, deferred, settled } from '../../../test/support/deferred';
import { ConnectionPool, type UseOptions } from './connection-pool';

/** Work that says which connection it has and ends when the test says so. */
class Job {
  connection: string | undefined;
  readonly end: Deferred<string> = deferred<string>();
  readonly result: Promise<string>;

  constructor(pool: ConnectionPool<string>, options: UseOptions = {}) {
    this.result = pool.use((connection) => {
      this.connection = connection;
      return this.end.promise;
    }, options);
    this.result.catch(() => undefined);
  }
}

const started = (jobs: Job[]): boolean[] => jobs.map((job) => job.connection !== undefined);

it('gives a connection to one at a time, first come first served', async () => {
  const pool = new ConnectionPool(['a', 'b']);
  const jobs = Array.from({ length: 4 }, () => new Job(pool));
  await settled();
  expect(started(jobs)).toEqual([true, true, false, false]);
  jobs[1]?.end.resolve('second');
  await settled();
  expect(started(jobs)).toEqual([true, true, true, false]);
  expect(jobs[2]?.connection).toBe(jobs[1]?.connection);
  expect(await jobs[1]?.result).toBe('second');
});

it('gives the connection of work that failed to the next', async () => {
  const pool = new ConnectionPool(['a']);
  const jobs = [new Job(pool), new Job(pool)];
  jobs[0]?.end.reject(new Error('failed'));
  await expect(jobs[0]?.result).rejects.toThrow('failed');
  await settled();
  expect(jobs[1]?.connection).toBe('a');
});

it('leaves one connection to others, and passes over work that must', async () => {
  const pool = new ConnectionPool(['a', 'b', 'c']);
  const reads = Array.from({ length: 4 }, () => new Job(pool, { leavesOne: true }));
  const write = new Job(pool);
  await settled();
  expect([started(reads), started([write])]).toEqual([[true, true, false, false], [true]]);
  write.end.resolve('done');
  await settled();
  expect(started(reads)).toEqual([true, true, false, false]);
  reads[0]?.end.resolve('done');
  await settled();
  expect(started(reads)).toEqual([true, true, true, false]);
});

it('has one connection for all where there is only one', async () => {
  const pool = new ConnectionPool(['a']);
  const jobs = [new Job(pool, { leavesOne: true }), new Job(pool), new Job(pool, { leavesOne: true })];
  for (const job of jobs) {
    await settled();
    expect(job.connection).toBe('a');
    job.end.resolve('done');
  }
});

describe('a caller who goes', () => {
  it('before it had a connection leaves the queue', async () => {
    const pool = new ConnectionPool(['a']);
    const client = new AbortController();
    const jobs = [new Job(pool), new Job(pool, { signal: client.signal }), new Job(pool)];
    await settled();
    client.abort(new Error('gone'));
    await expect(jobs[1]?.result).rejects.toThrow('gone');
    jobs[0]?.end.resolve('done');
    await settled();
    expect(started(jobs)).toEqual([true, false, true]);
  });

  it('is answered at once, and its connection is not given away while work goes on', async () => {
    const pool = new ConnectionPool(['a']);
    const client = new AbortController();
    const jobs = [new Job(pool, { signal: client.signal }), new Job(pool)];
    await settled();
    client.abort(new Error('gone'));
    await expect(jobs[0]?.result).rejects.toThrow('gone');
    await settled();
    expect(started(jobs)).toEqual([true, false]);
    jobs[0]?.end.reject(new Error('killed'));
    await settled();
    expect(started(jobs)).toEqual([true, true]);
  });

  it('between its turn and its work gives the connection back', async () => {
    const pool = new ConnectionPool(['a']);
    const client = new AbortController();
    const jobs = [new Job(pool, { signal: client.signal }), new Job(pool)];
    client.abort(new Error('gone'));
    await expect(jobs[0]?.result).rejects.toThrow('gone');
    await settled();
    expect(started(jobs)).toEqual([false, true]);
  });
});

it('waits at the close for what runs and what waits, and refuses what comes', async () => {
  const pool = new ConnectionPool(['a', 'b']);
  const jobs = Array.from({ length: 3 }, () => new Job(pool, { leavesOne: true }));
  const closed: string[] = [];
  const closing = pool.close(async (connection) => void closed.push(connection));
  await expect(pool.use(async () => 'late')).rejects.toThrow('closed');
  for (const job of jobs) {
    await settled();
    expect(closed).toEqual([]);
    job.end.resolve('done');
  }
  await closing;
  expect(closed.sort()).toEqual(['a', 'b']);
});

it('refuses what waits once it is told to refuse, and lets what runs end', async () => {
  const pool = new ConnectionPool(['a']);
  const [runs, ...waiting] = [new Job(pool), new Job(pool), new Job(pool, { leavesOne: true })];
  await settled();
  pool.refuse();
  runs.end.resolve('done');
  expect(await runs.result).toBe('done');
  for (const job of waiting) await expect(job.result).rejects.toThrow('closed');
  expect(started(waiting)).toEqual([false, false]);
  await pool.close(() => Promise.resolve());
});
