import { type ReactNode, useMemo } from 'react';
import { usageQuery } from '../api/use-usage';
import type { View } from '../state/view';
import { commandOf } from './command';

/** The call that answers these figures. */
export function AsCall({ view, zone }: { view: View; zone: string }): ReactNode {
  const query = useMemo(() => usageQuery(view, zone, Date.now()), [view, zone]);
  return <Call path="/usage" query={query} />;
}

interface Props {
  path: string;
  query: Readonly<Record<string, unknown>>;
}

/** A call as a command, folded away. */
export function Call({ path, query }: Props): ReactNode {
  return (
    <details className="panel">
      <summary>As a call</summary>
      <pre tabIndex={0} role="region" aria-label="The call as a command">
        {commandOf(window.location.origin, path, query)}
      </pre>
    </details>
  );
}
