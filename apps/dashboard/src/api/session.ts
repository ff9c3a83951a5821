/** The key or token of this tab: in its sessionStorage, so that it ends with the tab and no other tab or link has it. */
import { useSyncExternalStore } from 'react';
import { tabStore } from '../state/storage';

const NAME = 'meterhouse.key';
const listeners = new Set<() => void>();

/** Why the last sign-in ended, in the service's words. */
let notice: string | null = null;

/** Takes the key of `#key=…` or `#token=…` and removes it from the address and the history entry. */
export function takeKeyFromAddress(): void {
  const { hash, pathname, search } = window.location;
  const fragment = new URLSearchParams(hash.slice(1));
  const key = fragment.get('key') ?? fragment.get('token');
  if (!key) return;
  window.history.replaceState(window.history.state, '', pathname + search);
  tabStore.setItem(NAME, key);
}

export function currentKey(): string | null {
  return tabStore.getItem(NAME);
}

export function signIn(key: string): void {
  notice = null;
  tabStore.setItem(NAME, key);
  tell();
}

/** As `endSession` does, which also forgets the answers. */
export function signOut(reason: string | null): void {
  notice = reason;
  tabStore.removeItem(NAME);
  tell();
}

export function useSession(): { key: string | null; notice: string | null } {
  const key = useSyncExternalStore(subscribe, currentKey);
  return { key, notice };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
