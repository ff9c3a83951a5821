import { type Limits, QueryTooHeavyError } from '@meterhouse/clickhouse';
import { loadSettings } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { type Deferred, deferred, settled } from '../../../../test/support/deferred';
import { AnswerMemory, accountClient } from '../http/outgoing/answer-memory';
import { Metrics } from '../monitoring/metrics';
import { QueryGate } from './query-gate';
import { QueryMetrics } from './query-metrics';

let metrics: Metrics;
let answers: AnswerMemory;
let gate: QueryGate;
/** What runs, in the order in which it began. */
let begun: string[];

const open = (connections: number): void => {
  metrics = new Metrics();
  answers = new AnswerMemory();
  const settings = loadSettings({ ENGINE_CONNECTIONS: String(connections), ENGINE_MEMORY_MB: '2048' });
  gate = new QueryGate(settings, new QueryMetrics(metrics), answers);
};

beforeEach(() => {
  begun = [];
  open(4);
});
afterEach(() => metrics.onApplicationShutdown());

interface Call {
  end: Deferred<string>;
  client: AbortController;
  result: Promise<string>;
}

const call = (name: string, how: 'run' | 'runExport' | 'runStatement' = 'run'): Call => {
  const [end, client] = [deferred<string>(), new AbortController()];
  const result = gate[how](name[0] ?? null, client.signal, () => {
    begun.push(name);
    return end.promise;
  });
  result.catch(() => undefined);
  return { end, client, result };
};

const shown = async (name: string): Promise<number> =>
  Number(new RegExp(`^meterhouse_${name} (.*)$`, 'm').exec(await metrics.text())?.[1]);

it('runs as many calls as there are connections but one', async () => {
  const calls = ['a1', 'a2', 'a3', 'a4'].map((name) => call(name));
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'a3']);
  expect([await shown('queries_running'), await shown('queries_waiting')]).toEqual([3, 1]);
  calls[0]?.end.resolve('answer');
  expect(await calls[0]?.result).toBe('answer');
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(await shown('query_duration_seconds_count')).toBe(1);
});

it.each([1, 2])('runs one call where there are %i connections', async (connections) => {
  open(connections);
  const calls = ['a1', 'b1'].map((name) => call(name));
  await settled();
  expect(begun).toEqual(['a1']);
  calls[0]?.end.reject(new Error('failed'));
  await expect(calls[0]?.result).rejects.toThrow('failed');
  await settled();
  expect(begun).toEqual(['a1', 'b1']);
});

it('lets a light account past a heavy one', async () => {
  const heavy = Array.from({ length: 20 }, (_, index) => call(`heavy ${index}`));
  call('light');
  await settled();
  heavy[0]?.end.resolve('answer');
  await settled();
  expect(begun.at(-1)).toBe('light');
});

it('gives the work limits for every statement: a share of the memory, and time', async () => {
  const given: Limits[] = [];
  const work = async (_: AbortSignal, limits: Limits): Promise<void> => void given.push(limits);
  await gate.run(null, new AbortController().signal, work);
  await gate.runExport(null, new AbortController().signal, work);
  expect(given).toEqual([
    { seconds: 30, memoryBytes: 536_870_912, rowsToRead: 1_000_000_000, resultBytes: 134_217_728 },
    { seconds: 300, memoryBytes: 536_870_912, rowsToRead: 1_000_000_000 },
  ]);
});

