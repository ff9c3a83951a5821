/** Times in which nobody is told. */
import { type ReactNode, useState } from 'react';
import { type Silence, useEndSilence, useSilences } from '../api/use-alerts';
import { type Me, useMe } from '../api/use-me';
import { useRules } from '../api/use-rules';
import { dayAndTime } from '../format/format';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { type Column, DataTable } from '../ui/data-table';
import { FormError } from '../ui/field';
import { notify } from '../ui/toast';
import './alerts.css';
import { Sections } from './sections';
import { SilenceDialog } from './silence-dialog';

export function Silences({ view, zone }: ScreenProps): ReactNode {
  const me = useMe().data;
  return (
    <>
      <Sections view={view} />
      {me ? <SilenceList view={view} zone={zone} caller={me.caller} /> : <Skeleton />}
    </>
  );
}

function SilenceList({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): ReactNode {
  const [making, setMaking] = useState(false);
  const query = useSilences(view.account);
  const rules = useRules({ accountId: view.account }).data?.rules;
  const end = useEndSilence();
  const mayChange = caller.permissions.includes('alerts:write');
  const now = Date.now();
  const data = query.data;
  const columns = silenceColumns({
    zone,
    now,
    ofAll: caller.isAdmin && view.account === undefined,
    names: new Map(rules?.map(({ id, name }) => [id, name])),
    onEnd: mayChange ? ({ id }) => end.mutate(id, { onSuccess: () => notify('The silence has ended.') }) : undefined,
  });
  return (
    <section className="panel" aria-label="Silences">
      <div className="list-head">
        <p className="note">While one holds, rules are judged as ever and nobody is told of what fires.</p>
        {mayChange && (
          <button type="button" onClick={() => setMaking(true)}>
            Silence all rules…
          </button>
        )}
      </div>
      <CallState query={query} />
      <FormError error={end.error?.message ?? null} />
      {!data && query.isPending && <p className="note table-empty">Loading the silences…</p>}
      {data && (
        <DataTable
          caption="Silences"
          columns={columns}
          rows={data.silences}
          rowKey={({ id }) => id}
          empty={<p>There is no silence. An alert or a rule can be silenced where it is shown.</p>}
          stale={query.isPlaceholderData}
        />
      )}
      {making && (
        <SilenceDialog
          accountId={caller.isAdmin ? (view.account ?? null) : undefined}
          rule={null}
          group={null}
          onClose={() => setMaking(false)}
        />
      )}
    </section>
  );
}

interface Shown {
  zone: string;
  now: number;
  ofAll: boolean;
  /** Of rules, by id. */
  names: ReadonlyMap<string, string>;
  onEnd: ((silence: Silence) => void) | undefined;
}

function silenceColumns({ zone, now, ofAll, names, onEnd }: Shown): Column<Silence>[] {
  const at = (instant: string): string => dayAndTime(Date.parse(instant), zone);
  const account: Column<Silence> = { id: 'account', title: 'Account', cell: ({ accountId }) => accountId ?? 'all' };
  const actions: Column<Silence> = {
    id: 'actions',
    title: 'Actions',
    cell: (silence) =>
      stateOf(silence, now) !== 'ended' && (
        <span className="row-actions">
          <button type="button" className="quiet" onClick={() => onEnd?.(silence)}>
            End it<span className="hidden"> now: {whatOf(silence, names)}</span>
          </button>
        </span>
      ),
  };
  return [
    {
      id: 'what',
      title: 'Silenced',
      cell: (silence) => (
        <span>
          {whatOf(silence, names)}
          {silence.groups.length > 0 && <code className="note below">{silence.groups.join(', ')}</code>}
        </span>
      ),
    },
    ...(ofAll ? [account] : []),
    {
      id: 'state',
      title: 'State',
      cell: (silence) => {
        const state = stateOf(silence, now);
        return <span className={`badge ${state === 'holds' ? 'warn' : ''}`}>{state}</span>;
      },
    },
    { id: 'from', title: 'From', cell: ({ from }) => at(from) },
    { id: 'to', title: 'To', cell: ({ to }) => at(to) },
    { id: 'comment', title: 'Note', cell: ({ comment }) => comment },
    ...(onEnd ? [actions] : []),
  ];
}

function stateOf({ from, to }: Silence, now: number): 'holds' | 'to come' | 'ended' {
  if (Date.parse(to) <= now) return 'ended';
  return Date.parse(from) > now ? 'to come' : 'holds';
}

function whatOf({ ruleIds }: Silence, names: ReadonlyMap<string, string>): string {
  return ruleIds.length === 0 ? 'All rules' : ruleIds.map((id) => names.get(id) ?? id).join(', ');
}
