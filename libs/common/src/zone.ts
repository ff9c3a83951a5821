/** From instants to the local time of a zone and back. Instants and offsets are milliseconds; local times are too, as if they were UTC. */
import { DAY, HOUR, SECOND } from './time';
import { ianaZone } from './zone-names';

/** `[start, end)`, in which the local time is the instant plus `offset`. */
interface Stretch {
  start: number;
  end: number;
  offset: number;
}

/** Stretches are searched for and cached in spans of this length. */
const SPAN = 256 * DAY;

/** Changes of a zone's offset are at least a week apart; the closest since 1970 is Recife's DST of October 2000. */
const PROBE = 4 * DAY;

/** Past this many spans, in 2110, and before 1970, a zone is taken to keep the offset that it had there. */
const SPANS = 200;

/** A time zone with the changes of its offset, which are found through Intl once and cached. */
export class Zone {
  private static readonly known = new Map<string, Zone>();

  private readonly format: Intl.DateTimeFormat;
  private readonly spans = new Map<number, Stretch[]>();

  /**
   * The zone of a name in the spelling of `ianaZone`.
   * @throws RangeError for any other name
   */
  static of(name: string): Zone {
    let zone = Zone.known.get(name);
    if (zone === undefined) {
      if (ianaZone(name) !== name) throw new RangeError(`"${name}" is not a time zone as ianaZone() spells it.`);
      zone = new Zone(name);
      Zone.known.set(name, zone);
    }
    return zone;
  }

  private constructor(name: string) {
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  }

  /** The local time at an instant. */
  localAt(at: number): number {
    for (const { offset } of this.stretchesFrom(at)) return at + offset;
    throw new RangeError(`${at} is not an instant.`);
  }

  /**
   * The first instant whose local time is `local` or later: of a time that exists twice the first, of one that is
   * skipped the instant at which clocks are set forward.
   */
  firstInstantOf(local: number): number {
    // No offset is as much as a day, so that a day before `local`, taken as UTC, it is certainly earlier there.
    for (const { start, end, offset } of this.stretchesFrom(local - DAY)) {
      if (end + offset > local) return Math.max(start, local - offset);
    }
    throw new RangeError(`${local} is not a local time.`);
  }

  /** How many local dates that lie in `[from, to)` do not exist, as where the date line is moved. */
  skippedDates(from: number, to: number): number {
    let skipped = 0;
    let before: Stretch | undefined;
    for (const stretch of this.stretchesFrom(from)) {
      if (stretch.start >= to) break;
      if (before !== undefined && stretch.offset - before.offset >= DAY) {
        const gap = [before.end + before.offset, stretch.start + stretch.offset] as const;
        skipped += Math.floor(gap[1] / DAY) - Math.ceil(gap[0] / DAY);
      }
      before = stretch;
    }
    return skipped;
  }

  /** Whether the zone's hours are those of UTC throughout `[from, to)`. */
  isOnTheHour(from: number, to: number): boolean {
    for (const { start, offset } of this.stretchesFrom(from)) {
      if (start >= to) break;
      if (offset % HOUR !== 0) return false;
    }
    return true;
  }

  /**
   * The starts of the zone's hours in `[from, to)`, ascending, as runs of one an hour: when its clock shows a full hour,
   * and when it is set forward over one. What a clock that is set back repeats stays in the hour that has begun.
   */
  hourRuns(from: number, to: number): { first: number; count: number }[] {
    const runs: { first: number; count: number }[] = [];
    let before: Stretch | undefined;
    for (const stretch of this.stretchesFrom(from - 1)) {
      const { start, end, offset } = stretch;
      if (start >= to) break;
      if (before && start >= from && skipsFullHour(before, stretch)) runs.push({ first: start, count: 1 });
      const first = Math.ceil((Math.max(from, start) + offset) / HOUR) * HOUR - offset;
      const count = Math.ceil((Math.min(to, end) - first) / HOUR);
      if (count > 0) runs.push({ first, count });
      before = stretch;
    }
    return runs;
  }

  /** All stretches from the one that holds `at` on. */
  private *stretchesFrom(at: number): Generator<Stretch> {
    for (let span = spanOf(at); span <= SPANS; span++) {
      for (const stretch of this.stretchesOf(span)) if (at < stretch.end) yield stretch;
    }
  }

  private stretchesOf(span: number): Stretch[] {
    let stretches = this.spans.get(span);
    if (stretches === undefined) {
      stretches = this.findStretches(span);
      this.spans.set(span, stretches);
    }
    return stretches;
  }

  private findStretches(span: number): Stretch[] {
    const last = (span + 1) * SPAN;
    if (span < 0) return [{ start: -Infinity, end: 0, offset: this.offsetAt(0) }];
    if (span >= SPANS) return [{ start: span * SPAN, end: Infinity, offset: this.offsetAt(span * SPAN) }];
    const stretches: Stretch[] = [];
    let start = span * SPAN;
    let offset = this.offsetAt(start);
    for (let at = start; at < last; at += PROBE) {
      const after = this.offsetAt(at + PROBE);
      if (after === offset) continue;
      const end = this.changeWithin(at, at + PROBE);
      stretches.push({ start, end, offset });
      [start, offset] = [end, after];
    }
    if (start < last) stretches.push({ start, end: last, offset });
    return stretches;
  }

  /** The instant in `(from, to]` at which the offset becomes that of `to`; changes fall on whole seconds. */
  private changeWithin(from: number, to: number): number {
    const after = this.offsetAt(to);
    let [low, high] = [from / SECOND, to / SECOND];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetAt(middle * SECOND) === after) high = middle;
      else low = middle;
    }
    return high * SECOND;
  }

  private offsetAt(at: number): number {
    // Such as "3/27/2022, GMT+02:00"; plain "GMT" for none, and seconds where an old offset has them.
    const [, sign, hours = 0, minutes = 0, seconds = 0] =
      /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(this.format.format(at)) ?? [];
    const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND;
    return sign === '-' ? -offset : offset;
  }
}

/** Whether the clock is set forward over a full hour, to what is none. */
function skipsFullHour(before: Stretch, { start, offset }: Stretch): boolean {
  const [last, first] = [start + before.offset, start + offset];
  return first > last && first % HOUR !== 0 && first - (first % HOUR) >= last;
}

/** The span that holds an instant; -1 before the first, SPANS past the last. */
function spanOf(at: number): number {
  return Math.max(-1, Math.min(SPANS, Math.floor(at / SPAN)));
}
