/** The dates that logs are written with, as epoch milliseconds; null for what is no date. */
import { SECOND, parseInstant } from '@meterhouse/common';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const COMMON = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:)(\d{2}) ([+-]\d{4})$/;
/** 1 January 2100: what is later is no date of a log. */
const LATEST = Date.UTC(2100, 0, 1);

/** Reads `17/May/2015:10:05:03 +0000`, the `%t` of Apache and the `time_local` of nginx. */
export function parseCommonDate(text: string): number | null {
  const match = COMMON.exec(text);
  if (!match) return null;
  const [, day, name = '', year, hourAndMinute, second, offset] = match;
  const month = String(MONTHS.indexOf(name) + 1).padStart(2, '0');
  // A leap second is written as :60 and falls into the next minute.
  const leap = second === '60';
  const at = parseIsoDate(`${year}-${month}-${day}T${hourAndMinute}${leap ? '59' : second}${offset}`);
  return at !== null && leap ? at + SECOND : at;
}

/** Reads ISO 8601 with a time zone; digits past the millisecond are cut. */
export function parseIsoDate(text: string): number | null {
  return epochMs(parseInstant(text));
}

/** Reads seconds since 1970 with a fraction, the `msec` of nginx. */
export function parseEpochSeconds(value: unknown): number | null {
  const seconds = typeof value === 'string' && /^\d{1,12}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' ? epochMs(Math.round(seconds * 1_000)) : null;
}

/** Accepts a whole number of milliseconds since 1970. */
export function epochMs(value: number): number | null {
  return Number.isInteger(value) && value >= 0 && value < LATEST ? value : null;
}

/**
 * When a request began that ended at `end`. A clock of whole seconds stays one: most requests that take milliseconds
 * begin in the second in which they end, and one that ended at 10:00:00 did not begin at 9:59:59.987.
 * @param durationMs what it took; undefined where the log does not say, and its end is all there is
 * @param stepMs what the log's clock counts in
 */
export function startOf(end: number, durationMs: number | undefined, stepMs: number): number {
  return end - Math.round((durationMs ?? 0) / stepMs) * stepMs;
}