describe('exports', () => {
  it('leave room for other reads', async () => {
    const exports = ['a1', 'b1', 'c1'].map((name) => call(`${name} export`, 'runExport'));
    await settled();
    ['a2', 'b2', 'c2'].forEach((name) => call(name));
    await settled();
    expect(begun).toEqual(['a1 export', 'b1 export', 'a2']);
    expect(await shown('queries_waiting')).toBe(3);
    exports[0]?.end.resolve('sent');
    await settled();
    expect(begun.slice(3)).toEqual(['c2']);
  });

  it('of one account run one after the other', async () => {
    const [first] = ['a1', 'a2', 'b1'].map((name) => call(`${name} export`, 'runExport'));
    await settled();
    expect(begun).toEqual(['a1 export', 'b1 export']);
    first?.end.resolve('sent');
    await settled();
    expect(begun).toEqual(['a1 export', 'b1 export', 'a2 export']);
  });

  it('of one account wait in a short queue', async () => {
    for (let i = 0; i < 5; i++) call('a export', 'runExport');
    await expect(call('a export', 'runExport').result).rejects.toMatchObject({ code: 'OVERLOADED' });
  });

  it('that are only read any more have a place of their account, and none of those for statements', async () => {
    const end = deferred<string>();
    const written = ['a', 'b', 'c', 'd'].map((account) =>
      gate.runExport(account, new AbortController().signal, (_signal, _limits, read) => {
        begun.push(account);
        read();
        return end.promise;
      }),
    );
    await settled();
    ['e1', 'e2', 'e3'].forEach((name) => call(name));
    call('a export', 'runExport');
    await settled();
    expect(begun.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e1', 'e2', 'e3']);
    end.resolve('sent');
    await Promise.all(written);
    await settled();
    expect([await shown('queries_running'), await shown('queries_waiting')]).toEqual([3, 1]);
  });
});

describe('statements that callers wrote', () => {
  it('of one account leave a slot to others', async () => {
    ['a1', 'a2', 'b1', 'c1'].forEach((name) => call(`${name} statement`, 'runStatement'));
    await settled();
    expect(begun).toEqual(['a1 statement', 'b1 statement']);
  });

  it.each([1, 2])('run where there are %i connections', async (connections) => {
    open(connections);
    call('a1 statement', 'runStatement');
    await settled();
    expect(begun).toEqual(['a1 statement']);
  });
});

it('refuses with OVERLOADED and Retry-After past the queue', async () => {
  for (let i = 0; i < 3 + 64; i++) call('a');
  await expect(call('a').result).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 2 });
  for (const account of ['b', 'c', 'd']) for (let i = 0; i < 64; i++) call(account);
  await expect(call('e').result).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 2 });
  expect(await shown('queries_refused_total')).toBe(2);
  expect(await shown('queries_cancelled_total')).toBe(0);
});

it('refuses an account whose answers wait unread, when its turn comes, and no other', async () => {
  const calls = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => call(name));
  await settled();
  answers.take(accountClient('a'), 17 * 1024 * 1024, () => undefined);
  for (const { end } of calls) end.resolve('answer');
  await expect(calls[3]?.result).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 2 });
  expect(await calls[4]?.result).toBe('answer');
  expect(begun).toEqual(['a1', 'a2', 'a3', 'b1']);
});

describe('a client that goes', () => {
  it('leaves the queue', async () => {
    const calls = ['a1', 'a2', 'a3', 'b1', 'c1'].map((name) => call(name));
    calls[3]?.client.abort(new Error('gone'));
    await expect(calls[3]?.result).rejects.toThrow('gone');
    calls[0]?.end.resolve('answer');
    await settled();
    expect(begun).toEqual(['a1', 'a2', 'a3', 'c1']);
    expect(await shown('queries_cancelled_total')).toBe(1);
  });

  it('keeps its slot until its work has ended', async () => {
    const calls = ['a1', 'a2', 'a3', 'b1'].map((name) => call(name));
    await settled();
    calls[0]?.client.abort(new Error('gone'));
    await settled();
    expect(begun).toEqual(['a1', 'a2', 'a3']);
    calls[0]?.end.reject(new Error('killed'));
    await expect(calls[0]?.result).rejects.toThrow('gone');
    await settled();
    expect(begun).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect(await shown('queries_cancelled_total')).toBe(1);
  });
});

describe('what the engine ended', () => {
  const failing = (error: unknown): Promise<never> =>
    gate.run('a', new AbortController().signal, async () => {
      throw error;
    });

  it.each(['time', 'memory', 'rows', 'result'] as const)('for its own %s is answered with advice', async (limit) => {
    await expect(failing(new QueryTooHeavyError(limit, new Error('Code: 1. SELECT')))).rejects.toMatchObject({
      code: 'INVALID_PARAMETERS',
      message: expect.stringMatching(
        /^This .* may( be)?\. Ask for a shorter window, a coarser granularity or fewer keys\.$/,
      ),
    });
  });

  it.each(['202', '241', '745'])('because it is busy (%s) is OVERLOADED', async (code) => {
    await expect(failing(Object.assign(new Error('Code'), { code }))).rejects.toMatchObject({
      code: 'OVERLOADED',
      retryAfterSeconds: 5,
    });
  });

  it('for another reason stays what it was', async () => {
    for (const error of [new ApiException('KEY_NOT_FOUND', 'None.'), new Error('fault'), undefined]) {
      await expect(failing(error)).rejects.toBe(error);
    }
  });
});
