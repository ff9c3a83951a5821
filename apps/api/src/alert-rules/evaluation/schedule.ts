/** When a rule with a schedule is judged. */
import { DAY, HOUR, MINUTE, localTimeIn } from '@meterhouse/common';
import type { Schedule } from '../rules/rule';

/**
 * Whether a window is judged: its last moment is on one of the days and between the times, by the clocks of the zone.
 * Where these are set back, a time that they show twice counts twice.
 * @param end of the window, epoch milliseconds
 */
export function isScheduled(schedule: Schedule | null, end: number): boolean {
  if (schedule === null) return true;
  const local = localTimeIn(end - 1, schedule.timezone);
  const date = Math.floor(local / DAY);
  const time = local - date * DAY;
  return schedule.days.includes(weekdayOf(date)) && time >= timeOf(schedule.from) && time < timeOf(schedule.to);
}

/** 1 is Monday; 1970-01-01 was a Thursday. */
function weekdayOf(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

function timeOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * HOUR + minutes * MINUTE;
}
