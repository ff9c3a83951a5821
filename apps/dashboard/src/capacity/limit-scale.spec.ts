import { TRIED_LIMITS } from '../state/view';
import { STEPS, limitAt, stepOf } from './limit-scale';

it.each(TRIED_LIMITS)('goes up with each step, and not past its ends: %s', (name) => {
  const limits = Array.from({ length: STEPS + 1 }, (_, step) => limitAt(step, name));
  for (const [step, limit] of limits.entries()) {
    expect(Number.isInteger(limit)).toBe(true);
    expect(limit).toBeGreaterThanOrEqual(limits[step - 1] ?? 1);
  }
  expect(stepOf({ name, requests: 1 })).toBe(0);
  expect(stepOf({ name, requests: 4_294_967_295 })).toBe(STEPS);
});

it.each([0, 20, 37, 63, STEPS])('comes back to step %i', (step) =>
  expect(stepOf({ name: 'requestsPerHour', requests: limitAt(step, 'requestsPerHour') })).toBe(step),
);
