/** A slider for a limit of one's own. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { count } from '../format/format';
import { TRIED_LIMITS, type TriedLimit } from '../state/view';
import { useSettled } from '../ui/use-settled';
import { STEPS, limitAt, stepOf } from './limit-scale';

const WINDOWS: Record<TriedLimit['name'], string> = {
  requestsPerMinute: 'a minute',
  requestsPerHour: 'an hour',
  requestsPerDay: 'a day',
};

/** What the slider begins at. */
const FIRST: TriedLimit = { name: 'requestsPerMinute', requests: 100 };

/** The most that the service takes. */
const MAX = 4_294_967_295;

interface Props {
  tried: TriedLimit | undefined;
  /** After a pause. */
  onTry: (tried: TriedLimit | undefined) => void;
}

export function TriedLimitControl({ tried, onTry }: Props): ReactNode {
  const [draft, setDraft] = useDraft(tried, onTry);
  const shown = draft ?? FIRST;
  return (
    <div className="tried-limit" role="group" aria-label="A limit to try">
      <label className="slider">
        <span>
          Try a limit:{' '}
          <strong>{draft ? `${count(draft.requests)} requests ${WINDOWS[draft.name]}` : 'move the slider'}</strong>
        </span>
        <input
          type="range"
          min={0}
          max={STEPS}
          step={1}
          value={stepOf(shown)}
          aria-valuetext={`${count(shown.requests)} requests ${WINDOWS[shown.name]}`}
          onChange={({ target }) => setDraft({ ...shown, requests: limitAt(Number(target.value), shown.name) })}
        />
      </label>
      <label>
        <span className="hidden">Requests of the limit</span>
        <input
          type="number"
          min={1}
          max={MAX}
          step={1}
          placeholder="Requests"
          value={draft?.requests ?? ''}
          onChange={({ target }) => {
            const requests = Math.min(MAX, Math.trunc(Number(target.value)));
            setDraft(requests >= 1 ? { ...shown, requests } : undefined);
          }}
        />
      </label>
      <label>
        <span className="hidden">Window of the limit</span>
        <select
          value={shown.name}
          onChange={({ target }) => {
            const name = TRIED_LIMITS.find((known) => known === target.value) ?? shown.name;
            setDraft({ ...shown, name });
          }}
        >
          {TRIED_LIMITS.map((name) => (
            <option key={name} value={name}>
              {WINDOWS[name]}
            </option>
          ))}
        </select>
      </label>
      {draft && (
        <button type="button" onClick={() => setDraft(undefined)}>
          Try none
        </button>
      )}
    </div>
  );
}

const same = (one: TriedLimit | undefined, other: TriedLimit | undefined): boolean =>
  one?.name === other?.name && one?.requests === other?.requests;

/** The limit while the slider moves, told once it rests; another address sets it anew. */
function useDraft(
  tried: TriedLimit | undefined,
  onTry: Props['onTry'],
): [TriedLimit | undefined, (draft: TriedLimit | undefined) => void] {
  const [draft, setDraft] = useState(tried);
  const settled = useSettled(draft);
  const latest = useRef({ tried, onTry });
  useEffect(() => {
    latest.current = { tried, onTry };
  });
  useEffect(() => {
    if (!same(settled, latest.current.tried)) latest.current.onTry(settled);
  }, [settled]);
  useEffect(() => {
    setDraft(latest.current.tried);
  }, [tried?.name, tried?.requests]);
  return [draft, setDraft];
}
