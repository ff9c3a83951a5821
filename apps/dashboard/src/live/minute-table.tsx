import type { ReactNode } from 'react';
import { clock, count, duration, orNone, percent } from '../format/format';
import type { Minute, Minutes } from './minutes';

/** The last minutes, the newest first, each with a bar. */
export function MinuteTable({ minutes, zone }: { minutes: Minutes; zone: string }): ReactNode {
  const largest = Math.max(1, ...minutes.map(({ total }) => total.requests));
  return (
    <section className="panel" aria-label="Last minutes">
      <h2>Last minutes</h2>
      {minutes.length === 0 && <p className="note">Waiting for the first minute…</p>}
      {minutes.length > 0 && (
        <table className="bars minutes">
          <thead>
            <tr>
              <th scope="col">Start ({zone})</th>
              <th scope="col">Requests</th>
              <th scope="col">Errors</th>
              <th scope="col">Mean latency</th>
            </tr>
          </thead>
          <tbody>
            {minutes.toReversed().map((minute) => (
              <Row key={minute.start} minute={minute} largest={largest} zone={zone} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ minute, largest, zone }: { minute: Minute; largest: number; zone: string }): ReactNode {
  const { start, complete, total } = minute;
  const width = (part: number): { width: string } => ({ width: `${((part / largest) * 100).toFixed(2)}%` });
  const rate = total.failedRequests === 0 ? count(0) : percent((total.failedRequests / total.requests) * 100);
  return (
    <tr>
      <th scope="row">
        {total.requests > 0 && <span className="bar" style={width(total.requests)} aria-hidden="true" />}
        <span className="bar failed" style={width(total.failedRequests)} aria-hidden="true" />
        <span className="row-name">
          {clock(start, zone)}
          {!complete && <span className="note"> running</span>}
        </span>
      </th>
      <td>{count(total.requests)}</td>
      <td>{rate}</td>
      <td>{orNone(duration, total.averageLatency)}</td>
    </tr>
  );
}
