import fc from 'fast-check';
import { loadSettings } from '@meterhouse/common';
import { isTrafficChange, mayRaiseTrafficChange } from './traffic-change';

const thresholds = loadSettings({}).alerts;

describe('mayRaiseTrafficChange', () => {
  it('is whether any number within the bounds would', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.nat(100),
        fc.nat(100),
        fc.integer({ min: 1, max: 150 }),
        (requests, atLeast, more, trafficChange) => {
          const given = { ...thresholds, trafficChange };
          const numbers = Array.from({ length: more + 1 }, (_, index) => atLeast + index);
          const raising = numbers.filter((before) => isTrafficChange(requests, before, given));
          expect(mayRaiseTrafficChange(requests, { atLeast, atMost: atLeast + more }, given)).toBe(raising.length > 0);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['what is far apart', 100, 10, 1_000, true],
    ['what is alike', 100, 90, 110, false],
    ['what may be half', 100, 100, 201, true],
    ['too few to tell', 100, 0, 19, false],
  ])('of %s', (_, requests, atLeast, atMost, expected) => {
    expect(mayRaiseTrafficChange(requests, { atLeast, atMost }, thresholds)).toBe(expected);
  });
});
