/** Cuts a long range into calls that each end in reasonable time. */

const DAY = 86_400_000;

/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY = 4 * DAY;

/** From `from` up to but not including `to`, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** A span by calendar weeks (Monday, UTC), as the raw events are partitioned. */
export function weeksOf({ from, to }: Span): Span[] {
  const spans: Span[] = [];
  for (let start = from; start < to;) {
    const nextMonday = (Math.floor((start - FIRST_MONDAY) / (7 * DAY)) + 1) * 7 * DAY + FIRST_MONDAY;
    const end = Math.min(nextMonday, to);
    spans.push({ from: start, to: end });
    start = end;
  }
  return spans;
}
