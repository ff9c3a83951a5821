import type { ReactNode } from 'react';
import { go } from '../state/use-view';
import { FILTERS, type Filter, type View, hasFilters, subjectOf, toggleFilter, withoutFilters } from '../state/view';

const LABELS: Record<Filter, string> = {
  endpoint: 'Endpoint',
  keyId: 'Key',
  method: 'Method',
  statusCode: 'Status',
  errorType: 'Error',
};

interface Props {
  view: View;
  /** The name of a key, where it is known. */
  keyName: (keyId: string) => string;
}

/** The filters that are on; a click takes one away. */
export function Pills({ view, keyName }: Props): ReactNode {
  if (!hasFilters(view) && view.account === undefined) return null;
  const { account, ...everywhere } = view;
  return (
    <ul className="pills" aria-label="Filters">
      {account !== undefined && <Pill label="Account" value={account} onRemove={() => go(everywhere)} />}
      {FILTERS.filter((filter) => filter !== subjectOf(view)).flatMap((filter) =>
        view.filters[filter].map((value) => (
          <Pill
            key={`${filter} ${value}`}
            label={LABELS[filter]}
            value={filter === 'keyId' ? keyName(value) : value}
            onRemove={() => go(toggleFilter(view, filter, value))}
          />
        )),
      )}
      {hasFilters(view) && (
        <li>
          <button type="button" className="quiet" onClick={() => go(withoutFilters(view))}>
            Clear
          </button>
        </li>
      )}
    </ul>
  );
}

function Pill({ label, value, onRemove }: { label: string; value: string; onRemove: () => void }): ReactNode {
  return (
    <li>
      <button type="button" className="pill" onClick={onRemove} aria-label={`Remove the filter ${label} ${value}`}>
        <span className="name">{label}</span> {value} <span aria-hidden="true">✕</span>
      </button>
    </li>
  );
}
