import { type ReactNode, useMemo } from 'react';
import { usageQuery } from '../api/use-usage';
import type { View } from '../state/view';
import { commandOf } from './command';

/** The call that answers these figures. */
export function AsCall({ view, zone }: { view: View; zone: string }): ReactNode {
  const command = useMemo(
    () => commandOf(window.location.origin, '/usage', usageQuery(view, zone, Date.now())),
    [view, zone],
  );
  return (
    <details className="panel">
      <summary>As a call</summary>
      <pre tabIndex={0} role="region" aria-label="The call as a command">
        {command}
      </pre>
    </details>
  );
}
