import { type ReactNode, useMemo } from 'react';
import { usageQuery } from '../api/use-usage';
import type { View } from '../state/view';

/** The call that answers these figures. */
export function AsCall({ view, zone }: { view: View; zone: string }): ReactNode {
  const command = useMemo(() => commandOf(view, zone), [view, zone]);
  return (
    <details className="panel">
      <summary>As a call</summary>
      <pre tabIndex={0} role="region" aria-label="The call as a command">
        {command}
      </pre>
    </details>
  );
}

function commandOf(view: View, zone: string): string {
  const lines = Object.entries(usageQuery(view, zone, Date.now())).flatMap(([name, value]) =>
    [value].flat().map((one) => `  --data-urlencode ${quoted(`${name}=${String(one)}`)}`),
  );
  return [`curl -s -G -H "Authorization: Bearer $KEY" '${window.location.origin}/usage'`, ...lines].join(' \\\n');
}

/** For a shell, which takes all between single quotes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
