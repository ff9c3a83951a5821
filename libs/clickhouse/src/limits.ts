/** What one statement may take, as settings of its own, and the error it ends with when it takes more. */
import { StorageFailure } from '@meterhouse/common';

/** The engine stops a statement at the first limit it meets. */
export interface Limits {
  /** Wall time in seconds; for a stream this includes the time its reader takes. */
  seconds: number;
  memoryBytes: number;
  /** Rows read from tables, after the primary key has left out what it can. */
  rowsToRead: number;
  /** Size of the whole answer as the engine holds it; undefined for an answer that is streamed. */
  resultBytes?: number;
}

/** Which of the limits a statement met. */
export type LimitName = 'time' | 'memory' | 'rows' | 'result';

/** A statement that met one of its own limits and was stopped; it would again. */
export class QueryTooHeavyError extends StorageFailure {
  constructor(
    readonly limit: LimitName,
    cause: unknown,
  ) {
    super(`The statement met its limit of ${limit}.`, cause);
  }
}

/** As pieces of a SETTINGS clause; never `clickhouse_settings` on a call, which the embedded engine keeps. */
export function limitSettings({ seconds, memoryBytes, rowsToRead, resultBytes }: Limits): string[] {
  return [
    `max_execution_time = ${seconds}`,
    `max_memory_usage = ${memoryBytes}`,
    `max_rows_to_read = ${rowsToRead}`,
    ...(resultBytes === undefined ? [] : [`max_result_bytes = ${resultBytes}`]),
  ];
}

/** ClickHouse's error numbers for a limit of the statement's own. */
const LIMIT_OF_CODE = new Map<string, LimitName>([
  ['158', 'rows'], // TOO_MANY_ROWS
  ['159', 'time'], // TIMEOUT_EXCEEDED
  ['160', 'time'], // TOO_SLOW: the estimate is past the limit
  ['396', 'result'], // TOO_MANY_ROWS_OR_BYTES
]);
const MEMORY_LIMIT_EXCEEDED = '241';

/** A QueryTooHeavyError where the engine's error says that a limit of the statement's own was met, else the error. */
export function nameTheLimit<E>(error: E): E | QueryTooHeavyError {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  // The same number is used when all statements together take too much, which is not this one's doing.
  if (code === MEMORY_LIMIT_EXCEEDED && /query memory limit|for query\)/i.test(error.message)) {
    return new QueryTooHeavyError('memory', error);
  }
  const limit = LIMIT_OF_CODE.get(code);
  return limit === undefined ? error : new QueryTooHeavyError(limit, error);
}
