/** Days of each month, February's in a leap year. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)$/i;

/**
 * The instant of an ISO 8601 date and time with `Z` or an offset (`+05:30`, `+0530`, `+05`), in either case, cut to whole epoch milliseconds. NaN for anything
 * else, also for what `Date.parse` would bend into a time: a date alone, a local time, 30 February.
 */
export function parseInstant(text: string): number {
  const match = FORM.exec(text);
  if (!match) return NaN;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !leap ? 28 : (MONTH_DAYS[month - 1] ?? 0);
  if (day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return NaN;
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const at = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  if (match[8] !== undefined) return at;
  const [offsetHours, offsetMinutes] = [part(10), part(11)];
  if (offsetHours > 23 || offsetMinutes > 59) return NaN;
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000;
  return match[9] === '-' ? at + offset : at - offset;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Midnight UTC of an ISO 8601 date such as 2026-03-01, in epoch milliseconds; NaN for anything else, and for a date that
 * no calendar has.
 */
export function parseDate(text: string): number {
  return DATE.test(text) ? parseInstant(`${text}T00:00:00Z`) : NaN;
}

/**
 * What `parseDate` or `parseInstant` gives.
 *
 *     parseDateOrInstant('2026-03-01') === parseDateOrInstant('2026-03-01T02:00:00+02:00');
 */
export function parseDateOrInstant(text: string): number {
  return DATE.test(text) ? parseDate(text) : parseInstant(text);
}
