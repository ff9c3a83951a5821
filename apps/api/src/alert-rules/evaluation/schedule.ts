/** When a rule with a schedule is judged. */
import { DAY, HOUR, MINUTE, bucketStart, localTimeIn } from '@meterhouse/common';
import type { Schedule } from '../rules/rule';

/**
 * Whether a window is judged: its last moment is on one of the days and between the times, by the clocks of the zone.
 * Where these are set back, a time that they show twice counts twice.
 * @param end of the window, epoch milliseconds
 */
export function isScheduled(schedule: Schedule | null, end: number): boolean {
  if (schedule === null) return true;
  const local = localTimeIn(end - 1, schedule.timezone);
  const day = bucketStart('day', local);
  const weekday = (day - bucketStart('week', local)) / DAY + 1;
  const time = local - day;
  return schedule.days.includes(weekday) && time >= timeOf(schedule.from) && time < timeOf(schedule.to);
}

function timeOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * HOUR + minutes * MINUTE;
}
