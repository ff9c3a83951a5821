/** `--shift-to`: how far all dates of a log move so that its newest line falls at a chosen instant. */
import { UsageError } from '../errors';
import { epochMs, parseIsoDate } from './dates';

/** The instant that `--shift-to` names, epoch milliseconds. @throws UsageError */
export function shiftTarget(text: string, now: number): number {
  if (text === 'now') return now;
  const at = parseIsoDate(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (at === null || epochMs(at) === null) {
    throw new UsageError(`--shift-to should be "now" or a date like 2026-01-31T12:00:00Z, but is "${text}".`);
  }
  return at;
}

/** Milliseconds to add to every date; none when no line has a date. */
export function shiftFor(newest: number | null, target: number): number {
  return newest === null ? 0 : target - newest;
}
