/** Items that are worked off in one go: about ten milliseconds of hashing or of looking in the filter. */
const SLICE = 20_000;

/** Does some work for each item, letting others run now and then: a large batch must not hold up the event loop. */
export async function inSlices<T>(items: readonly T[], work: (item: T, index: number) => void): Promise<void> {
  for (let start = 0; start < items.length; start += SLICE) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    items.slice(start, start + SLICE).forEach((item, offset) => work(item, start + offset));
  }
}
