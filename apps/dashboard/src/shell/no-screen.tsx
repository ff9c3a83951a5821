import type { ReactNode } from 'react';
import { useMe } from '../api/use-me';
import { SCREENS } from '../screens';
import { go } from '../state/use-view';
import { type View, onScreen } from '../state/view';
import { refusalOf } from './access';

/** In place of a screen: why it is not there, and a way to one that is. */
export function NoScreen({ view, reason }: { view: View; reason: string }): ReactNode {
  const me = useMe().data;
  const other = SCREENS.find((screen) => screen.group !== null && me && refusalOf(screen, me) === null);
  return (
    <section className="panel empty">
      <p>{reason}</p>
      {other && (
        <button type="button" className="primary" onClick={() => go(onScreen(view, other.path))}>
          {other.path === '' ? 'Go to the overview' : `Go to ${other.title}`}
        </button>
      )}
    </section>
  );
}
