/** The statements of the SQL port that run, so that one can end another by its id. */
import type { Identity } from '../../auth/identity';
import { PortError } from './port-error';

/** How many statements a key may have waiting and running here; the gate bounds those of its account. */
export class RunningStatements {
  private readonly byName = new Map<string, AbortController>();

  /** Runs `work` with a signal that fires when the statement is to end. */
  async run<T>(caller: Identity, queryId: string, controller: AbortController, work: () => Promise<T>): Promise<T> {
    const name = nameOf(caller, queryId);
    this.byName.set(name, controller);
    try {
      return await work();
    } finally {
      if (this.byName.get(name) === controller) this.byName.delete(name);
    }
  }

  /** Ends the statement of the caller's account with the id, if it runs. */
  kill(caller: Identity, queryId: string): void {
    this.byName.get(nameOf(caller, queryId))?.abort(new PortError(394, 'QUERY_WAS_CANCELLED', 'Query was cancelled.'));
  }
}

function nameOf(caller: Identity, queryId: string): string {
  return JSON.stringify([caller.isAdmin ? null : caller.accountId, queryId]);
}
