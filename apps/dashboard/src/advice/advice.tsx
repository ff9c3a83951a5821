/** What an account could improve, by gain, each with the figures that show it. */
import { type ReactNode, useState } from 'react';
import { type Advice as Piece, type AdviceAnswer, useAdvice } from '../api/use-advice';
import { type Me, useMe } from '../api/use-me';
import { count } from '../format/format';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { Pills } from '../shell/pills';
import { go } from '../state/use-view';
import { Choice } from '../ui/choice';
import './advice.css';
import { AdviceCard } from './card';
import { DismissDialog } from './dismiss-dialog';
import { AdviceTypes } from './types';

const STATES = ['open', 'resolved', 'dismissed'] as const;
type State = (typeof STATES)[number];
const LABELS: Readonly<Record<State, string>> = { open: 'Open', resolved: 'Resolved', dismissed: 'Dismissed' };
/** More than these nobody reads at once. */
const FIRST = 20;

export function Advice({ view, zone }: ScreenProps): ReactNode {
  const me = useMe().data;
  if (!me) return <Skeleton />;
  if (me.caller.isAdmin && view.account === undefined) {
    return (
      <section className="panel empty">
        <h2>Whose figures?</h2>
        <p>Advice is about one account: choose it at the top of the navigation.</p>
      </section>
    );
  }
  return <AdviceList view={view} zone={zone} caller={me.caller} />;
}

function AdviceList({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): ReactNode {
  const query = useAdvice(view, zone, true);
  const data = query.data;
  const state = STATES.find((known) => known === view.list.status) ?? 'open';
  return (
    <>
      <Pills view={view} keyName={(keyId) => keyId} />
      <CallState query={query} />
      {!data && query.isPending && <Skeleton />}
      {data && (
        <div className="figures" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
          <Choice
            label="Which advice"
            options={STATES.map((value) => ({
              value,
              label: `${LABELS[value]} ${count(ofState(data, value).length)}`,
            }))}
            chosen={state}
            onChoose={(status) => go({ ...view, list: status === 'open' ? {} : { status } })}
          />
          <Pieces
            key={state}
            pieces={ofState(data, state)}
            state={state}
            view={view}
            zone={zone}
            mayChange={caller.permissions.includes('alerts:write')}
          />
          <AdviceTypes types={data.types} />
        </div>
      )}
    </>
  );
}

function ofState({ advice }: AdviceAnswer, state: State): Piece[] {
  return advice.filter((piece) => piece.state === state);
}

interface PiecesProps extends ScreenProps {
  pieces: readonly Piece[];
  state: State;
  mayChange: boolean;
}

const NOTHING: Readonly<Record<State, string>> = {
  open: 'Nothing to improve was found in this period.',
  resolved: 'Nothing that was found has gone away since.',
  dismissed: 'Nothing was dismissed.',
};

function Pieces({ pieces, state, view, zone, mayChange }: PiecesProps): ReactNode {
  const [all, setAll] = useState(false);
  const [dismissing, setDismissing] = useState<Piece | null>(null);
  if (pieces.length === 0) {
    return (
      <section className="panel empty" aria-label="Advice">
        <p>{NOTHING[state]}</p>
      </section>
    );
  }
  return (
    <>
      <ol className="advice" aria-label={`${LABELS[state]} advice, by gain`}>
        {(all ? pieces : pieces.slice(0, FIRST)).map((piece) => (
          <li key={piece.id}>
            <AdviceCard
              of={piece}
              view={view}
              zone={zone}
              onDismiss={mayChange && state === 'open' ? () => setDismissing(piece) : undefined}
            />
          </li>
        ))}
      </ol>
      {pieces.length > FIRST && (
        <button type="button" className="quiet more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${count(pieces.length)}`}
        </button>
      )}
      {dismissing && <DismissDialog of={dismissing} onClose={() => setDismissing(null)} />}
    </>
  );
}
