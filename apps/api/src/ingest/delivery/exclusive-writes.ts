/** Keeps the writer still while the tables under it are compared, rebuilt or cleared. */
export abstract class ExclusiveWrites {
  /**
   * Runs `work` while no batch is being inserted; accepted events wait in the log. One work at a time.
   *
   * No batch may be stored in part either: one whose insert was begun is stored to its end first. Rebuilding a rollup
   * from half a batch and then inserting the other half would count it twice.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}
