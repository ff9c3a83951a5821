/** The API errors of reads that the engine ended. */
import { type LimitName, QueryTooHeavyError } from '@meterhouse/clickhouse';
import { ApiException } from '../http/api-exception';

const TOO_MUCH: Record<LimitName, string> = {
  time: 'This takes longer than one read may.',
  memory: 'This takes more memory than one read may.',
  rows: 'This reads more rows than one read may.',
  result: 'This answer would be larger than one may be.',
};

/** ClickHouse's error numbers for "not now": all statements together exceed a limit of the server. */
const BUSY_CODES = new Set([
  '202', // TOO_MANY_SIMULTANEOUS_QUERIES
  '241', // MEMORY_LIMIT_EXCEEDED, where it is not the statement's own limit
  '745', // SERVER_OVERLOADED
]);
const RETRY_AFTER_SECONDS = 5;

/**
 * A read that is too heavy by itself would be so again: INVALID_PARAMETERS with advice. One that was ended because of
 * others is OVERLOADED. Any other error is returned unchanged.
 */
export function toClientError(error: unknown): unknown {
  if (error instanceof QueryTooHeavyError) {
    return new ApiException(
      'INVALID_PARAMETERS',
      `${TOO_MUCH[error.limit]} Ask for a shorter window, a coarser granularity or fewer keys.`,
    );
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (!BUSY_CODES.has(code)) return error;
  return new ApiException(
    'OVERLOADED',
    'The storage is too busy for this at the moment; try again.',
    undefined,
    RETRY_AFTER_SECONDS,
  );
}
