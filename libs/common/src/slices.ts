/** Long work of one call, in slices: between two of them the event loop serves everybody else. */

/** How long a slice lasts, in ms. What it has begun it ends, so that it may take a little longer. */
const SLICE_MS = 5;

/** Calls that wait for a turn of the event loop, by account, the next first; null is no account. */
const waiting = new Map<string | null, (() => void)[]>();

/**
 * The slices of all calls together: each turn of the event loop runs one, and the accounts have turns alternately, so that
 * many calls of one account hold up neither the loop nor the work of another for more than a slice each.
 *
 *     const slices = new Slices(accountId);
 *     for (const event of events) {
 *       if (slices.spent) await slices.next();
 *       check(event);
 *     }
 */
export class Slices {
  private end = performance.now() + SLICE_MS;

  constructor(private readonly account: string | null) {}

  /** Whether `next` should be waited for before there is more work. */
  get spent(): boolean {
    return performance.now() >= this.end;
  }

  /** Resolves when the next slice begins, in a later turn of the event loop. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (waiting.size === 0) setImmediate(begin);
      const queue = waiting.get(this.account);
      if (queue) queue.push(resolve);
      else waiting.set(this.account, [resolve]);
    });
    this.end = performance.now() + SLICE_MS;
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
