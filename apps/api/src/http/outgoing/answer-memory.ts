/** Bounds the memory of answers that wait for their clients to read them, over all clients. */

/** Bytes of all answers that wait at once. */
const MAX_ANSWERS_BYTES = 64 * 1024 * 1024;

/** Of these, those of one client, past which `isFull` says that no more should be made for it; at least one answer. */
const CLIENT_SHARE = 1 / 4;

/** An answer that has waited less is not given up: any client needs a moment. */
const MIN_WAIT_MS = 2_000;

/**
 * When all answers together would take more than the limit, the client that has kept most bytes waiting for longest loses
 * its oldest answer: one that reads at a usual pace is served while others leave theirs unread. Where none has waited long
 * enough, the new answer finds no room. One alone may be larger than the limit.
 */
export class AnswerMemory {
  private taken = 0;
  /** By client; of each the oldest first. */
  private readonly waiting = new Map<string, Set<Answer>>();

  constructor(private readonly limit: number = MAX_ANSWERS_BYTES) {}

  /** Bytes that are taken. */
  get bytes(): number {
    return this.taken;
  }

  /** Whether so much waits for a client already that it should read that first. @param client as `take` has it */
  isFull(client: string): boolean {
    const bytes = [...(this.waiting.get(client) ?? [])].reduce((sum, answer) => sum + answer.bytes, 0);
    return bytes > this.limit * CLIENT_SHARE;
  }

  /**
   * Takes room for an answer.
   * @param client whose answers lose their room together: `accountClient`, or an address
   * @param giveUp is called when the answer must leave its room to others
   * @returns what releases the room, which may be called more than once; null when there is none
   */
  take(client: string, bytes: number, giveUp: () => void): (() => void) | null {
    while (this.taken > 0 && this.taken + bytes > this.limit) {
      const slowest = this.slowest();
      if (!slowest) return null;
      this.release(slowest);
      slowest.giveUp();
    }
    const answer = { client, bytes, giveUp, since: performance.now() };
    const answers = this.waiting.get(client) ?? new Set();
    this.waiting.set(client, answers.add(answer));
    this.taken += bytes;
    return () => this.release(answer);
  }

  private release(answer: Answer): void {
    const answers = this.waiting.get(answer.client);
    if (!answers?.delete(answer)) return;
    if (answers.size === 0) this.waiting.delete(answer.client);
    this.taken -= answer.bytes;
  }

  private slowest(): Answer | undefined {
    const now = performance.now();
    let [slowest, longest]: [Answer | undefined, number] = [undefined, 0];
    for (const answers of this.waiting.values()) {
      const [oldest] = answers;
      if (!oldest || now - oldest.since < MIN_WAIT_MS) continue;
      const waited = [...answers].reduce((sum, { bytes, since }) => sum + bytes * (now - since), 0);
      if (waited > longest) [slowest, longest] = [oldest, waited];
    }
    return slowest;
  }
}

/** The client that all keys of an account are. */
export function accountClient(accountId: string): string {
  return `account:${accountId}`;
}

interface Answer {
  client: string;
  bytes: number;
  /** `performance.now()` at which it began to wait. */
  since: number;
  giveUp: () => void;
}
