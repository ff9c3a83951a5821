import { setTimeout as sleep } from 'node:timers/promises';

/** The pauses between attempts, in milliseconds. */
export interface Backoff {
  /** After the first failure; each later one doubles it. */
  firstMs: number;
  maxMs: number;
}

export interface Retries extends Backoff {
  /** Called after each failure with its number, from 1; throws where another attempt makes no sense. */
  onFailure: (error: unknown, attempt: number) => void;
  /** Ends the retries between two attempts. */
  signal?: AbortSignal | undefined;
}

/**
 * Milliseconds to wait after the `attempt`th failure, from 1: doubling, and between a half and the whole of that by
 * chance, so that instances that failed together do not come back together.
 *
 *     backoffMs(3, { firstMs: 100, maxMs: 5_000 }); // 200 to 400
 */
export function backoffMs(attempt: number, { firstMs, maxMs }: Backoff): number {
  const whole = Math.min(maxMs, firstMs * 2 ** (attempt - 1));
  return whole / 2 + Math.random() * (whole / 2);
}

/**
 * Repeats `work` until it succeeds.
 *
 *     const ids = await retrying(() => repository.ids(), { firstMs: 100, maxMs: 5_000, onFailure: warn, signal });
 *
 * @returns what `work` returns
 * @throws what `onFailure` throws; the reason of the signal, once that has fired and no attempt runs
 */
export async function retrying<T>(work: () => Promise<T>, { onFailure, signal, ...backoff }: Retries): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      onFailure(error, attempt);
      await pause(backoffMs(attempt, backoff), signal);
    }
  }
}

/** @throws the reason of the signal, also while it waits */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
}
