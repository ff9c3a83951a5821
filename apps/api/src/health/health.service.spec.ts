import { ApiException } from '../http/api-exception';
import { HealthService } from './health.service';
import { Readiness } from '../monitoring/readiness';

/** A storage whose pings are answered by hand. */
class FakeStorage {
  readonly pings: { answer: () => void; fail: (error: Error) => void }[] = [];

  ping(): Promise<void> {
    return new Promise((resolve, reject) => this.pings.push({ answer: resolve, fail: reject }));
  }
}

describe('HealthService', () => {
  let storage: FakeStorage;
  let health: HealthService;
  let readiness: Readiness;

  beforeEach(() => {
    jest.useFakeTimers();
    storage = new FakeStorage();
    readiness = new Readiness();
    health = new HealthService(storage, readiness);
  });

  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('is ready when ClickHouse answers', async () => {
    const ready = health.checkReady();
    storage.pings[0]?.answer();
    await expect(ready).resolves.toEqual([]);
  });

  it('is not while a part of the service is in trouble, and says which trouble', async () => {
    readiness.report('events', 'Events wait');
    const ready = health.checkReady();
    storage.pings[0]?.answer();
    await expect(ready).rejects.toMatchObject({ message: 'Events wait; try again in 5 seconds.' });
    readiness.report('events', null);
    const again = health.checkReady();
    storage.pings[1]?.answer();
    await expect(again).resolves.toEqual([]);
  });

  it('is while a part warns, and says what of', async () => {
    readiness.warn('log', 'A part is set aside');
    const ready = health.checkReady();
    storage.pings[0]?.answer();
    await expect(ready).resolves.toEqual(['A part is set aside']);
    readiness.warn('log', null);
    expect(readiness.warnings).toEqual([]);
  });

  it('is not when ClickHouse fails, and asks again at the next probe', async () => {
    const first = health.checkReady();
    storage.pings[0]?.fail(new Error('Code: 241. secret details'));
    await expect(first).rejects.toMatchObject({
      code: 'OVERLOADED',
      message: 'ClickHouse does not answer; try again in 5 seconds.',
      retryAfterSeconds: 5,
    });
    const second = health.checkReady();
    storage.pings[1]?.answer();
    await expect(second).resolves.toEqual([]);
  });

  it('is not when ClickHouse takes longer than two seconds, and sends it one ping for all who ask meanwhile', async () => {
    const probes = [health.checkReady(), health.checkReady()];
    const answers = Promise.allSettled(probes);
    await jest.advanceTimersByTimeAsync(2_000);
    for (const answer of await answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(ApiException) });
    }
    expect(storage.pings).toHaveLength(1);
  });
});
