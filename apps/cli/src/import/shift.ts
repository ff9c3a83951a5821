/** `--shift-to`: how far all dates of a log move so that its newest line falls at a chosen instant. */
import { parseDateOrInstant } from '@meterhouse/common';
import { UsageError } from '../errors';
import { epochMs } from './dates';

/** The instant that `--shift-to` names, epoch milliseconds. @throws UsageError */
export function shiftTarget(text: string, now: number): number {
  if (text === 'now') return now;
  const at = epochMs(parseDateOrInstant(text));
  if (at === null) {
    throw new UsageError(`--shift-to should be "now" or a date like 2026-01-31T12:00:00Z, but is "${text}".`);
  }
  return at;
}

/** Milliseconds to add to every date; none when no line has a date. */
export function shiftFor(newest: number | null, target: number): number {
  return newest === null ? 0 : target - newest;
}
