/** From a query to the window that is priced. Instants are epoch milliseconds. */
import { type Calendar, HOUR, type Retention, type Span, floorTo, iso } from '@meterhouse/common';
import { type PeriodCalendar, periodAt, periodBefore, periodOf } from '@meterhouse/pricing';
import { ApiException } from '../http/api-exception';
import { type Window, type WindowRequest, pointsOf, windowOf } from '../usage/request/window';

/** A window that is priced. */
export interface CostWindow extends Span {
  /** The end of what is read: of the running minute where the window ends now or later. */
  readTo: number;
  /** Whether it is a whole billing period. */
  isPeriod: boolean;
  calendar: Calendar;
  /** Where rows are counted apart beside the buckets: the hours of a running period that are not complete, for its forecast. */
  hours: readonly number[];
  /** The starts of the buckets of the time series, the first at `from` or before. */
  starts: readonly number[];
}

/**
 * The billing period of a name.
 * @param name `current`, `previous` or a month such as 2026-10, in which it begins
 * @throws ApiException INVALID_PARAMETERS for a period that has not begun
 */
export function periodNamed(name: string, calendar: PeriodCalendar, now: number): Span {
  if (name === 'current') return periodAt(now, calendar);
  if (name === 'previous') return periodBefore(periodAt(now, calendar), calendar);
  const [year = 0, month = 0] = name.split('-').map(Number);
  const period = periodOf(year, month, calendar);
  if (period.from <= now) return period;
  throw refused(
    'period',
    `The period of ${name} begins at ${iso(period.from)} only; ask for an earlier one, or for current.`,
  );
}

/**
 * The window of a billing period, to its end also where that is to come.
 * @param complete the instant up to which every event is counted
 * @throws ApiException as `windowOf`; INVALID_PARAMETERS where rows at the edges of the period are gone
 */
export function windowOfPeriod(
  period: Span,
  request: WindowRequest,
  now: number,
  complete: number,
  retention: Retention,
): CostWindow {
  const window = windowOf({ ...request, timeframe: null, ...period }, now, null, retention);
  const end = Math.min(period.to, now);
  if (window.from !== period.from || window.to !== end) {
    throw refused(
      'period',
      `This period begins or ends within an hour of UTC (${iso(period.from)} to ${iso(period.to)}), which takes raw ` +
        `events of that hour; they are kept for ${retention.rawDays} days.`,
    );
  }
  // The running hour is read whole, from its rollup: nothing of the period comes after now but what is dated ahead.
  const readTo = Math.min(period.to, floorTo('hour', now) + HOUR);
  const hours = period.to <= now ? [] : [floorTo('hour', complete), floorTo('hour', complete) + HOUR];
  return { ...costWindowOf(window), to: period.to, readTo, hours, isPeriod: true };
}

/** The window of `GET /usage`. */
export function costWindowOf(window: Window): CostWindow {
  const { from, to, readTo, calendar } = window;
  return { from, to, readTo, calendar, isPeriod: false, hours: [], starts: pointsOf(window, null) };
}

function refused(field: string, message: string): ApiException {
  return new ApiException('INVALID_PARAMETERS', message, [{ field, message }]);
}
