/** How the figures of a panel are had without the dashboard: as a file, by curl, in SQL. */
import { type ReactNode, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { CallError } from '../api/client';
import { type Me, useMe } from '../api/use-me';
import { SCREENS } from '../screens';
import { refusalOf } from '../shell/access';
import { go } from '../state/use-view';
import { onScreen } from '../state/view';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/field';
import { Snippet } from '../ui/snippet';
import { commandOf } from './command';
import { type ExportQuery, FORMATS, type Table, download, exportQuery } from './export';
import type { Shown } from './shown-usage';
import { statementOf } from './statement';
import './as-call.css';

interface Props extends Shown {
  table: Table;
  title: string;
  onClose: () => void;
}

export function CallDialog({ table, title, view, usage, onClose }: Props): ReactNode {
  const me = useMe().data;
  const file = useMutation<void, CallError, ExportQuery>({ mutationFn: download });
  const { origin } = window.location;
  const [now] = useState(Date.now());
  const statement = statementOf(table, view, usage.period, now);
  const { format: _, ...query } = exportQuery(table, 'csv', view, usage);
  const refusal = sqlRefusal(me);
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div className="as-call">
        <section aria-label="Files">
          <h3>Export</h3>
          <div className="formats">
            {FORMATS.map(({ format, label, hint }) => (
              <button
                key={format}
                type="button"
                disabled={file.isPending}
                title={hint}
                onClick={() => file.mutate(exportQuery(table, format, view, usage))}
              >
                {label}
              </button>
            ))}
            <span role="status" className="note">
              {file.isPending ? 'Being made…' : ''}
            </span>
          </div>
          <FormError error={file.error?.message ?? null} />
        </section>
        {!view.embed && (
          <>
            <Snippet title="curl" text={commandOf(origin, '/usage/export', { ...query, format: 'csv' })} />
            <Snippet title="SQL" text={statement}>
              <button
                type="button"
                disabled={refusal !== null}
                onClick={() => go({ ...onScreen(view, 'sql'), sql: statement })}
              >
                Open in SQL
              </button>
            </Snippet>
            {refusal !== null && <p className="note">{refusal}</p>}
            <p className="note">
              Percentiles cannot be added up from rows: <code>latency</code> and <code>latency_series</code> have them
              for a range.
            </p>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Why the caller cannot run it here; null where it can. */
function sqlRefusal(me: Me | undefined): string | null {
  const screen = SCREENS.find(({ path }) => path === 'sql');
  return me && screen ? refusalOf(screen, me) : null;
}
