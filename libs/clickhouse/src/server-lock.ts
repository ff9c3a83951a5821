/**
 * Which of several processes does a task on a server: the one with the latest claim, until it releases it, or has shown no
 * sign of life for a while.
 *
 * Claims are numbered, and a number is never used again. Of several processes that claim one at the same moment, the
 * server stores the row of the first alone, for all of them insert it under the same token. Ages are measured by the server's
 * clock, so that those of the processes do not matter.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouse } from './clickhouse';
import { StorageError } from './storage-error';

/** Claims that are followed by others are deleted after this long. */
const FORGET_AFTER_DAYS = 2;

/** A task that one process does at a time. */
export interface LockedTask {
  /** The table of its claims. */
  table: string;
  /** Its name in messages: `the migrations`. */
  name: string;
}

export interface LockOptions {
  /** The same before and after a restart: what an earlier process of the instance left is taken over at once. */
  instance: string;
  /** Called when another instance is found at work, and is waited for. */
  waiting?: (instance: string) => void;
  /** Milliseconds between two signs of life. */
  beatMs?: number;
  /** Milliseconds without a sign of life after which a process counts as dead; several beats. */
  deadAfterMs?: number;
  /** Milliseconds between two looks at a lock that another process has. */
  pollMs?: number;
}

/** Gets a function to call before each step, which throws a StorageError when another process has taken over. */
export type LockedWork<T> = (checkHeld: () => Promise<void>) => Promise<T>;

/** Runs `work` while no other process runs its own, waiting for as long as one does. */
export async function withServerLock<T>(
  clickhouse: ClickHouse,
  task: LockedTask,
  options: LockOptions,
  work: LockedWork<T>,
): Promise<T> {
  for (let waitedFor = ''; ; await sleep(options.pollMs ?? 1_000)) {
    const outcome = await tryServerLock(clickhouse, task, options, work);
    if ('done' in outcome) return outcome.done;
    if (outcome.heldBy !== waitedFor) options.waiting?.(outcome.heldBy);
    waitedFor = outcome.heldBy;
  }
}

/** Runs `work` unless another process runs its own: then it says which instance does. */
export async function tryServerLock<T>(
  clickhouse: ClickHouse,
  task: LockedTask,
  { instance, beatMs = 5_000, deadAfterMs = 30_000 }: LockOptions,
  work: LockedWork<T>,
): Promise<{ done: T } | { heldBy: string }> {
  await clickhouse.command(tableSql(task));
  const lock = new ServerLock(clickhouse, task, instance, deadAfterMs);
  const heldBy = await lock.take();
  if (heldBy !== null) return { heldBy };
  const ended = new AbortController();
  const beating = lock.beat(beatMs, ended.signal);
  try {
    return { done: await work(() => lock.check()) };
  } finally {
    ended.abort();
    await beating;
    await lock.release();
  }
}

function tableSql({ table }: LockedTask): string {
  return `
CREATE TABLE IF NOT EXISTS ${table}
(
    number UInt64,
    claim String,
    instance String,
    state String,
    at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY number
SETTINGS non_replicated_deduplication_window = 10000`;
}

function latestSql({ table }: LockedTask): string {
  return `
SELECT
    number,
    argMinIf(claim, at, state = 'claimed') AS latest_claim,
    argMinIf(instance, at, state = 'claimed') AS latest_instance,
    countIf(state = 'released') > 0 AS is_released,
    dateDiff('millisecond', max(at), now64(3)) AS age_ms
FROM ${table}
GROUP BY number
ORDER BY number DESC
LIMIT 1`;
}

interface Claim {
  number: number;
  claim: string;
  instance: string;
  isReleased: boolean;
  /** Since its last sign of life. */
  ageMs: number;
}

class ServerLock {
  private readonly claim = randomUUID();
  private number = 0;

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly task: LockedTask,
    private readonly instance: string,
    private readonly deadAfterMs: number,
  ) {}

  /** Takes the lock where it is free or its owner is dead. @returns null when it is taken now, else who has it */
  async take(): Promise<string | null> {
    const before = await this.latest();
    if (before !== null && this.isAlive(before)) return before.instance;
    this.number = (before?.number ?? 0) + 1;
    await this.write('claimed');
    const after = await this.latest();
    if (after !== null && after.claim !== this.claim) return after.instance;
    await this.forget();
    return null;
  }

  /** @throws StorageError when another process has taken the lock */
  async check(): Promise<void> {
    const latest = await this.latest();
    if (latest === null || latest.claim === this.claim) return;
    throw new StorageError(
      `Instance ${latest.instance} took over ${this.task.name} of this database, since this process had shown no sign of life; start again.`,
    );
  }

  /** Shows signs of life until the signal fires. */
  async beat(everyMs: number, signal: AbortSignal): Promise<void> {
    const pause = (): Promise<boolean> => sleep(everyMs, true, { signal, ref: false }).catch(() => false);
    // A beat that fails is made up for by the next; where all fail, another process takes over, which `check` finds.
    while (await pause()) await this.write('alive').catch(() => undefined);
  }

  /** Where it fails, the next process waits until the claim has aged. */
  async release(): Promise<void> {
    await this.write('released').catch(() => undefined);
  }

  /** Old claims say nothing any more; the latest stays, however old, so that its number is not used again. */
  private async forget(): Promise<void> {
    await this.clickhouse.command(
      `ALTER TABLE ${this.task.table} DELETE WHERE number < ${this.number} AND at < now64(3) - INTERVAL ${FORGET_AFTER_DAYS} DAY`,
    );
  }

  private isAlive({ isReleased, ageMs, instance }: Claim): boolean {
    return !isReleased && ageMs <= this.deadAfterMs && instance !== this.instance;
  }

  private async latest(): Promise<Claim | null> {
    const [row] = await this.clickhouse.query(latestSql(this.task));
    if (row === undefined) return null;
    return {
      number: row.number('number'),
      claim: row.string('latest_claim'),
      instance: row.string('latest_instance'),
      isReleased: row.boolean('is_released'),
      ageMs: row.number('age_ms'),
    };
  }

  private async write(state: 'claimed' | 'alive' | 'released'): Promise<void> {
    // Of claims of a number one is stored; signs of life are no repeats.
    const token = state === 'claimed' ? `claim ${this.number}` : randomUUID();
    await this.clickhouse.insert(
      `INSERT INTO ${this.task.table} (number, claim, instance, state)
       SETTINGS async_insert = 0, insert_deduplicate = 1, insert_deduplication_token = '${token}'
       FORMAT JSONCompactEachRow`,
      JSON.stringify([this.number, this.claim, this.instance, state]),
    );
  }
}
