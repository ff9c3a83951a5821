/**
 * Runs pieces of asynchronous work one after the other, in the order they were asked for, whether or not the piece
 * before failed.
 *
 *     const writes = new Serial();
 *     await writes.run(() => file.append(line)); // settles as this piece does
 *     await writes.idle(); // everything asked for so far has ended
 */
export class Serial {
  /** Never rejects. */
  private last: Promise<unknown> = Promise.resolve();

  /** @returns what `work` returns; it rejects as `work` does */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves once the work that was asked for before this call has ended; never rejects. */
  async idle(): Promise<void> {
    await this.last;
  }
}
