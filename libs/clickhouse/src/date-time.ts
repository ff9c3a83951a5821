import { iso } from '@meterhouse/common';

/**
 * An instant in epoch milliseconds as the default format reads a column of `DateTime64`; a whole number would be taken for
 * seconds, up to the year 2286 only, or for ticks. Null for null.
 * @example toDateTime(0) // '1970-01-01 00:00:00.000'
 */
export function toDateTime(at: number): string;
export function toDateTime(at: number | null): string | null;
export function toDateTime(at: number | null): string | null {
  return at === null ? null : iso(at).replace('T', ' ').replace('Z', '');
}
