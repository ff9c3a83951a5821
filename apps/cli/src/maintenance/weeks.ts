/** Cuts a long range into calls that each end in reasonable time. */
import { type Span, bucketStart, nextBucket } from '@meterhouse/common';

/** A span by calendar weeks (Monday, UTC), as the raw events are partitioned. */
export function weeksOf({ from, to }: Span): Span[] {
  const spans: Span[] = [];
  for (let start = from; start < to;) {
    const end = Math.min(nextBucket('week', bucketStart('week', start)), to);
    spans.push({ from: start, to: end });
    start = end;
  }
  return spans;
}
