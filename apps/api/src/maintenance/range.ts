/** Which days can be reconciled, and which span of an owner's events can be deleted. */
import { DESCRIPTION, ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { DAY, MINUTE, type Settings, floorTo, iso, parseDateOrInstant } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import type { Span } from './maintenance.repository';

type Retention = Settings['retention'];

/** Events may be dated this far ahead, so the running day may be tomorrow's already. */
const AHEAD = 5 * MINUTE;

/** The end of the last day that can have events. */
export function endOfEvents(now: number): number {
  return floorTo('day', now + AHEAD) + DAY;
}

/** The whole UTC days that touch a span. */
export function wholeDays({ from, to }: Span): Span {
  return { from: floorTo('day', from), to: Math.ceil(to / DAY) * DAY };
}

/** The first day of which all raw events are retained. */
export function firstRawDay(now: number, retention: Retention): number {
  return floorTo('day', now - retention.rawDays * DAY);
}

/** The first Monday at or after an instant. */
export function wholeWeeksFrom(instant: number): number {
  const monday = 4 * DAY;
  return monday + Math.ceil((instant - monday) / (7 * DAY)) * 7 * DAY;
}

/** Each rollup with the part of a range that it retains. */
export function spanByRollup(range: Span, now: number, retention: Retention): { rollup: Rollup; span: Span }[] {
  return ROLLUPS.map((rollup) => {
    const { retention: setting } = DESCRIPTION[rollup];
    const first = setting === null ? -Infinity : floorTo('day', now - retention[setting] * DAY);
    return { rollup, span: { from: Math.max(range.from, first), to: range.to } };
  });
}

/** Raw events that are compared in one statement, unless a single day has more; this bounds its memory. */
const MAX_EVENTS = 1_000_000;

/** Cuts whole days into spans of so many events. */
export function cutByEvents({ from, to }: Span, eventsByDay: ReadonlyMap<number, number>): Span[] {
  const spans: Span[] = [];
  let events = Infinity;
  for (let day = from; day < to; day += DAY) {
    const more = eventsByDay.get(day) ?? 0;
    const last = spans.at(-1);
    if (last && events + more <= MAX_EVENTS) last.to = day + DAY;
    else spans.push({ from: day, to: day + DAY });
    events = last && events + more <= MAX_EVENTS ? events + more : more;
  }
  return spans;
}

/**
 * Whole UTC days: `from` rounded down, `to` rounded up; by default all days of which raw events are retained.
 * @throws ApiException INVALID_PARAMETERS when they reach beyond those days or are not in order
 */
export function reconcileRange(
  from: string | undefined,
  to: string | undefined,
  now: number,
  retention: Retention,
): Span {
  const first = firstRawDay(now, retention);
  const end = endOfEvents(now);
  const range = wholeDays({
    from: from === undefined ? first : parseDateOrInstant(from),
    to: to === undefined ? end : parseDateOrInstant(to),
  });
  if (range.from < first) throw beforeRetention('from', first, retention);
  if (range.to > end) throw invalid('to', `to should be ${iso(end)} or before: there are no events after.`);
  if (range.to <= range.from) throw invalid('to', 'to should be after from.');
  return range;
}

/**
 * The events to delete, to the millisecond: `from` or `to` may be left open. Null when both are left open.
 * @throws ApiException INVALID_PARAMETERS when the rollups could not be corrected, or the two are not in order
 */
export function deletionSpan(
  from: string | undefined,
  to: string | undefined,
  now: number,
  retention: Retention,
): Span | null {
  if (from === undefined && to === undefined) return null;
  const first = firstRawDay(now, retention);
  const span = {
    from: from === undefined ? 0 : parseDateOrInstant(from),
    to: to === undefined ? endOfEvents(now) : parseDateOrInstant(to),
  };
  if (from !== undefined && span.from < first) throw beforeRetention('from', first, retention);
  if (span.to < first) throw beforeRetention('to', first, retention);
  if (span.to <= span.from) throw invalid('to', 'to should be after from.');
  return span;
}

function beforeRetention(field: 'from' | 'to', first: number, { rawDays }: Retention): ApiException {
  return invalid(
    field,
    `${field} should be ${iso(first)} or after: raw events are kept for ${rawDays} days, and without them rollups cannot be made again.`,
  );
}

function invalid(field: string, message: string): ApiException {
  return new ApiException('INVALID_PARAMETERS', message, [{ field, message }]);
}
