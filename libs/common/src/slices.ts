/** Long work of one call, in slices: between two of them the event loop serves everybody else. */

/** How long a slice lasts, in ms. What it has begun it ends, so that it may take a little longer. */
const SLICE_MS = 5;

/** Items between two looks at the clock: a look at each takes a thirtieth of all time. */
const CHECK_EACH = 16;

/** Items that are sorted without a look at the clock: some milliseconds. */
const SORTED_AT_ONCE = 2_000;

/** Calls that wait for a turn of the event loop, by account, the next first; null is no account. */
const waiting = new Map<string | null, (() => void)[]>();

/**
 * The slices of all calls together: each turn of the event loop runs one, and the accounts have turns alternately, so that
 * many calls of one account hold up neither the loop nor the work of another for more than a slice each.
 *
 *     const slices = new Slices(accountId);
 *     await slices.each(events, (event) => check(event));
 */
export class Slices {
  private end = performance.now() + SLICE_MS;

  /** @param signal ends the work when it fires, as when the client has gone */
  constructor(
    private readonly account: string | null,
    private readonly signal?: AbortSignal,
  ) {}

  /** Whether `next` should be waited for before there is more work. */
  get spent(): boolean {
    return performance.now() >= this.end;
  }

  /** Resolves when the next slice begins, in a later turn of the event loop. @throws the signal's reason once it has fired */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (waiting.size === 0) setImmediate(begin);
      const queue = waiting.get(this.account);
      if (queue) queue.push(resolve);
      else waiting.set(this.account, [resolve]);
    });
    this.signal?.throwIfAborted();
    this.end = performance.now() + SLICE_MS;
  }

  /** Calls `work` for each item, in order. @param work takes microseconds */
  async each<T>(items: Iterable<T>, work: (item: T, index: number) => void): Promise<void> {
    let index = 0;
    for (const item of items) {
      if (index % CHECK_EACH === 0 && this.spent) await this.next();
      work(item, index++);
    }
  }

  /** What `of` makes of each item, in order. @param of takes microseconds */
  async map<T, R>(items: Iterable<T>, of: (item: T, index: number) => R): Promise<R[]> {
    const made: R[] = [];
    await this.each(items, (item, index) => made.push(of(item, index)));
    return made;
  }

  /** The first of the items by an order. @param count at most so many, of which some thousand are sorted in one slice */
  async first<T>(items: readonly T[], count: number, compare: (one: T, other: T) => number): Promise<T[]> {
    let first: T[] = [];
    for (let start = 0; start < items.length; start += SORTED_AT_ONCE) {
      if (this.spent) await this.next();
      first = [...first, ...items.slice(start, start + SORTED_AT_ONCE)].sort(compare).slice(0, count);
    }
    return first;
  }
}

function begin(): void {
  for (const [account, [first, ...rest]] of waiting) {
    // To the end of the turn.
    waiting.delete(account);
    if (rest.length > 0) waiting.set(account, rest);
    first?.();
    break;
  }
  if (waiting.size > 0) setImmediate(begin);
}
