import { type ReactNode, Suspense, lazy, use, useState } from 'react';
import type { Table } from './export';
import { ShownUsage } from './shown-usage';

const CallDialog = lazy(async () => ({ default: (await import('./call-dialog')).CallDialog }));

interface Props {
  /** What the panel shows. */
  table: Table;
  title: string;
}

/** Opens the call, the SQL and the files of a panel. */
export function CallButton({ table, title }: Props): ReactNode {
  const shown = use(ShownUsage);
  const [open, setOpen] = useState(false);
  if (!shown) return null;
  return (
    <>
      <button
        type="button"
        className="quiet call-button"
        aria-label={`Export ${title}, or see the call`}
        title="Export, curl, SQL"
        onClick={() => setOpen(true)}
      >
        <span aria-hidden="true">⤓</span>
      </button>
      {open && (
        <Suspense>
          <CallDialog table={table} title={title} {...shown} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
