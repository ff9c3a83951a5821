/**
 * Resolves with what `work` returns, or with what `onTimeout` returns if that takes more than `milliseconds`; an
 * `onTimeout` that throws makes it reject. The work itself is not ended, and what becomes of it later is ignored.
 *
 *     const alive = await withTimeout(storage.ping(), 2_000, () => false);
 */
export async function withTimeout<T, L>(
  work: Promise<T>,
  milliseconds: number,
  onTimeout: () => L | Promise<L>,
): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds))).then(onTimeout);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
