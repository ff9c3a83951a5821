import type { ReactNode } from 'react';
import { type View, onScreen } from '../state/view';
import { ViewLink } from '../ui/view-link';

const SECTIONS = [
  { path: 'alerts', title: 'Alerts' },
  { path: 'alerts/rules', title: 'Rules' },
  { path: 'alerts/channels', title: 'Channels' },
  { path: 'alerts/silences', title: 'Silences' },
];

/** The way between the screens about alerts. */
export function Sections({ view }: { view: View }): ReactNode {
  return (
    <nav className="tabs" aria-label="About alerts">
      {SECTIONS.map(({ path, title }) => (
        <ViewLink key={path} view={onScreen(view, path)} aria-current={path === view.screen ? 'page' : undefined}>
          {title}
        </ViewLink>
      ))}
    </nav>
  );
}
