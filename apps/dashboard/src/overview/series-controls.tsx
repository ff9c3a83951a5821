import type { ReactNode } from 'react';
import { granularitiesOf } from '../state/granularity';
import { go } from '../state/use-view';
import { GRANULARITIES, type Granularity, type View } from '../state/view';

/** How wide the buckets of all charts are. */
export function GranularityChoice({ view, granularity }: { view: View; granularity: Granularity }): ReactNode {
  const sensible = granularitiesOf(view.period, Date.now());
  return (
    <label className="inline">
      By
      <select
        value={granularity}
        title="Next granularity (g)"
        onChange={({ target }) => {
          const chosen = GRANULARITIES.find((name) => name === target.value);
          if (chosen) go({ ...view, granularity: chosen });
        }}
      >
        {GRANULARITIES.filter((name) => name === granularity || sensible.includes(name)).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

/** A logarithmic scale shows slow requests and fast ones at once. */
export function LogButton({ view }: { view: View }): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={view.log}
      title="Logarithmic scale (l)"
      onClick={() => go({ ...view, log: !view.log })}
    >
      Log scale
    </button>
  );
}
