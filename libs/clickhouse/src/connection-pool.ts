/** Hands out connections one caller at a time, first come first served; the embedded engine runs one query a handle. */
export class ConnectionPool<T> {
  private readonly idle: T[];
  private readonly waiting: ((connection: T) => void)[] = [];
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly connections: readonly T[]) {
    this.idle = [...connections];
  }

  /** Runs `work` on the next free connection. */
  async use<R>(work: (connection: T) => Promise<R>): Promise<R> {
    if (this.closed) throw new Error('The storage is closed.');
    const connection = this.idle.pop() ?? (await new Promise<T>((resolve) => this.waiting.push(resolve)));
    const run = work(connection).finally(() => this.release(connection));
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    this.running.add(settled);
    void settled.then(() => this.running.delete(settled));
    return run;
  }

  /** Refuses new work, waits for what runs and waits, then closes each connection once. */
  async close(closeOne: (connection: T) => Promise<void>): Promise<void> {
    this.closed = true;
    while (this.running.size > 0 || this.waiting.length > 0) await Promise.all(this.running);
    for (const connection of new Set(this.connections)) await closeOne(connection);
  }

  private release(connection: T): void {
    const next = this.waiting.shift();
    if (next) next(connection);
    else this.idle.push(connection);
  }
}
