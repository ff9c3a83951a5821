/** Limits of one statement of a read. */
import type { Limits } from '@meterhouse/clickhouse';
import type { Settings } from '@meterhouse/common';

const MEBIBYTE = 1_048_576;

/** More than any window of a service with hundreds of millions of events reads; a mistake or an attack may. */
const ROWS_TO_READ = 1_000_000_000;
/** Share of the engine's memory, so that a few heavy reads leave room for writes. */
const MEMORY_SHARE = 1 / 4;

/** For an answer that is built in memory. */
export function readLimits({ storage }: Settings): Limits {
  return {
    seconds: 30,
    memoryBytes: Math.floor(storage.memoryLimit * MEMORY_SHARE),
    rowsToRead: ROWS_TO_READ,
    resultBytes: 128 * MEBIBYTE,
  };
}

/** For an answer that is streamed; the time includes the client's reading. */
export function exportLimits({ storage }: Settings): Limits {
  return {
    seconds: 300,
    memoryBytes: Math.floor(storage.memoryLimit * MEMORY_SHARE),
    rowsToRead: ROWS_TO_READ,
  };
}
