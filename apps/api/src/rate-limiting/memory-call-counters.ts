import { floorTo } from '@meterhouse/common';
import {
  type Consumption,
  NO_CALLS,
  type PerWindow,
  CallCounters,
  type Subject,
  type WindowLimits,
} from './call-counters';

/** Three counters of one key, each with the start of its window. */
interface Counters {
  starts: PerWindow<number>;
  counts: PerWindow<number>;
}

/** Addresses counted one by one in a minute; those that come after share one count. */
export const MAX_ADDRESSES = 100_000;

/** Where addresses past `MAX_ADDRESSES` are counted. */
const REST = 'rest';

/**
 * Counts in this process. A call costs the same whatever the limit: three numbers a key, one an address. Memory is
 * bounded by the number of keys that call within a UTC day and by `MAX_ADDRESSES`; past windows are dropped whole, since
 * every minute and hour ends with its day.
 */
export class MemoryCallCounters extends CallCounters {
  private day = 0;
  private keys = new Map<string, Counters>();
  private minute = 0;
  private addresses = new Map<string, number>();

  constructor(private readonly mostAddresses = MAX_ADDRESSES) {
    super();
  }

  override consume(subject: Subject, limits: WindowLimits, now: number): Promise<Consumption> {
    this.dropPast(now);
    return Promise.resolve(
      subject.kind === 'key' ? this.consumeKey(subject.id, limits, now) : this.consumeAddress(subject.id, limits),
    );
  }

  override counts(keyIds: readonly string[], now: number): Promise<Map<string, PerWindow<number>>> {
    this.dropPast(now);
    return Promise.resolve(
      new Map(
        keyIds.map((id) => {
          const counters = this.keys.get(id);
          return [id, { ...(counters ? running(counters, now).counts : NO_CALLS) }];
        }),
      ),
    );
  }

  private consumeKey(id: string, limits: WindowLimits, now: number): Consumption {
    const known = this.keys.get(id) ?? { starts: NO_CALLS, counts: NO_CALLS };
    const { starts, counts } = running(known, now);
    const allowed =
      counts.minute < (limits.minute ?? Infinity) &&
      counts.hour < (limits.hour ?? Infinity) &&
      counts.day < (limits.day ?? Infinity);
    if (!allowed) return { allowed, counts };
    const counted = { minute: counts.minute + 1, hour: counts.hour + 1, day: counts.day + 1 };
    this.keys.set(id, { starts, counts: counted });
    return { allowed, counts: counted };
  }

  private consumeAddress(address: string, limits: WindowLimits): Consumption {
    const room = this.addresses.has(address) || this.addresses.size < this.mostAddresses;
    const id = room ? address : REST;
    const count = this.addresses.get(id) ?? 0;
    const allowed = count < (limits.minute ?? Infinity);
    if (allowed) this.addresses.set(id, count + 1);
    return { allowed, counts: { ...NO_CALLS, minute: allowed ? count + 1 : count } };
  }

  private dropPast(now: number): void {
    const [day, minute] = [floorTo('day', now), floorTo('minute', now)];
    if (day !== this.day) [this.day, this.keys] = [day, new Map<string, Counters>()];
    if (minute !== this.minute) [this.minute, this.addresses] = [minute, new Map<string, number>()];
  }
}

/** The counters with those of past windows back at zero. */
function running({ starts, counts }: Counters, now: number): Counters {
  const present = { minute: floorTo('minute', now), hour: floorTo('hour', now), day: floorTo('day', now) };
  return {
    starts: present,
    counts: {
      minute: starts.minute === present.minute ? counts.minute : 0,
      hour: starts.hour === present.hour ? counts.hour : 0,
      day: starts.day === present.day ? counts.day : 0,
    },
  };
}
