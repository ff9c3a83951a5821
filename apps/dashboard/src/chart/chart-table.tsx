/** The figures of a chart as a table, in pages where there are thousands. */
import { type ReactNode, useState } from 'react';
import { bucketName, orNone } from '../format/format';
import type { Granularity } from '../state/view';
import { Pagination } from '../ui/pagination';
import type { Series } from './series';

const ROWS = 250;

interface Props {
  series: Series;
  granularity: Granularity;
  zone: string;
}

export function ChartTable({ series, granularity, zone }: Props): ReactNode {
  const [wanted, setOffset] = useState(0);
  const { label, starts, lines, bands = [], partial, format } = series;
  const total = starts.length;
  const offset = wanted < total ? wanted : 0;
  return (
    <>
      <div className="scroll" tabIndex={0} role="region" aria-label={`${label} as a table`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Start ({zone})</th>
              {lines.map(({ name, label: title }) => (
                <th key={name} scope="col">
                  {title}
                </th>
              ))}
              {bands.map(({ name, label: title }) => (
                <th key={name} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {starts.slice(offset, offset + ROWS).map((start, row) => (
              <tr key={start}>
                <th scope="row">
                  {bucketName(start, granularity, zone)}
                  {partial[offset + row] && <span className="note"> not complete</span>}
                </th>
                {lines.map(({ name, values }) => (
                  <td key={name}>{orNone(format, values[offset + row])}</td>
                ))}
                {bands.map(({ name, low, high }) => (
                  <td key={name}>
                    {orNone(format, low[offset + row])} – {orNone(format, high[offset + row])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > ROWS && (
        <div className="table-pages">
          <Pagination
            pagination={{ total, limit: ROWS, offset, hasMore: offset + ROWS < total }}
            things="buckets"
            onOffset={setOffset}
          />
        </div>
      )}
    </>
  );
}
