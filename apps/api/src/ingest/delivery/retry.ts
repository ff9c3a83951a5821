/** Which storage errors pass by themselves, and the API errors of those that do not. */
import { ApiException } from '../../http/api-exception';
import { overloaded } from '../../http/overloaded';

/** ClickHouse's error numbers that say "not now" or "perhaps": the same statement may succeed later. */
const RETRYABLE_CODES = new Set([
  // Of the file in which the embedded engine is handed its rows: no row is the cause.
  '74', // CANNOT_READ_FROM_FILE_DESCRIPTOR
  '75', // CANNOT_WRITE_TO_FILE_DESCRIPTOR
  '76', // CANNOT_OPEN_FILE
  '107', // FILE_DOESNT_EXIST
  '3', // UNEXPECTED_END_OF_FILE: the connection was cut
  '159', // TIMEOUT_EXCEEDED
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '203', // NO_FREE_CONNECTION
  '209', // SOCKET_TIMEOUT
  '210', // NETWORK_ERROR
  '225', // NO_ZOOKEEPER
  '236', // ABORTED: the server is shutting down
  '241', // MEMORY_LIMIT_EXCEEDED
  '242', // TABLE_IS_READ_ONLY
  '243', // NOT_ENOUGH_SPACE
  '252', // TOO_MANY_PARTS
  '285', // TOO_FEW_LIVE_REPLICAS
  '319', // UNKNOWN_STATUS_OF_INSERT
  '425', // SYSTEM_ERROR
  '439', // CANNOT_SCHEDULE_TASK
  '745', // SERVER_OVERLOADED
  '999', // KEEPER_EXCEPTION
]);

/** Faults of this program, which no retry mends. */
const FAULTS = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError']);

/**
 * Whether the same statement may succeed later. Errors without a ClickHouse number come from the connection (resets,
 * time-outs, a proxy's page) and are retryable.
 */
export function isRetryable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^\d+$/.test(code)) return RETRYABLE_CODES.has(code);
  return !('name' in error && FAULTS.has(String(error.name)));
}

/** The API error of a storage error that was not waited out. */
export function storageFailure(error: unknown): ApiException {
  return isRetryable(error)
    ? overloaded('The events could not be stored right now; send them again, with the same ids, later.')
    : new ApiException('INTERNAL', 'The events could not be stored; report the requestId.');
}
