/** Throws when events may be inserted again, for the process of another instance has taken over. */
export type Check = () => Promise<void>;

/** Keeps the writers of all instances still while the tables under them are compared, rebuilt or cleared. */
export abstract class ExclusiveWrites {
  /**
   * Runs `work` while no batch is being inserted; accepted events wait in the log. One work at a time.
   *
   * No batch of this instance may be stored in part either: one whose insert was begun is stored to its end first.
   * Rebuilding a rollup from half a batch and then inserting the other half would count it twice.
   * @param work gets a check to call as `WriteFence.run` says
   */
  abstract run<T>(work: (check: Check) => Promise<T>): Promise<T>;
}
