/** Short notes of what was done: shown for a while in a corner, and announced. */
import { type ReactNode, useSyncExternalStore } from 'react';

const SHOWN_MS = 6_000;

interface Note {
  id: number;
  text: string;
}

const listeners = new Set<() => void>();
let notes: readonly Note[] = [];
let last = 0;

/** @example notify('The key “storefront” was revoked.') */
export function notify(text: string): void {
  last += 1;
  const id = last;
  set([...notes, { id, text }]);
  setTimeout(() => set(notes.filter((note) => note.id !== id)), SHOWN_MS);
}

function set(next: readonly Note[]): void {
  notes = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Stands once in the page, also while there is nothing to say: only then screen readers announce what comes. */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(subscribe, () => notes);
  return (
    <div className="toasts" role="status" aria-label="What was done">
      {shown.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
