/** Beside every screen, or above it where there is little room: whose figures these are, and where one can go. */
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { endSession } from '../api/query-client';
import { useMe } from '../api/use-me';
import { type Theme, chooseTheme, nextTheme } from '../state/preferences';
import type { View } from '../state/view';
import { AccountName } from './account-name';
import { Brand } from './brand';
import { Nav } from './nav';

interface Props {
  view: View;
  theme: Theme;
  onHelp: () => void;
}

const THEME_ICON: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' };

export function Rail({ view, theme, onHelp }: Props): ReactNode {
  const me = useMe().data;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <header className="rail" data-open={open} onKeyDown={closeByKey}>
      <Brand />
      <AccountName view={view} me={me} />
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">{open ? '✕' : '☰'}</span> Menu
      </button>
      <div id="menu" className="menu">
        <Nav view={view} me={me} onOpen={() => setOpen(false)} />
        <div className="tools">
          <a href="/docs">API</a>
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
          <button type="button" className="quiet" onClick={() => endSession()}>
            Sign out
          </button>
        </div>
      </div>
    </header>
  );
}
