/** How long a rate limit lasts at the pace of its running window. */
import type { Usage } from '../api/client';
import { clock } from '../format/format';

export interface Window {
  name: keyof Usage['rateLimits']['current'];
  label: string;
  seconds: number;
}

/** Of the clock in UTC, as the limiter has them. */
export const WINDOWS: readonly Window[] = [
  { name: 'requestsPerMinute', label: 'This minute', seconds: 60 },
  { name: 'requestsPerHour', label: 'This hour', seconds: 3_600 },
  { name: 'requestsPerDay', label: 'This day (UTC)', seconds: 86_400 },
];

/** A pace over less than this share of the window says nothing yet. */
const MIN_ELAPSED = 0.1;

/**
 * In words: when the limit is reached, or that it is not in this window. The pace is that of the window so far.
 * @param now of the answer, in milliseconds
 * @example runwayOf(WINDOWS[1], 600, 1_000, Date.parse('2026-11-28T10:30:00Z'), 'UTC')
 * // 'At this pace used up at 10:50:00, free again at 11:00:00'
 */
export function runwayOf({ seconds }: Window, used: number, limit: number, now: number, zone: string): string {
  const length = seconds * 1_000;
  const start = Math.floor(now / length) * length;
  const freeAgain = `free again at ${clock(start + length, zone)}`;
  if (used >= limit) return `Used up, ${freeAgain}`;
  const elapsed = now - start;
  if (elapsed < length * MIN_ELAPSED) return 'Too early to say how long it lasts';
  if (used === 0) return 'Nothing used yet';
  const full = now + ((limit - used) / used) * elapsed;
  if (full >= start + length) return 'Enough at this pace';
  return `At this pace used up at ${clock(full, zone)}, ${freeAgain}`;
}
