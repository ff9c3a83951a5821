/** The figures of a chart as a table. */
import type { ReactNode } from 'react';
import { bucketName, orNone } from '../format/format';
import type { MetricInfo } from '../overview/metrics';
import type { Granularity } from '../state/view';
import type { Bucket } from './series';

interface Props {
  buckets: readonly Bucket[];
  metric: MetricInfo;
  granularity: Granularity;
  zone: string;
}

export function ChartTable({ buckets, metric, granularity, zone }: Props): ReactNode {
  const hasFailed = buckets.some(({ failed }) => failed !== null);
  const hasPrevious = buckets.some(({ previous }) => previous !== null);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={`${metric.label} as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Start ({zone})</th>
            <th scope="col">{metric.label}</th>
            {hasFailed && <th scope="col">Failed</th>}
            {hasPrevious && <th scope="col">Before</th>}
          </tr>
        </thead>
        <tbody>
          {buckets.map(({ start, value, failed, previous, partial }) => (
            <tr key={start}>
              <th scope="row">
                {bucketName(start, granularity, zone)}
                {partial && <span className="note"> not complete</span>}
              </th>
              <td>{orNone(metric.format, value)}</td>
              {hasFailed && <td>{orNone(metric.format, failed)}</td>}
              {hasPrevious && <td>{orNone(metric.format, previous)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
