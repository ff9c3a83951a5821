import { deferred, settled } from '../../../test/support/deferred';
import { Serial } from './serial';

describe('Serial', () => {
  it('starts a piece of work when the one before has ended, in the order asked for', async () => {
    const serial = new Serial();
    const first = deferred<string>();
    const started: string[] = [];
    const answers = Promise.all([
      serial.run(() => first.promise),
      serial.run(() => started.push('second')),
      serial.run(() => started.push('third')),
    ]);
    await settled();
    expect(started).toEqual([]);
    first.resolve('first');
    expect(await answers).toEqual(['first', 1, 2]);
    expect(started).toEqual(['second', 'third']);
  });

  it('goes on after a failure, which only its own caller sees', async () => {
    const serial = new Serial();
    const failing = serial.run(() => Promise.reject(new Error('failed')));
    const throwing = serial.run(() => {
      throw new Error('thrown');
    });
    const next = serial.run(() => 'next');
    await expect(failing).rejects.toThrow('failed');
    await expect(throwing).rejects.toThrow('thrown');
    expect(await next).toBe('next');
  });

  it('is idle when all that was asked for has ended, failed or not', async () => {
    const serial = new Serial();
    await serial.idle();
    const work = deferred<void>();
    const failing = serial.run(() => work.promise);
    let idle = false;
    const becomesIdle = serial.idle().then(() => (idle = true));
    await settled();
    expect(idle).toBe(false);
    work.reject(new Error('failed'));
    await expect(failing).rejects.toThrow('failed');
    await becomesIdle;
  });
});
