import { iso } from '@meterhouse/common';

/** An instant in epoch milliseconds as a column of DateTime64 reads it; null for null. */
export function columnTime(at: number | null): string | null {
  return at === null ? null : iso(at).replace('T', ' ').replace('Z', '');
}
