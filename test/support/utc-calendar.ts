import type { Calendar } from '@meterhouse/common';

/** The calendar of a call that names none. */
export const UTC_CALENDAR: Calendar = { timezone: 'UTC', weekStart: 'monday' };
