/** The dates that logs are written with, as epoch milliseconds; null for what is no date. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const COMMON = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/;
/** 1 January 2100: what is later is no date of a log. */
const LATEST = Date.UTC(2100, 0, 1);

/** Reads `17/May/2015:10:05:03 +0000`, the `%t` of Apache and the `time_local` of nginx. */
export function parseCommonDate(text: string): number | null {
  const match = COMMON.exec(text);
  if (!match) return null;
  const [, day, name, year, hour, minute, second, sign, offsetHours, offsetMinutes] = match;
  const month = MONTHS.indexOf(name ?? '');
  if (month < 0) return null;
  const at = instant([year, month + 1, day, hour, minute, second].map(Number));
  return at === null ? null : withOffset(at, sign, offsetHours, offsetMinutes);
}

/** Reads ISO 8601 with a time zone; digits past the millisecond are cut. */
export function parseIsoDate(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes] = match;
  const at = instant([year, month, day, hour, minute, second ?? 0].map(Number));
  const ms = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  return at === null ? null : withOffset(at + ms, sign, offsetHours, offsetMinutes);
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

/** A calendar date and clock time in UTC; null when there is no such day or time. */
function instant(parts: number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  // A leap second is written as :60 and falls into the next minute.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : null;
}

function withOffset(at: number, sign: string | undefined, hours = '0', minutes = '0'): number | null {
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return epochMs(sign === '-' ? at + offset : at - offset);
}
