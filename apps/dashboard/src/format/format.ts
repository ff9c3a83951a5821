/** Figures and times for people, by the browser's locale. */
import type { Granularity } from '../state/view';

const NONE = '–';

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

export const count = (value: number | bigint): string => whole.format(value);

/** An amount of money without its currency. */
export const amount = (value: number): string => twoDigits.format(value);

/** Short from ten thousand on, as 12.3K. */
export const shortCount = (value: number): string => (value < 10_000 ? whole : compact).format(value);

/** A percentage from 0 to 100; more digits where it is small. */
export function percent(value: number): string {
  const digits = Math.abs(value) >= 10 ? oneDigit : twoDigits;
  const shown = value > 0 && value < 0.01 ? `<${twoDigits.format(0.01)}` : digits.format(value);
  return `${shown}\u202f%`;
}

/** Milliseconds; seconds from one on. */
export function duration(ms: number): string {
  if (ms >= 1_000) return `${twoDigits.format(ms / 1_000)}\u202fs`;
  return `${(ms >= 100 ? whole : oneDigit).format(ms)}\u202fms`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes by decimal prefixes: 1 kB is 1,000 B. */
export function bytes(value: number): string {
  const power = value < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1_000 ** power;
  return `${(scaled >= 100 || power === 0 ? whole : oneDigit).format(scaled)}\u202f${UNITS[power] ?? ''}`;
}

/** A figure that may not exist. */
export function orNone(format: (value: number) => string, value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : format(value);
}

export interface Change {
  text: string;
  direction: 'up' | 'down' | 'same';
}

/**
 * How a figure has changed, in percent of what it was; a rate changes by percentage points.
 * @returns null where there is nothing to compare with
 */
export function changeOf(
  value: number | null | undefined,
  before: number | null | undefined,
  isRate: boolean,
): Change | null {
  if (typeof value !== 'number' || typeof before !== 'number') return null;
  const amount = isRate ? value - before : before === 0 ? (value === 0 ? 0 : null) : ((value - before) / before) * 100;
  if (amount === null) return { text: 'new', direction: 'up' };
  const unit = isRate ? '\u202fpp' : '\u202f%';
  const shown = (isRate && Math.abs(amount) < 1 ? twoDigits : oneDigit).format(Math.abs(amount));
  const direction = Number(Math.abs(amount).toFixed(2)) === 0 ? 'same' : amount > 0 ? 'up' : 'down';
  return { text: `${direction === 'up' ? '+' : direction === 'down' ? '−' : '±'}${shown}${unit}`, direction };
}

/** The time of a clock in the zone, to the second. */
export function clock(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', timeZone }).format(instant);
}

/** A day and time of the zone, to the minute. */
export function dayAndTime(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(instant);
}

/** Clocks of 24 hours show two digits, as those of the time axis do. */
const HOUR_DIGITS = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12
  ? 'numeric'
  : '2-digit';

/** From one instant to another, of days where the buckets are days or longer. */
export function span(from: number, to: number, granularity: Granularity, timeZone: string): string {
  const isTimed = granularity === 'minute' || granularity === 'hour';
  const day: Intl.DateTimeFormatOptions = { weekday: 'short', month: 'short', day: 'numeric' };
  const options: Intl.DateTimeFormatOptions = isTimed ? { ...day, hour: HOUR_DIGITS, minute: '2-digit' } : day;
  // Of days the last is meant, not the midnight at which it ends.
  return new Intl.DateTimeFormat(undefined, { ...options, timeZone }).formatRange(from, isTimed ? to : to - 1);
}

/** A day and time of the zone, to the second. */
export function dayAndSecond(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(instant);
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const STEPS = [
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['month', 2_629_800_000],
  ['year', 31_557_600_000],
] as const;

/** How long ago an instant was or how soon it is, by the largest unit that it fills: "3 days ago", "in 2 hours". */
export function fromNow(instant: number, now: number): string {
  const [unit, ms] = STEPS.findLast(([, step]) => Math.abs(instant - now) >= step) ?? STEPS[0];
  return relative.format(Math.trunc((instant - now) / ms), unit);
}

const unit = (name: string): Intl.NumberFormat =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit: name, unitDisplay: 'short' });
const minutes = unit('minute');
const hours = unit('hour');
const days = unit('day');

/**
 * How long something took or takes, by its two largest units.
 * @example lasting(7_260_000) // '2 hr 1 min'
 */
export function lasting(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 60_000));
  const [day, hour, minute] = [Math.floor(whole / 1_440), Math.floor(whole / 60) % 24, whole % 60];
  if (whole === 0) return `<${minutes.format(1)}`;
  const parts =
    day > 0
      ? [days.format(day), ...(hour > 0 ? [hours.format(hour)] : [])]
      : [...(hour > 0 ? [hours.format(hour)] : []), ...(minute > 0 ? [minutes.format(minute)] : [])];
  return parts.join(' ');
}

/** What a bucket is called in full. */
export function bucketName(start: number, granularity: Granularity, timeZone: string): string {
  if (granularity === 'minute' || granularity === 'hour') {
    const options: Intl.DateTimeFormatOptions = {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      hour: HOUR_DIGITS,
      minute: '2-digit',
    };
    return new Intl.DateTimeFormat(undefined, { ...options, timeZone }).format(start);
  }
  if (granularity === 'month') {
    return new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone }).format(start);
  }
  const date = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone,
  }).format(start);
  return granularity === 'week' ? `Week of ${date}` : date;
}
