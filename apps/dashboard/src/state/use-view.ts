/** The view of the address, and how to change it: each change is a step that the browser's back button undoes. */
import { useMemo, useSyncExternalStore } from 'react';
import { type View, formatView, parseView } from './view';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

const currentAddress = (): string => window.location.pathname + window.location.search;

export function useView(): View {
  const address = useSyncExternalStore(subscribe, currentAddress);
  return useMemo(() => {
    const [path = '', query = ''] = address.split(/\?(.*)/s);
    return parseView(path, query);
  }, [address]);
}

/** What the history holds beside the address: the steps taken since the page was opened, and the token of a frame. */
function historyState(): Record<string, unknown> {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null ? { ...state } : {};
}

/** Only steps of this page are stepped back from by Escape. */
function depth(): number {
  return Number(historyState().depth ?? 0);
}

/** @param how `replace` makes no step of it, as for each letter of a search */
export function go(view: View, how: 'push' | 'replace' = 'push'): void {
  const address = formatView(view);
  if (address === currentAddress()) return;
  if (how === 'replace') window.history.replaceState(window.history.state, '', address);
  else window.history.pushState({ ...historyState(), depth: depth() + 1 }, '', address);
  for (const listener of listeners) listener();
}

/** Goes one step back; from a link that was opened as it is, nowhere. */
export function stepBack(): void {
  if (depth() > 0) window.history.back();
}
