import { useSyncExternalStore } from 'react';
import { useTheme } from '../state/preferences';

const dark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Changes with the colours of the page: what is painted by hand is painted anew. */
export function useColorScheme(): string {
  const theme = useTheme();
  const system = useSyncExternalStore(subscribe, () => (dark().matches ? 'dark' : 'light'));
  return theme === 'system' ? system : theme;
}
