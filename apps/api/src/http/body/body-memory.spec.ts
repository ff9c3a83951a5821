import type { ApiException } from '../api-exception';
import { BodyMemory, type BodyShare } from './body-memory';

describe('BodyMemory', () => {
  let memory: BodyMemory;
  let given: string[];
  beforeEach(() => {
    memory = new BodyMemory(100);
    given = [];
  });

  const open = (name: string): BodyShare =>
    memory.open((error: ApiException) => given.push(`${name} ${error.getStatus()}`));

  it('gives up the bodies that are on their way for longest, and serves the others', () => {
    const [first, second, third] = [open('first'), open('second'), open('third')];
    expect([first.resize(40), second.resize(40), third.resize(20)]).toEqual([true, true, true]);
    expect(third.resize(90)).toBe(true);
    expect(given).toEqual(['first 503', 'second 503']);
    expect(open('fourth').resize(10)).toBe(true);
    expect(given).toHaveLength(2);
  });

  it('refuses the one that asks when it is the oldest, or when the others have arrived', () => {
    expect(open('large').resize(101)).toBe(false);
    const whole = open('whole');
    whole.resize(80);
    whole.arrived();
    expect(open('late').resize(21)).toBe(false);
    expect(open('small').resize(20)).toBe(true);
    expect(given).toEqual([]);
  });

  it('has the room again when a body has gone, once, and gives a closed one none', () => {
    const share = open('share');
    share.resize(100);
    share.close();
    share.close();
    expect(share.resize(10)).toBe(false);
    expect(open('next').resize(100)).toBe(true);
    expect(open('another').resize(1)).toBe(true);
    expect(given).toEqual(['next 503']);
  });
});
