import { deferred } from '../../../test/support/deferred';
import { withTimeout } from './timeout';

describe('withTimeout', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('returns what the work returns in time, and leaves no timer', async () => {
    expect(await withTimeout(Promise.resolve('done'), 1_000, () => 'late')).toBe('done');
    await expect(withTimeout(Promise.reject(new Error('failed')), 1_000, () => 'late')).rejects.toThrow('failed');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('returns what onTimeout returns after the time, and ignores a failure after that', async () => {
    const work = deferred<string>();
    const answer = withTimeout(work.promise, 1_000, () => 'late');
    await jest.advanceTimersByTimeAsync(999);
    let ended = false;
    void answer.then(() => (ended = true));
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await answer).toBe('late');
    work.reject(new Error('failed'));
  });

  it('rejects when onTimeout throws', async () => {
    const answer = withTimeout(deferred().promise, 1_000, () => {
      throw new Error('too late');
    });
    const rejected = expect(answer).rejects.toThrow('too late');
    await jest.advanceTimersByTimeAsync(1_000);
    await rejected;
  });
});
