/** Billing periods: from the anchor day of a month to that of the next, in the plan's zone. Instants are epoch milliseconds. */
import { DAY, type Span, bucketStartIn, startOfDateIn } from '@meterhouse/common';
import type { Plan } from './plan';

/** What periods follow from. */
export type PeriodCalendar = Pick<Plan, 'timezone' | 'anchorDay'>;

/** The start of the period that begins in a month; months of 0 and below are of the years before. */
function startIn(year: number, month: number, { timezone, anchorDay }: PeriodCalendar): number {
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const date = Date.UTC(year, month - 1, 1) + (Math.min(anchorDay, lastDay) - 1) * DAY;
  return startOfDateIn(date, timezone);
}

/**
 * The period that begins in a month: of the anchor day 31 those from 31 January, 28 February and 31 March on.
 * @param month from 1; 13 is January of the year after
 */
export function periodOf(year: number, month: number, calendar: PeriodCalendar): Span {
  return { from: startIn(year, month, calendar), to: startIn(year, month + 1, calendar) };
}

/** The period that holds an instant. */
export function periodAt(at: number, calendar: PeriodCalendar): Span {
  // The zone's month begins within a day of that of UTC, so that one of three months is meant.
  const date = new Date(bucketStartIn('month', at, { timezone: calendar.timezone, weekStart: 'monday' }) + 15 * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const period = periodOf(year, month, calendar);
  return period.from <= at ? period : periodOf(year, month - 1, calendar);
}

/** The period before one. */
export function periodBefore({ from }: Span, calendar: PeriodCalendar): Span {
  return periodAt(from - 1, calendar);
}
