/** Items in a slice: about ten milliseconds of hashing or of look-ups in the filter. */
const SLICE = 20_000;

/** Does some work for each of `count` items, letting others run now and then: a large batch must not hold up the event loop. */
export async function inSlices(count: number, work: (index: number) => void): Promise<void> {
  for (let index = 0; index < count; index++) {
    if (index > 0 && index % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    work(index);
  }
}
