/** What the cursor of a chart says about a bucket. */
import type { ReactNode } from 'react';
import { orNone } from '../format/format';
import type { MetricInfo } from '../overview/metrics';
import type { Bucket } from './series';

/** The bucket as a sentence, for the cursor's announcement. */
export function spoken(bucket: Bucket | undefined, metric: MetricInfo, nameOf: (start: number) => string): string {
  if (!bucket) return 'No buckets';
  const value = bucket.value === null ? 'nothing to measure' : metric.format(bucket.value);
  const failed = bucket.failed ? `, ${metric.format(bucket.failed)} failed` : '';
  const previous = bucket.previous === null ? '' : `, before ${metric.format(bucket.previous)}`;
  return `${nameOf(bucket.start)}: ${value}${failed}${previous}${bucket.partial ? ', not complete' : ''}`;
}

interface Props {
  bucket: Bucket;
  metric: MetricInfo;
  name: string;
  /** Where the cursor is, and how wide the chart, in pixels. */
  x: number;
  width: number;
}

export function Readout({ bucket, metric, name, x, width }: Props): ReactNode {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
  return (
    <div className="readout" style={side} aria-hidden="true">
      <p className="name">{name}</p>
      <dl>
        <dt className="key value">{metric.label}</dt>
        <dd>{orNone(metric.format, bucket.value)}</dd>
        {bucket.failed !== null && (
          <>
            <dt className="key failed">Failed</dt>
            <dd>{metric.format(bucket.failed)}</dd>
          </>
        )}
        {bucket.previous !== null && (
          <>
            <dt className="key previous">Before</dt>
            <dd>{metric.format(bucket.previous)}</dd>
          </>
        )}
      </dl>
      {bucket.partial && <p className="note">Not complete</p>}
    </div>
  );
}
