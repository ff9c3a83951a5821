/** Sums over the requests of one second, and the figures of a message made of them. Instants are epoch seconds. */
import { NO_SUMS, type Sums, addSums, iso, round6 } from '@meterhouse/common';
import { exactly } from '../http/json';
import type { LiveFiguresDto, LiveMinuteDto } from './dto/live-minute.dto';

export const MINUTE_SECONDS = 60;

/** Sums by second; a second without requests may be absent. */
export type Seconds = ReadonlyMap<number, Sums>;

/** Start of the minute that holds a second. */
export function minuteOf(second: number): number {
  return Math.floor(second / MINUTE_SECONDS) * MINUTE_SECONDS;
}

export function same(a: Sums, b: Sums): boolean {
  return (
    a.requests === b.requests &&
    a.failed === b.failed &&
    a.throttled === b.throttled &&
    a.timed === b.timed &&
    a.latencySumUs === b.latencySumUs &&
    a.latencyMaxUs === b.latencyMaxUs &&
    a.bytes === b.bytes
  );
}

/**
 * The seconds of a minute that have begun at `at`, and later ones that hold events dated ahead; ascending. Seconds
 * without requests are zeros.
 */
export function secondsOf(minute: number, at: number, read: Seconds): Map<number, Sums> {
  const seconds = new Map<number, Sums>();
  for (let second = minute; second < minute + MINUTE_SECONDS; second++) {
    const sums = read.get(second);
    if (sums !== undefined || second <= at) seconds.set(second, sums ?? NO_SUMS);
  }
  return seconds;
}

/**
 * The data of a message.
 * @param seconds all sums of the minute
 * @param shown the seconds that the message carries
 */
export function toMinute(minute: number, complete: boolean, seconds: Seconds, shown: Seconds): LiveMinuteDto {
  return {
    minute: iso(minute * 1_000),
    complete,
    seconds: [...shown].map(([second, sums]) => ({ timestamp: iso(second * 1_000), ...toFigures(sums) })),
    total: toFigures([...seconds.values()].reduce(addSums, NO_SUMS)),
  };
}

function toFigures(sums: Sums): LiveFiguresDto {
  const { timed } = sums;
  return {
    requests: sums.requests,
    successfulRequests: sums.requests - sums.failed,
    failedRequests: sums.failed,
    throttledRequests: sums.throttled,
    averageLatency: timed === 0 ? null : round6(sums.latencySumUs / timed / 1_000),
    peakLatency: timed === 0 ? null : sums.latencyMaxUs / 1_000,
    dataTransferred: exactly(sums.bytes),
  };
}
