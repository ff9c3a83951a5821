import type { ErrorCode } from '@meterhouse/common';

/** What a route may answer that takes a window and filters, beside the errors of every route with a key. */
export const WINDOW_ERRORS: readonly ErrorCode[] = [
  'INVALID_TIMEFRAME',
  'INVALID_GRANULARITY',
  'GRANULARITY_TOO_FINE',
  'KEY_NOT_FOUND',
  'OVERLOADED',
];
