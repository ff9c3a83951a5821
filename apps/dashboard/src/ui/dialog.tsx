/** A modal dialog of the browser: Escape closes it, and focus returns to where it was. It begins at the first field. */
import { type ReactNode, useEffect, useRef } from 'react';

interface Props {
  title: string;
  onClose: () => void;
  /** Asked before anything closes it; where it answers false it stays, as for what would be lost. */
  mayClose?: () => boolean;
  /** For forms that need room; others are as wide as a line of text. */
  wide?: boolean;
  children: ReactNode;
}

/** What one types into or copies. */
const FIRST = ':is(input, select, textarea, .copy):not(:disabled)';

export function Dialog({ title, onClose, mayClose = () => true, wide = false, children }: Props): ReactNode {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // The browser would begin at the button that closes it; React's autoFocus comes before the dialog can be seen.
    dialog?.querySelector<HTMLElement>(FIRST)?.focus();
    return () => dialog?.close();
  }, []);
  const leave = (): void => {
    if (mayClose()) onClose();
    // Browsers also close it without asking, as at the second Escape in a row.
    else if (element.current?.open === false) element.current.showModal();
  };
  return (
    <dialog
      ref={element}
      aria-label={title}
      className={wide ? 'wide' : undefined}
      onCancel={(event) => {
        // Also the "cancel" of a file field inside bubbles to here.
        if (event.target !== element.current) return;
        event.preventDefault();
        leave();
      }}
      onClose={leave}
    >
      <header>
        <h2>{title}</h2>
        <button type="button" className="quiet" onClick={leave} aria-label="Close">
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
