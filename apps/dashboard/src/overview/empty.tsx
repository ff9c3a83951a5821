import type { ReactNode } from 'react';
import { go } from '../state/use-view';
import { type View, endsNow, hasFilters, subjectOf, withoutFilters } from '../state/view';

const COMMAND = (origin: string): string =>
  `curl -X POST '${origin}/events' \\
  -H "Authorization: Bearer $KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{"method":"GET","endpoint":"/v1/hello","statusCode":200,"latencyMs":12.5}'`;

/** A period without requests, and what to do about it. */
export function Empty({ view }: { view: View }): ReactNode {
  const isAll = 'timeframe' in view.period && view.period.timeframe === 'all';
  const filtered = hasFilters(view);
  return (
    <section className="panel empty" aria-label="No requests">
      <h2>
        No {filtered ? 'such ' : ''}requests {isAll ? 'yet' : 'in this period'}
      </h2>
      {filtered && (
        <button type="button" className="primary" onClick={() => go(withoutFilters(view))}>
          Clear the filters
        </button>
      )}
      {!filtered && subjectOf(view) === undefined && endsNow(view.period, Date.now()) && <FirstEvent />}
      {!isAll && (
        <button type="button" onClick={() => go({ ...view, period: { timeframe: 'all' } })}>
          Look at all time
        </button>
      )}
    </section>
  );
}

/** How to send one; the call behind the page is repeated every few seconds meanwhile. */
function FirstEvent(): ReactNode {
  return (
    <>
      <p>Send an event of your API, with a key that may do so (permission events:write) in $KEY:</p>
      <pre tabIndex={0} role="region" aria-label="Command">
        {COMMAND(window.location.origin)}
      </pre>
      <p className="note">This page looks for it every few seconds and shows it as it arrives.</p>
    </>
  );
}
