/** What DuckDB and PostgreSQL are asked in the same words; they differ in how a time is compared (`between`). */
import { DAY, HOUR, MINUTE, floorTo } from './windows.mjs';

/** The events of an account in a span. @param between the condition that a time lies in `[start, end)` */
export function eventsIn(account, span, between) {
  return `FROM events WHERE account_id = '${account}' AND ${between(span.from, span.to)}`;
}

/** What each key has of the running minute, hour and day. */
export function runningSql(account, { now }, between) {
  const today = floorTo(DAY, now);
  const within = (step) => `count(*) FILTER (WHERE ${between(floorTo(step, now), floorTo(step, now) + step)})`;
  return `SELECT key_id AS running_key, ${within(MINUTE)} AS running_minute, ${within(HOUR)} AS running_hour,
    count(*) AS running_day
${eventsIn(account, { from: today, to: today + DAY }, between)} GROUP BY key_id`;
}
