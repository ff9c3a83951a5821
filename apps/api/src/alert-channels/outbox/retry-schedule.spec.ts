import { DAY, HOUR, MINUTE, SECOND } from '@meterhouse/common';
import { MAX_ATTEMPTS, RETRY_DELAYS_MS, nextAttemptAt, pauseMs } from './retry-schedule';

it("is Standard Webhooks', 75 hours and 35 minutes in all", () => {
  expect(MAX_ATTEMPTS).toBe(10);
  const total = RETRY_DELAYS_MS.reduce((sum, delay) => sum + delay, 0);
  expect(total).toBe(75 * HOUR + 35 * MINUTE + 5 * SECOND);
});

it('waits for the delay of the attempt and up to a tenth more, and then ends', () => {
  RETRY_DELAYS_MS.forEach((delay, index) => {
    expect(nextAttemptAt(index + 1, 1_000, null, () => 0)).toBe(1_000 + delay);
    expect(nextAttemptAt(index + 1, 1_000, null, () => 1)).toBe(1_000 + Math.round(delay * 1.1));
  });
  expect(nextAttemptAt(MAX_ATTEMPTS, 1_000, null)).toBeNull();
  expect(nextAttemptAt(MAX_ATTEMPTS, 1_000, HOUR)).toBeNull();
});

it('waits for what the receiver asks for where that is longer, a day at most', () => {
  expect(nextAttemptAt(1, 0, MINUTE, () => 0)).toBe(MINUTE);
  expect(nextAttemptAt(2, 0, MINUTE, () => 0)).toBe(5 * MINUTE);
  expect(nextAttemptAt(1, 0, 100 * DAY, () => 0)).toBe(DAY);
  expect(pauseMs(null)).toBe(0);
  expect(pauseMs(MINUTE)).toBe(MINUTE);
});
