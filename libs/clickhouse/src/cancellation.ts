/** Ends statements whose caller has gone, over a connection of its own: those of the pool are held by what is to be ended. */
import { backoffMs, errorCode, reasonOf, withTimeout } from '@meterhouse/common';
import type { Connection } from './connection';
import { ConnectionPool } from './connection-pool';
import { literal } from './parameters';

/** Between attempts to end a statement, which the engine may not have begun when it is asked to. */
const KILL_BACKOFF = { firstMs: 10, maxMs: 1_000 };

/** What a server answers a user who may not do something. */
const ACCESS_DENIED = '497';

export class Cancellation {
  private readonly control: ConnectionPool<Connection>;

  /** @param onRefused called once, with the reason, when a server first refuses to end a statement */
  constructor(
    connection: Connection,
    private onRefused?: (reason: string) => void,
  ) {
    this.control = new ConnectionPool<Connection>([connection]);
  }

  /**
   * Ends the statement with the tag, and resolves when `running` has settled. Repeats the KILL until it has: the
   * statement may not have begun. The engine looks between two blocks, so that a step that is one block long (a sleep, a
   * merge of large states) is ended after it; where another server behind a balancer is asked, the statement goes on to
   * its end or its time limit. So it does where the server refuses, which is asked of it once a statement.
   */
  async stop(tag: string, running: Promise<unknown>): Promise<void> {
    const kill = `KILL QUERY WHERE Settings['log_comment'] = ${literal(tag)} ASYNC`;
    let settled = false;
    const end = running.then(
      () => void (settled = true),
      () => void (settled = true),
    );
    for (let attempt = 1; !settled; attempt++) {
      const killed = this.control.use((connection) => connection.command(kill, {}));
      const error: unknown = await killed.catch((reason: unknown) => reason);
      if (errorCode(error) === ACCESS_DENIED) {
        this.onRefused?.(reasonOf(error));
        this.onRefused = undefined;
        return end;
      }
      await withTimeout(end, backoffMs(attempt, KILL_BACKOFF), () => undefined);
    }
  }

  /** From now on nothing is ended any more. */
  refuse(): void {
    this.control.refuse();
  }

  close(): Promise<void> {
    return this.control.close((connection) => connection.close());
  }
}

/** Has `stop` end what runs when the signal fires; settles as `run` does, once `stop` has done so. */
export async function stoppedBy<R>(
  signal: AbortSignal,
  run: Promise<R>,
  stop: (running: Promise<unknown>) => Promise<void>,
): Promise<R> {
  let stopped: Promise<void> | undefined;
  const abort = (): void => void (stopped = stop(run));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await run;
  } finally {
    signal.removeEventListener('abort', abort);
    await stopped;
  }
}
