import { DAY, MINUTE, SECOND } from '@meterhouse/common';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { SteadyClock } from './steady-clock';

const AFTER_MIDNIGHT = Date.UTC(2026, 2, 3) + 10 * SECOND;

let wall: FixedClock;
let elapsed: number;
let clock: SteadyClock;
beforeEach(() => {
  wall = new FixedClock(AFTER_MIDNIGHT);
  elapsed = 5_000;
  clock = new SteadyClock(wall, () => elapsed);
  clock.now();
});

/** Time passes, and the clock with it. */
const pass = (milliseconds: number): void => {
  wall.at += milliseconds;
  elapsed += milliseconds;
};

it('is the clock, however it is set forward', () => {
  pass(MINUTE);
  expect(clock.now()).toBe(AFTER_MIDNIGHT + MINUTE);
  wall.at += 80 * 365 * DAY;
  expect(clock.now()).toBe(wall.at);
});

it.each([5 * MINUTE, DAY, 365 * DAY])('goes on as time passes where it is set back by %p ms', (back) => {
  wall.at -= back;
  expect(clock.now()).toBe(AFTER_MIDNIGHT);
  pass(30 * SECOND);
  expect(clock.now()).toBe(AFTER_MIDNIGHT + 30 * SECOND);
  pass(MINUTE);
  expect(clock.now()).toBe(AFTER_MIDNIGHT + 90 * SECOND);
  // Set right again.
  wall.at += back;
  expect(clock.now()).toBe(AFTER_MIDNIGHT + 90 * SECOND);
});

it('follows the clock within a minute', () => {
  wall.at -= 9 * SECOND;
  expect(clock.now()).toBe(AFTER_MIDNIGHT - 9 * SECOND);
});

it('takes up with the clock again where that is a little behind, and goes back to no earlier minute', () => {
  wall.at -= 20 * SECOND;
  expect(clock.now()).toBe(AFTER_MIDNIGHT);
  pass(15 * SECOND);
  expect(clock.now()).toBe(wall.at);
  expect(wall.at).toBeGreaterThan(AFTER_MIDNIGHT - 10 * SECOND);
});
