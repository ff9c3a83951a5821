/** What a browser remembers between visits: no secret, nothing that a link should say. */
import { useSyncExternalStore } from 'react';
import { browserStore } from './storage';
import { isZone } from './view';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const listeners = new Set<() => void>();

function useStored(name: string): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => browserStore.getItem(name),
  );
}

function store(name: string, value: string): void {
  browserStore.setItem(name, value);
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  const stored = useStored('meterhouse.theme');
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

export function chooseTheme(theme: Theme): void {
  store('meterhouse.theme', theme);
}

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

/** The zone of links that name none. */
export function useZone(): string {
  return zoneOf(useStored('meterhouse.timezone'));
}

/** The same where no component asks. */
export function preferredZone(): string {
  return zoneOf(browserStore.getItem('meterhouse.timezone'));
}

const zoneOf = (stored: string | null): string => (stored && isZone(stored) ? stored : localZone());

export function chooseZone(zone: string): void {
  store('meterhouse.timezone', zone);
}

export const WEEK_STARTS = ['monday', 'sunday'] as const;
export type WeekStart = (typeof WEEK_STARTS)[number];

const weekStartOf = (stored: string | null): WeekStart => WEEK_STARTS.find((day) => day === stored) ?? 'monday';

/** The day that the weeks of charts and tables begin with. */
export function useWeekStart(): WeekStart {
  return weekStartOf(useStored('meterhouse.weekStart'));
}

/** The same where no component asks. */
export function weekStart(): WeekStart {
  return weekStartOf(browserStore.getItem('meterhouse.weekStart'));
}

export function chooseWeekStart(day: WeekStart): void {
  store('meterhouse.weekStart', day);
}

export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
