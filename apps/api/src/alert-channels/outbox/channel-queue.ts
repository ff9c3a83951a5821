/** What waits to be sent to one channel: of each alert in its order, of several alerts whichever is due. */
import { type StoredNotification, isWorthResending } from '../notification';

/** Of notifications of the same instant. */
const RANKS = { test: 0, channelDisabled: 0, firing: 1, reminder: 2, resolved: 3 };

export class ChannelQueue {
  /** By alert; only the first of each is sent. */
  private readonly alerts = new Map<string, StoredNotification[]>();
  private readonly sending = new Set<string>();
  private pausedUntil = 0;

  constructor(
    readonly channelId: string,
    readonly accountId: string,
  ) {}

  get isEmpty(): boolean {
    return this.alerts.size === 0;
  }

  get inFlight(): number {
    return this.sending.size;
  }

  get waiting(): number {
    let count = 0;
    for (const queued of this.alerts.values()) count += queued.length;
    return count;
  }

  /** Takes one that is not there yet. */
  add(notification: StoredNotification): void {
    const queued = this.alerts.get(notification.alertId) ?? [];
    if (queued.some(({ id }) => id === notification.id)) return;
    queued.push(notification);
    queued.sort((a, b) => a.at - b.at || RANKS[a.kind] - RANKS[b.kind]);
    this.alerts.set(notification.alertId, queued);
  }

  /** Removes and returns those that were delivered, are sent again from time to time, and are outdated by the next. */
  takeOutdated(): StoredNotification[] {
    return [...this.alerts.values()].flatMap((queued) => {
      const [first] = queued;
      if (!first || queued.length === 1 || !isWorthResending(first) || this.sending.has(first.id)) return [];
      return queued.splice(0, 1);
    });
  }

  /** The one that is due for longest, of those that are not being sent; undefined when none is, or the channel pauses. */
  due(now: number): StoredNotification | undefined {
    if (now < this.pausedUntil) return undefined;
    let longest: StoredNotification | undefined;
    for (const [first] of this.alerts.values()) {
      if (!first || this.sending.has(first.id)) continue;
      const at = first.nextAttemptAt ?? 0;
      if (at <= now && at < (longest?.nextAttemptAt ?? Infinity)) longest = first;
    }
    return longest;
  }

  /** Sends nothing until an instant in epoch milliseconds. */
  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
  }

  begin({ id }: StoredNotification): void {
    this.sending.add(id);
  }

  /** @param next its state now; what is not to be sent again leaves the queue. Undefined: it stays as it was */
  end(notification: StoredNotification, next: StoredNotification | undefined): void {
    this.sending.delete(notification.id);
    if (next === undefined) return;
    const queued = this.alerts.get(notification.alertId) ?? [];
    const rest = queued.flatMap((other) =>
      other.id !== notification.id ? [other] : next.nextAttemptAt === null ? [] : [next],
    );
    if (rest.length === 0) this.alerts.delete(notification.alertId);
    else this.alerts.set(notification.alertId, rest);
  }
}
