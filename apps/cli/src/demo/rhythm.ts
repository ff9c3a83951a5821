/** How much traffic a key has in which hour: day and night, weekdays, growth, jobs, and the incident. */
import { DAY, HOUR, MINUTE } from '@meterhouse/common';
import type { DemoKey } from './accounts';
import { DEMO_KEYS } from './accounts';
import { Random } from './random';

export interface DemoOptions {
  /** Any whole number; another one gives other events of the same shape. */
  seed: number;
  /** How many events the days up to `anchor` hold, at least; a few per cent more are made. */
  events: number;
  days: number;
  /** The instant up to which the first run made events, epoch milliseconds. All dates of the story hang on it. */
  anchor: number;
}

/** Traffic by local hour, as a share of the fullest. */
const BY_HOUR = [
  0.16, 0.11, 0.09, 0.08, 0.09, 0.14, 0.27, 0.46, 0.68, 0.84, 0.93, 0.97, 0.9, 0.94, 1, 0.98, 0.94, 0.88, 0.8, 0.76,
  0.7, 0.58, 0.4, 0.25,
];

/** Nothing is made twice as likely by chance: the count stays above what was asked with this margin. */
const MARGIN = 1.02;

/** A stretch of time in epoch milliseconds, `to` excluded. */
export interface Stretch {
  from: number;
  to: number;
}

/** Two hours on a working day's afternoon, about twelve days ago, or in the middle of a shorter demo. */
export function incidentOf({ anchor, days }: Pick<DemoOptions, 'anchor' | 'days'>): Stretch {
  let day = Math.floor((anchor - Math.min(12, days / 2) * DAY) / DAY) * DAY;
  while (days > 20 && isWeekend(day)) day -= DAY;
  return { from: day + 13 * HOUR + 20 * MINUTE, to: day + 15 * HOUR + 25 * MINUTE };
}

/** Relative traffic of a key in the hour that begins at `hour`. */
export function trafficShape(key: DemoKey, hour: number, options: DemoOptions): number {
  const local = hour + key.utcOffset * HOUR;
  const daily = BY_HOUR[new Date(local).getUTCHours()] ?? 0;
  const weekly = isWeekend(local) ? key.weekend : 1;
  return key.weight * daily * weekly * growthAt(key, hour, options);
}

/** Exponential over the demo's days, reaching 1 at the anchor and staying there. */
function growthAt(key: DemoKey, at: number, { anchor, days }: DemoOptions): number {
  if (key.growth === 1) return 1;
  const remaining = Math.max(0, (anchor - at) / (days * DAY));
  return Math.exp(-Math.log(key.growth) * remaining);
}

/** Expected events of a key in an hour for each unit of its shape, so that the demo holds as many as asked. */
export function scaleFor(options: DemoOptions): number {
  const start = options.anchor - options.days * DAY;
  let shapes = 0;
  let jobs = 0;
  for (let hour = Math.floor(start / HOUR) * HOUR; hour < options.anchor; hour += HOUR) {
    const share = (Math.min(hour + HOUR, options.anchor) - Math.max(hour, start)) / HOUR;
    for (const key of DEMO_KEYS) {
      shapes += share * trafficShape(key, hour, options);
      const run = jobIn(key, hour, options);
      if (run) jobs += run.perMinute * run.minutes;
    }
  }
  // A very small demo would be jobs only: a quarter of it at least is steady traffic.
  return Math.max(options.events * MARGIN - jobs, options.events / 4) / shapes;
}

/** One run of a key's job. */
export interface JobRun {
  from: number;
  minutes: number;
  /** Calls in each minute. */
  perMinute: number;
}

/** The run of a key's job that begins in an hour, or null. */
export function jobIn(key: DemoKey, hour: number, options: DemoOptions): JobRun | null {
  const { job } = key;
  if (!job) return null;
  const day = Math.floor(hour / DAY) * DAY;
  const from = day + job.startMinute * MINUTE;
  if (from < hour || from >= hour + HOUR) return null;
  if (job.weekday !== null && new Date(day).getUTCDay() !== job.weekday) return null;
  const [low, high] = job.perMinute;
  const chance = new Random(options.seed, day / DAY, job.startMinute).next();
  // The first run shows a throttled key in its last day, whatever the dice say.
  const most = hour > options.anchor - 1.5 * DAY && hour < options.anchor;
  return { from, minutes: job.minutes, perMinute: Math.round(most ? high : low + (high - low) * chance) };
}

function isWeekend(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday === 0 || weekday === 6;
}
