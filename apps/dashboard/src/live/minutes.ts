/** The last minutes of a stream, second by second. */
import type { components } from '../api/schema';

export type LiveMinute = components['schemas']['LiveMinuteDto'];
export type Figures = components['schemas']['LiveFiguresDto'];

/** The stream replays ten minutes, and the one before them for late events. */
const MOST_MINUTES = 11;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

export interface Minute {
  /** Milliseconds since 1970, of its start. */
  start: number;
  complete: boolean;
  total: Figures;
  /** By the start of the second; one that is missing was not told. */
  seconds: ReadonlyMap<number, Figures>;
}

/** Ascending. */
export type Minutes = readonly Minute[];

/** A second of the chart; without figures where the stream was away. */
export interface Second {
  start: number;
  figures: Figures | null;
}

/** The minutes with what a message says: its seconds take the place of those told before. */
export function withMessage(minutes: Minutes, message: LiveMinute): Minutes {
  const start = Date.parse(message.minute);
  const before = minutes.find((minute) => minute.start === start);
  const seconds = new Map([
    ...(before?.seconds ?? []),
    ...message.seconds.map((figures): [number, Figures] => [Date.parse(figures.timestamp), figures]),
  ]);
  const told: Minute = { start, complete: message.complete, total: message.total, seconds };
  const next = [...minutes.filter((minute) => minute.start !== start), told].sort((a, b) => a.start - b.start);
  const newest = next.at(-1)?.start ?? start;
  return next.filter((minute) => minute.start > newest - MOST_MINUTES * MINUTE_MS);
}

/** The seconds up to the newest that was told, oldest first. */
export function lastSeconds(minutes: Minutes, count: number): Second[] {
  const known = new Map(minutes.flatMap(({ seconds }) => [...seconds]));
  if (known.size === 0) return [];
  const newest = Math.max(...known.keys());
  return Array.from({ length: count }, (_, index) => {
    const start = newest - (count - 1 - index) * SECOND_MS;
    return { start, figures: known.get(start) ?? null };
  });
}

/**
 * Requests a second over the last seconds that are over; the newest still counts.
 * @returns null before a second was told whole
 */
export function rateOf(seconds: readonly Second[], span = 10): number | null {
  const over = seconds.slice(0, -1).slice(-span);
  const told = over.flatMap(({ figures }) => (figures ? [figures.requests] : []));
  return told.length === 0 ? null : told.reduce((sum, requests) => sum + requests, 0) / told.length;
}
