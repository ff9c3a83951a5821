import type { MouseEvent, ReactNode } from 'react';
import { signOut } from '../api/session';
import { SCREENS } from '../screens';
import { THEMES, type Theme, chooseTheme } from '../state/preferences';
import { go } from '../state/use-view';
import { type View, formatView } from '../state/view';
import { Brand } from './brand';

interface Props {
  view: View;
  theme: Theme;
  onHelp: () => void;
}

const THEME_ICON: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' };

export function Header({ view, theme, onHelp }: Props): ReactNode {
  const open = (screen: string) => (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ ...view, screen });
  };
  return (
    <header className="page-header">
      <Brand />
      <nav aria-label="Screens">
        {SCREENS.map(({ path, title }) => (
          <a
            key={path}
            href={formatView({ ...view, screen: path })}
            aria-current={path === view.screen ? 'page' : undefined}
            onClick={open(path)}
          >
            {title}
          </a>
        ))}
        <a href="/docs">API</a>
      </nav>
      <div className="tools">
        <button
          type="button"
          className="quiet"
          aria-label={`Theme: ${theme}`}
          title={`Theme: ${theme} (t)`}
          onClick={() => chooseTheme(nextTheme(theme))}
        >
          {THEME_ICON[theme]}
        </button>
        <button type="button" className="quiet" onClick={onHelp} aria-label="All keys" title="All keys (?)">
          ?
        </button>
        <button type="button" className="quiet" onClick={() => signOut()}>
          Sign out
        </button>
      </div>
    </header>
  );
}

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}
