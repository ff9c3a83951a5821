import type { ReactNode } from 'react';
import type { Me } from '../api/use-me';
import { SCREENS, SCREEN_GROUPS, type ScreenGroup } from '../screens';
import { type View, onScreen } from '../state/view';
import { ViewLink } from '../ui/view-link';
import { refusalOf } from './access';

const GROUP_TITLES: Record<ScreenGroup, string> = {
  usage: 'Usage',
  advice: 'Advice',
  money: 'Money',
  manage: 'Manage',
};

interface Props {
  view: View;
  /** Undefined until it is known. */
  me: Me | undefined;
  onOpen: () => void;
}

/** The screens that the caller can use, by group. */
export function Nav({ view, me, onOpen }: Props): ReactNode {
  const screens = me ? SCREENS.filter((screen) => refusalOf(screen, me) === null) : [];
  return (
    <nav aria-label="Screens" aria-busy={!me}>
      {SCREEN_GROUPS.map((group) => {
        const own = screens.filter((screen) => screen.group === group);
        if (own.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`screens-${group}`}>
            <h2 id={`screens-${group}`}>{GROUP_TITLES[group]}</h2>
            <ul>
              {own.map(({ path, title }) => (
                <li key={path}>
                  <ViewLink
                    view={onScreen(view, path)}
                    aria-current={isWithin(view.screen, path) ? 'page' : undefined}
                    onOpen={onOpen}
                  >
                    {title}
                  </ViewLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

/** Whether a screen is the one of a path, or one that it leads to. */
function isWithin(screen: string, path: string): boolean {
  return screen === path || (path !== '' && screen.startsWith(`${path}/`));
}
