/**
 * Keeps the events of all instances out of a server while its rollups are compared, made again or cleared.
 *
 * The server itself refuses the inserts: `events` gets a setting under which none may begin, and those that had begun are
 * waited for. So an instance need not look before it inserts, and one that was halted in between cannot come too late. A
 * refused insert has stored nothing, and is sent again when the fence is gone.
 *
 * The fence belongs to the process that holds a lock. Where that has died, the next one that is refused, or wants the fence
 * for itself, takes it over and drops the staging tables of the dead one. Should that one only have been slow, its swap
 * fails for want of its staging table, for it checks that it holds the lock after it has made one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouse } from './clickhouse';
import { type LockOptions, type LockedWork, tryServerLock, withServerLock } from './server-lock';
import { StorageError } from './storage-error';

/** The tables in which a partition is put together before it is swapped in; only who holds the fence has any. */
export const STAGING_PREFIX = 'reconcile_staging_';

const LOCK = { table: 'write_fence_lock', name: 'the repair or deletion' };

/** No table has fewer parts than none, so that every insert is refused: TOO_MANY_PARTS, 252. */
const CLOSED = 'max_parts_in_total = 0';
const TOO_MANY_PARTS = '252';

const STATE_SQL = `
SELECT position(engine_full, '${CLOSED}') > 0 AS is_closed
FROM system.tables
WHERE database = currentDatabase() AND name = 'events'`;

const RUNNING_SQL = `
SELECT count() AS inserts
FROM system.processes
WHERE current_database = currentDatabase() AND match(query, '(?i)^ *INSERT +INTO +events[^a-z_]')`;

const STAGING_SQL = `
SELECT name
FROM system.tables
WHERE database = currentDatabase() AND startsWith(name, '${STAGING_PREFIX}')`;

/** Between two looks at the lock or at running inserts. */
const POLL_MS = 100;

/** Inserts that had begun before the fence are waited for this long. */
const MAX_DRAIN_MS = 60_000;

export class WriteFence {
  private readonly options: () => LockOptions;

  /**
   * @param instance see `LockOptions`
   * @param times when a process counts as dead; defaults as in `withServerLock`
   */
  constructor(
    private readonly clickhouse: ClickHouse,
    instance: () => string,
    times: Pick<LockOptions, 'beatMs' | 'deadAfterMs'> = {},
  ) {
    this.options = () => ({ instance: instance(), pollMs: POLL_MS, ...times });
  }

  /**
   * Runs `work` while no instance inserts events; one work at a time on a server. The embedded engine has no other
   * instance, and its own inserts are not held off here.
   * @throws StorageError when a running insert does not end within a minute, or another process took the fence over; the
   *   work may then be done in part, and is to be repeated
   */
  async run<T>(work: LockedWork<T>): Promise<T> {
    if (this.clickhouse.embedded) return work(() => Promise.resolve());
    return withServerLock(this.clickhouse, LOCK, this.options(), (checkHeld) => this.closed(checkHeld, work));
  }

  /**
   * Runs an insert of events; where a fence refuses it, again once that is gone.
   * @param mayWait false ends the waiting with the refusal
   * @throws what the insert throws for other reasons
   */
  async pass(insert: () => Promise<void>, mayWait: () => boolean): Promise<void> {
    for (let wasOpen = false; ;) {
      try {
        return await insert();
      } catch (error) {
        if (this.clickhouse.embedded || !isRefusal(error)) throw error;
        let looks = 1;
        for (; !(await this.isOpen()); looks++) {
          if (!mayWait()) throw error;
          await sleep(POLL_MS);
        }
        // Refused twice by an open one: that many parts there really are.
        if (looks === 1 && wasOpen) throw error;
        wasOpen = looks === 1;
      }
    }
  }

  private async closed<T>(checkHeld: () => Promise<void>, work: LockedWork<T>): Promise<T> {
    await this.dropStaging();
    await this.clickhouse.command(`ALTER TABLE events MODIFY SETTING ${CLOSED}`);
    try {
      await this.drained();
      const done = await work(checkHeld);
      if (!(await this.isClosed())) throw new StorageError(`Another instance interrupted ${LOCK.name}; start again.`);
      return done;
    } finally {
      // Who has lost the fence must not open another's.
      await checkHeld();
      await this.open();
    }
  }

  /** Whether inserts may begin; a fence whose process has died is taken away. */
  private async isOpen(): Promise<boolean> {
    const takeAway: LockedWork<void> = async () => {
      if (!(await this.isClosed())) return;
      await this.dropStaging();
      await this.open();
    };
    return 'done' in (await tryServerLock(this.clickhouse, LOCK, this.options(), takeAway));
  }

  private async isClosed(): Promise<boolean> {
    const [row] = await this.clickhouse.query(STATE_SQL);
    return row?.boolean('is_closed') ?? false;
  }

  private open(): Promise<void> {
    return this.clickhouse.command('ALTER TABLE events RESET SETTING max_parts_in_total');
  }

  /** Waits for the inserts that had begun. */
  private async drained(): Promise<void> {
    for (const latest = Date.now() + MAX_DRAIN_MS; ; await sleep(POLL_MS)) {
      const [row] = await this.clickhouse.query(RUNNING_SQL);
      if (row?.number('inserts') === 0) return;
      if (Date.now() > latest) {
        throw new StorageError('An insert of events has been running for more than a minute; try again later.');
      }
    }
  }

  private async dropStaging(): Promise<void> {
    for (const row of await this.clickhouse.query(STAGING_SQL)) {
      await this.clickhouse.command('DROP TABLE IF EXISTS {name:Identifier} SYNC', { name: row.string('name') });
    }
  }
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return String(error.code) === TOO_MANY_PARTS && error.message.includes('max_parts_in_total');
}
