import { backoffMs, retrying } from './retry';

const QUICK = { firstMs: 1, maxMs: 2 };

/** Work that fails so many times, and says how often it was tried. */
function failing(times: number) {
  let tries = 0;
  return jest.fn(() => (++tries > times ? Promise.resolve('done') : Promise.reject(new Error(`failure ${tries}`))));
}

describe('backoffMs', () => {
  it.each([
    [1, 100],
    [2, 200],
    [5, 1_600],
    [20, 5_000],
    [2_000, 5_000],
  ])('after failure %i is between a half and the whole of %i ms', (attempt, whole) => {
    const draws = Array.from({ length: 50 }, () => backoffMs(attempt, { firstMs: 100, maxMs: 5_000 }));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(whole / 2);
    expect(Math.max(...draws)).toBeLessThanOrEqual(whole);
    expect(new Set(draws).size).toBeGreaterThan(1);
  });
});

describe('retrying', () => {
  it('repeats work until it succeeds, and reports each failure', async () => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown, attempt: number): void => void failures.push([error, attempt]);
    expect(await retrying(failing(2), { ...QUICK, onFailure })).toBe('done');
    expect(failures).toEqual([
      [new Error('failure 1'), 1],
      [new Error('failure 2'), 2],
    ]);
  });

  it('gives up with what onFailure throws', async () => {
    const work = failing(Infinity);
    const onFailure = (error: unknown, attempt: number): void => {
      if (attempt === 3) throw error;
    };
    await expect(retrying(work, { ...QUICK, onFailure })).rejects.toThrow('failure 3');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('ends a pause, and begins no attempt, when its signal fires', async () => {
    const stop = new AbortController();
    const work = failing(Infinity);
    const onFailure = (): void => void setImmediate(() => stop.abort(new Error('stopped')));
    const options = { firstMs: 60_000, maxMs: 60_000, onFailure, signal: stop.signal };
    await expect(retrying(work, options)).rejects.toThrow('stopped');
    await expect(retrying(work, options)).rejects.toThrow('stopped');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('lets an attempt that runs when the signal fires end', async () => {
    const stop = new AbortController();
    const work = (): Promise<string> => {
      stop.abort();
      return Promise.resolve('done');
    };
    expect(await retrying(work, { ...QUICK, onFailure: () => undefined, signal: stop.signal })).toBe('done');
  });
});
