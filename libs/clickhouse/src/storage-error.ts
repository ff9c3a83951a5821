/** What is said of storage that cannot be opened. */
import { StorageFailure, reasonOf } from '@meterhouse/common';

/** Storage that cannot be opened; the message says why in one sentence. */
export class StorageError extends StorageFailure {}

/** What a call that failed throws. */
export function storageFailure(error: unknown): Error {
  return error instanceof StorageFailure ? error : new StorageFailure(reasonOf(error), error);
}
