import { floorTo } from '@meterhouse/common';
import {
  type Budget,
  CallCounters,
  type Consumption,
  NO_CALLS,
  type PerWindow,
  type Subject,
  WINDOWS,
  windowsOf,
} from './call-counters';

/** Three counters of a key or an account, each with the start of its window. */
interface Counters {
  starts: PerWindow<number>;
  counts: PerWindow<number>;
}

/** Addresses counted one by one in a minute; those that come after share one count. */
export const MAX_ADDRESSES = 100_000;

/** Where addresses past `MAX_ADDRESSES` are counted. */
const REST = 'rest';

/**
 * Counts in this process. A call costs the same whatever the limit: three numbers a key and an account, one an
 * address. Memory is bounded by the number of keys that call within a UTC day and by `MAX_ADDRESSES`; past windows are dropped whole, since
 * every minute and hour ends with its day.
 */
export class MemoryCallCounters extends CallCounters {
  private latest = 0;
  private day = 0;
  private counters = new Map<string, Counters>();
  private minute = 0;
  private addresses = new Map<string, number>();

  constructor(private readonly mostAddresses = MAX_ADDRESSES) {
    super();
  }

  override consume(budgets: readonly Budget[], at: number, amount = 1): Promise<Consumption> {
    const now = this.dropPast(at);
    const present = budgets.map(({ subject, limits }) => ({ subject, limits, counts: this.countsOf(subject, now) }));
    const allowed = present.every(({ subject, limits, counts }) =>
      windowsOf(subject).every((window) => counts[window] + amount <= (limits[window] ?? Infinity)),
    );
    const counts = present.map(({ subject, counts }) => (allowed ? this.count(subject, counts, now, amount) : counts));
    return Promise.resolve({ allowed, counts });
  }

  override release(subject: Subject, amount: number, at: number): Promise<void> {
    const counters = this.counters.get(nameOf(subject));
    const counted = startsAt(at);
    for (const window of WINDOWS) {
      if (counters?.starts[window] === counted[window]) counters.counts[window] -= amount;
    }
    return Promise.resolve();
  }

  override begin(subject: Subject, amount: number, at: number): Promise<void> {
    const now = this.dropPast(at);
    const name = nameOf(subject);
    if (!this.counters.has(name)) {
      this.counters.set(name, { starts: startsAt(now), counts: { ...NO_CALLS, day: amount } });
    }
    return Promise.resolve();
  }

  override counts(keyIds: readonly string[], at: number): Promise<Map<string, PerWindow<number>>> {
    const now = this.dropPast(at);
    return Promise.resolve(new Map(keyIds.map((id) => [id, this.countsOf({ kind: 'key', id }, now)])));
  }

  private countsOf(subject: Subject, now: number): PerWindow<number> {
    if (subject.kind === 'address') {
      return { ...NO_CALLS, minute: this.addresses.get(this.sharedAddress(subject.id)) ?? 0 };
    }
    const counters = this.counters.get(nameOf(subject));
    return { ...(counters ? running(counters, now) : NO_CALLS) };
  }

  private count(subject: Subject, counts: PerWindow<number>, now: number, amount: number): PerWindow<number> {
    if (subject.kind === 'address') {
      this.addresses.set(this.sharedAddress(subject.id), counts.minute + amount);
      return { ...NO_CALLS, minute: counts.minute + amount };
    }
    const counted = { minute: counts.minute + amount, hour: counts.hour + amount, day: counts.day + amount };
    this.counters.set(nameOf(subject), { starts: startsAt(now), counts: counted });
    return { ...counted };
  }

  /** The address, or what those share that came after the bound was reached. */
  private sharedAddress(address: string): string {
    return this.addresses.has(address) || this.addresses.size < this.mostAddresses ? address : REST;
  }

  /** @returns the time to count by: a call that was looked at before a window's end may come to be counted after it */
  private dropPast(now: number): number {
    this.latest = Math.max(this.latest, now);
    const [day, minute] = [floorTo('day', this.latest), floorTo('minute', this.latest)];
    if (day !== this.day) [this.day, this.counters] = [day, new Map<string, Counters>()];
    if (minute !== this.minute) [this.minute, this.addresses] = [minute, new Map<string, number>()];
    return this.latest;
  }
}

function nameOf({ kind, id }: Subject): string {
  return `${kind}:${id}`;
}

function startsAt(now: number): PerWindow<number> {
  return { minute: floorTo('minute', now), hour: floorTo('hour', now), day: floorTo('day', now) };
}

/** The counts with those of past windows back at zero. */
function running({ starts, counts }: Counters, now: number): PerWindow<number> {
  const present = startsAt(now);
  return {
    minute: starts.minute === present.minute ? counts.minute : 0,
    hour: starts.hour === present.hour ? counts.hour : 0,
    day: starts.day === present.day ? counts.day : 0,
  };
}
