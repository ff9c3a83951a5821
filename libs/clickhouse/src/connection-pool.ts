/** Hands out connections one caller at a time, first come first served; the embedded engine runs one query a handle. */

export interface UseOptions {
  /** When it fires, a caller that waits leaves, and one whose work runs is answered at once; see `use`. */
  signal?: AbortSignal | undefined;
  /** True for work that must leave one connection to others, wherever there is more than one. */
  leavesOne?: boolean;
}

const CLOSED = 'The storage is closed.';

interface Waiting<T> {
  leavesOne: boolean;
  grant(connection: T): void;
}

export class ConnectionPool<T> {
  private readonly idle: T[];
  private readonly waiting: Waiting<T>[] = [];
  private readonly running = new Set<Promise<unknown>>();
  /** Connections that work which leaves one has, and the most it may have. */
  private leaving = 0;
  private readonly mostLeaving: number;
  private closed = false;
  private refusing = false;

  constructor(private readonly connections: readonly T[]) {
    this.idle = [...connections];
    this.mostLeaving = Math.max(1, connections.length - 1);
  }

  /**
   * Runs `work` on the next free connection, exclusively until the work has settled.
   * @throws the signal's reason as soon as it fires; work that runs then goes on and keeps its connection
   */
  async use<R>(work: (connection: T) => Promise<R>, { signal, leavesOne = false }: UseOptions = {}): Promise<R> {
    if (this.closed) throw new Error(CLOSED);
    signal?.throwIfAborted();
    const connection = await this.take(leavesOne, signal);
    if ((signal?.aborted || this.refusing) && connection !== undefined) this.release(connection, leavesOne);
    if (signal?.aborted || connection === undefined) throw signal?.reason;
    if (this.refusing) throw new Error(CLOSED);
    const run = work(connection).finally(() => this.release(connection, leavesOne));
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    this.running.add(settled);
    void settled.then(() => this.running.delete(settled));
    return signal === undefined ? run : unlessAborted(run, signal);
  }

  /** Refuses new work from now on, and what waits for a connection. */
  refuse(): void {
    this.closed = true;
    this.refusing = true;
  }

  /** Refuses new work, waits for what runs and waits, then closes each connection once. */
  async close(closeOne: (connection: T) => Promise<void>): Promise<void> {
    this.closed = true;
    while (this.running.size > 0 || this.waiting.length > 0) await Promise.all(this.running);
    for (const connection of new Set(this.connections)) await closeOne(connection);
  }

  /** A connection; undefined when the signal fired first. */
  private take(leavesOne: boolean, signal: AbortSignal | undefined): Promise<T | undefined> {
    const free = this.mayHave(leavesOne) ? this.idle.pop() : undefined;
    if (free !== undefined) {
      if (leavesOne) this.leaving += 1;
      return Promise.resolve(free);
    }
    return new Promise((resolve) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        resolve(undefined);
      };
      const entry: Waiting<T> = {
        leavesOne,
        grant: (connection) => {
          signal?.removeEventListener('abort', leave);
          resolve(connection);
        },
      };
      this.waiting.push(entry);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  private release(connection: T, leavesOne: boolean): void {
    if (leavesOne) this.leaving -= 1;
    this.idle.push(connection);
    this.grantNext();
  }

  /** Serves the first that may have a connection, if any. */
  private grantNext(): void {
    const index = this.waiting.findIndex((entry) => this.mayHave(entry.leavesOne));
    const entry = this.waiting[index];
    const connection = entry && this.idle.pop();
    if (!entry || connection === undefined) return;
    this.waiting.splice(index, 1);
    if (entry.leavesOne) this.leaving += 1;
    entry.grant(connection);
  }

  private mayHave(leavesOne: boolean): boolean {
    return !leavesOne || this.leaving < this.mostLeaving;
  }
}

/** Settles as `run` does, or rejects with the signal's reason as soon as it fires. */
export async function unlessAborted<R>(run: Promise<R>, signal: AbortSignal): Promise<R> {
  let abort = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => (abort = () => resolve(undefined)));
  signal.addEventListener('abort', abort, { once: true });
  try {
    const done = await Promise.race([run.then((value) => ({ value })), aborted]);
    if (!done) throw signal.reason;
    return done.value;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
