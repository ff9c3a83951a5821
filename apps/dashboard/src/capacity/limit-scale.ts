/** The slider of a limit: each decade is as long as the next, and its limits are round. */
import type { TriedLimit } from '../state/view';

const STEPS_OF_DECADE = 20;
const DECADES = 5;
export const STEPS = DECADES * STEPS_OF_DECADE;

/** Where the slider begins. */
const LEAST: Record<TriedLimit['name'], number> = { requestsPerMinute: 1, requestsPerHour: 10, requestsPerDay: 100 };

/** The limit of a step, of two digits. @example limitAt(20, 'requestsPerMinute') // 10 */
export function limitAt(step: number, name: TriedLimit['name']): number {
  const limit = LEAST[name] * 10 ** (step / STEPS_OF_DECADE);
  return Math.round(Number(limit.toPrecision(2)));
}

/** The step nearest to a limit. */
export function stepOf({ name, requests }: TriedLimit): number {
  const step = Math.round(Math.log10(requests / LEAST[name]) * STEPS_OF_DECADE);
  return Math.min(STEPS, Math.max(0, step));
}
