/** A fixed number of slots, given to accounts in turns. */

/** The account that the work is for; null is all accounts together. */
export type Account = string | null;

export interface SlotBounds {
  /** Work that runs at once. */
  slots: number;
  /** Of these, what one account may have at most. @default all of them */
  slotsPerAccount?: number;
  /** Work that waits, in all and of one account. */
  waiting: number;
  waitingPerAccount: number;
}

/** The queue is full. */
export class QueueFullError extends Error {}

interface Entry {
  grant(): void;
}

/**
 * - A free slot goes to the waiting account with the fewest slots; among equals to the one whose turn is longest ago (or
 *   that has waited longest for its first). So an account without a slot waits behind at most one entry of each other.
 * - Within an account, first come first served.
 * - One account may have all slots while no other waits, where `slotsPerAccount` does not say otherwise.
 */
export class FairSlots {
  /** Accounts that wait, the next in turn first. */
  private readonly queues = new Map<Account, Entry[]>();
  private readonly taken = new Map<Account, number>();
  private runningCount = 0;
  private waitingCount = 0;

  constructor(private readonly bounds: SlotBounds) {}

  get running(): number {
    return this.runningCount;
  }

  get waiting(): number {
    return this.waitingCount;
  }

  /**
   * Waits for a slot and returns the function that gives it back, which may be called more than once.
   * @throws QueueFullError at once when the queue is full; the signal's reason when it fires before there is a slot
   */
  async take(account: Account, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.runningCount < this.bounds.slots && this.mayHaveMore(account)) return this.occupy(account);
    const queued = this.queues.get(account)?.length ?? 0;
    if (this.waitingCount >= this.bounds.waiting || queued >= this.bounds.waitingPerAccount) throw new QueueFullError();
    const release = await new Promise<(() => void) | undefined>((resolve) => {
      const leave = (): void => {
        this.remove(account, entry);
        resolve(undefined);
      };
      const entry: Entry = {
        grant: () => {
          signal.removeEventListener('abort', leave);
          resolve(this.occupy(account));
        },
      };
      this.add(account, entry);
      signal.addEventListener('abort', leave, { once: true });
    });
    if (!release) throw signal.reason;
    return release;
  }

  private occupy(account: Account): () => void {
    this.runningCount += 1;
    this.taken.set(account, this.slotsOf(account) + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.runningCount -= 1;
      const left = this.slotsOf(account) - 1;
      if (left === 0) this.taken.delete(account);
      else this.taken.set(account, left);
      this.grantNext();
    };
  }

  private grantNext(): void {
    const account = this.nextInTurn();
    if (account === undefined) return;
    const queue = this.queues.get(account) ?? [];
    const entry = queue.shift();
    this.waitingCount -= 1;
    // To the end of the turn.
    this.queues.delete(account);
    if (queue.length > 0) this.queues.set(account, queue);
    entry?.grant();
  }

  private nextInTurn(): Account | undefined {
    let [next, fewest]: [Account | undefined, number] = [undefined, Infinity];
    for (const account of this.queues.keys()) {
      const slots = this.slotsOf(account);
      if (slots < fewest && this.mayHaveMore(account)) [next, fewest] = [account, slots];
    }
    return next;
  }

  private add(account: Account, entry: Entry): void {
    const queue = this.queues.get(account);
    if (queue) queue.push(entry);
    else this.queues.set(account, [entry]);
    this.waitingCount += 1;
  }

  private remove(account: Account, entry: Entry): void {
    const left = (this.queues.get(account) ?? []).filter((other) => other !== entry);
    // Set, not deleted and set: an account keeps its turn.
    if (left.length > 0) this.queues.set(account, left);
    else this.queues.delete(account);
    this.waitingCount -= 1;
  }

  private mayHaveMore(account: Account): boolean {
    return this.slotsOf(account) < (this.bounds.slotsPerAccount ?? this.bounds.slots);
  }

  private slotsOf(account: Account): number {
    return this.taken.get(account) ?? 0;
  }
}
