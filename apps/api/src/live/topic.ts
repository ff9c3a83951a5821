/** All streams with the same subscription: one read a round serves them all. */
import type { Sums } from '@meterhouse/common';
import { toMessage, type LiveStream } from './live-stream';
import { MINUTE_SECONDS, type Seconds, minuteOf, same, secondsOf, toMinute } from './second';

/** A client that reconnects is sent what happened up to this many seconds ago. */
export const REPLAY_SECONDS = 600;

/** Sums of `[from, to)` by second, in epoch seconds. */
export type ReadSeconds = (from: number, to: number) => Promise<Seconds>;

/** Caches messages, so that one for several streams is made once. */
type Whole = (minute: number) => string;

/**
 * Remembers what its streams were sent last. A round reads the running minute and the one before it (for late events)
 * and sends each stream what changed; a stream that is new, reconnected or missed a round gets whole minutes. Rounds of
 * one topic must not overlap.
 */
export class Topic {
  private readonly streams = new Set<LiveStream>();
  /** Epoch second of the last round. */
  private at: number | null = null;
  /** What up-to-date streams were sent about the last minutes. */
  private told: Seconds = new Map();

  constructor(private readonly read: ReadSeconds) {}

  get isEmpty(): boolean {
    return this.streams.size === 0;
  }

  add(stream: LiveStream): void {
    this.streams.add(stream);
  }

  remove(stream: LiveStream): void {
    this.streams.delete(stream);
  }

  /**
   * Reads once and sends every stream what is new. When the read fails nothing is sent, and the next round catches up.
   * @param at epoch second
   */
  async round(at: number): Promise<void> {
    const takers: LiveStream[] = [];
    for (const stream of this.streams) {
      if (stream.isReady) takers.push(stream);
      else stream.behind = true;
    }
    if (takers.length === 0) return;
    const running = minuteOf(at);
    const corrected = this.at === null ? running : oldestTold(this.at, at);
    const from = Math.min(corrected, ...takers.filter(({ behind }) => behind).map(({ known }) => firstOf(known, at)));
    const read = await this.read(from, running + MINUTE_SECONDS);
    const minutes = range(from, running).map((minute): [number, Map<number, Sums>] => [
      minute,
      secondsOf(minute, at, read),
    ]);
    const whole = once(new Map(minutes), at);
    const changes = minutes.flatMap(([minute, seconds]): [number, string][] => {
      const message = minute < corrected ? null : this.change(minute, seconds, at, whole);
      return message === null ? [] : [[minute, message]];
    });
    for (const stream of takers) tell(stream, at, running, changes, whole);
    this.at = at;
    this.told = new Map(
      minutes.filter(([minute]) => minute >= running - MINUTE_SECONDS).flatMap(([, map]) => [...map]),
    );
  }

  /** What is new in a minute since the last round; the whole minute when it has ended since. */
  private change(minute: number, seconds: Seconds, at: number, whole: Whole): string | null {
    const end = minute + MINUTE_SECONDS;
    if (this.at !== null && this.at < end && end <= at) return whole(minute);
    const changed = new Map([...seconds].filter(([second, sums]) => !this.isTold(second, sums)));
    return changed.size === 0 ? null : toMessage(at, toMinute(minute, end <= at, seconds, changed));
  }

  private isTold(second: number, sums: Sums): boolean {
    const told = this.told.get(second);
    return told !== undefined && same(told, sums);
  }
}

/** Start of the first minute sent to a stream that is behind; late events may have changed one that it saw end. */
function firstOf(known: number | null, at: number): number {
  return known === null ? minuteOf(at) : oldestTold(known, at);
}

/** The minute before the one that ran at `known`, unless that is too long ago. */
function oldestTold(known: number, at: number): number {
  const oldest = Math.max(minuteOf(known) - MINUTE_SECONDS, minuteOf(at - REPLAY_SECONDS) - MINUTE_SECONDS);
  return Math.min(oldest, minuteOf(at));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: (to - from) / MINUTE_SECONDS + 1 }, (_, index) => from + index * MINUTE_SECONDS);
}

function once(minutes: ReadonlyMap<number, Seconds>, at: number): Whole {
  const made = new Map<number, string>();
  return (minute) => {
    const seconds = minutes.get(minute) ?? new Map<number, Sums>();
    const message =
      made.get(minute) ?? toMessage(at, toMinute(minute, minute + MINUTE_SECONDS <= at, seconds, seconds));
    made.set(minute, message);
    return message;
  };
}

function tell(stream: LiveStream, at: number, running: number, changes: [number, string][], whole: Whole): void {
  if (stream.behind) {
    const first = firstOf(stream.known, at);
    stream.send(range(first, running).map(whole).join(''));
    stream.firstMinute = Math.min(stream.firstMinute, first);
    stream.behind = false;
  } else {
    // A minute that was never sent whole to the client is not corrected either.
    const news = changes.filter(([minute]) => minute >= stream.firstMinute).map(([, message]) => message);
    stream.send(news.join(''));
  }
  stream.known = at;
}
