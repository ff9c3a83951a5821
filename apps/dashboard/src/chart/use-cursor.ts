/** The cursor of a chart and the buckets selected with it, by pointer and by keyboard alike. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';

export interface Selection {
  first: number;
  last: number;
}

interface Cursor {
  /** The bucket under it; null where there is none. */
  index: number | null;
  selection: Selection | null;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: () => void;
    onPointerLeave: () => void;
    onPointerCancel: () => void;
    onKeyDown: (event: KeyboardEvent) => void;
    onFocus: () => void;
    onBlur: () => void;
  };
}

/** The bucket that a key moves the cursor to. */
function target(key: string, index: number, count: number): number | undefined {
  const page = Math.max(1, Math.round(count / 10));
  const moved: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    PageUp: index - page,
    PageDown: index + page,
    Home: 0,
    End: count - 1,
  };
  const wanted = moved[key];
  return wanted === undefined ? undefined : Math.min(count - 1, Math.max(0, wanted));
}

/**
 * @param count of buckets
 * @param indexAt the bucket at a place on the screen
 * @param onSelect called with the buckets of a drag, or of Shift with arrows and Enter
 */
export function useCursor(
  count: number,
  indexAt: (event: PointerEvent<HTMLElement>) => number,
  onSelect: (selection: Selection) => void,
): Cursor {
  const [at, setAt] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [dragging, setDragging] = useState(false);
  const index = at === null || count === 0 ? null : Math.min(at, count - 1);
  const selection =
    anchor === null || index === null ? null : { first: Math.min(anchor, index), last: Math.max(anchor, index) };
  const choose = (): void => {
    if (selection) onSelect(selection);
    setAnchor(null);
  };
  return {
    index,
    selection: selection && selection.first !== selection.last ? selection : null,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0 || event.pointerType === 'touch') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        setAt(indexAt(event));
        setAnchor(indexAt(event));
      },
      onPointerMove: (event) => setAt(indexAt(event)),
      onPointerUp: () => {
        if (dragging && selection && selection.first !== selection.last) choose();
        setDragging(false);
        setAnchor(null);
      },
      onPointerLeave: () => {
        if (!dragging) setAt(null);
      },
      onPointerCancel: () => {
        setDragging(false);
        setAnchor(null);
      },
      onKeyDown: (event) => {
        if (event.key === 'Enter' && selection) return choose();
        if (event.key === 'Escape' && anchor !== null) {
          event.stopPropagation();
          return setAnchor(null);
        }
        const next = target(event.key, index ?? count - 1, count);
        if (next === undefined || count === 0) return;
        event.preventDefault();
        setAnchor(event.shiftKey ? (anchor ?? index ?? count - 1) : null);
        setAt(next);
      },
      onFocus: () => setAt((before) => before ?? count - 1),
      onBlur: () => {
        setAt(null);
        setAnchor(null);
      },
    },
  };
}
