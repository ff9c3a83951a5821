/**
 * The key or token of this tab: in its sessionStorage, so that it ends with the tab and no other tab or link has it. A frame
 * takes a token alone, and keeps it to itself: frames of one page share a sessionStorage, or have none.
 */
import { useSyncExternalStore } from 'react';
import { tabStore } from '../state/storage';
import { isEmbedded } from '../state/view';

const NAME = 'meterhouse.key';
const TOKEN_PREFIX = 'mht_';
const listeners = new Set<() => void>();
const embedded = isEmbedded(window.location.pathname);

/** Of a frame; its history holds it too, so that back and forward of the page around it bring it back. */
let frameToken: string | null = null;

/** Why the last sign-in ended, in the service's words. */
let notice: string | null = null;

/** Takes the key of `#key=…` or `#token=…` and removes it from the address and the history entry. */
export function takeKeyFromAddress(): void {
  const { hash, pathname, search } = window.location;
  const fragment = new URLSearchParams(hash.slice(1));
  if (embedded) return takeFrameToken(fragment.get('token'), pathname + search);
  const key = fragment.get('key') ?? fragment.get('token');
  if (!key) return;
  window.history.replaceState(window.history.state, '', pathname + search);
  tabStore.setItem(NAME, key);
}

function takeFrameToken(given: string | null, address: string): void {
  const state: unknown = window.history.state;
  const before = typeof state === 'object' && state !== null && 'token' in state ? state.token : null;
  const token = given ?? before;
  if (typeof token !== 'string' || !token.startsWith(TOKEN_PREFIX)) return;
  frameToken = token;
  window.history.replaceState({ ...(state ?? {}), token }, '', address);
}

export function currentKey(): string | null {
  return embedded ? frameToken : tabStore.getItem(NAME);
}

export function signIn(key: string): void {
  notice = null;
  tabStore.setItem(NAME, key);
  tell();
}

/** As `endSession` does, which also forgets the answers. */
export function signOut(reason: string | null): void {
  notice = reason;
  frameToken = null;
  if (!embedded) tabStore.removeItem(NAME);
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
