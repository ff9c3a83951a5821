import { parseDateOrInstant } from '@meterhouse/common';
import { InvalidArgumentError } from 'commander';

/**
 * The value of an option that takes a date (midnight UTC) or an ISO 8601 time with its zone, in epoch milliseconds.
 * @throws InvalidArgumentError for anything else
 */
export function instantOption(text: string): number {
  const at = parseDateOrInstant(text);
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError('It should be a date such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z.');
  }
  return at;
}
