import { type FormEvent, type ReactNode, useState } from 'react';
import { Dialog } from './dialog';
import { Field, FormError } from './field';

interface Props {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What has to be typed: a name, so that nobody ends another thing than they mean. */
  expected: string;
  /** Of the button that does it. */
  action: string;
  /** Whether it is being done. */
  busy: boolean;
  /** Why it could not be done. */
  error: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone, by having a name typed. */
export function ConfirmDialog({
  title,
  children,
  expected,
  action,
  busy,
  error,
  onConfirm,
  onClose,
}: Props): ReactNode {
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === expected.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (matches && !busy) onConfirm();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        {children}
        <Field label={`Type “${expected}” to confirm`}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <FormError error={error} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="danger" disabled={!matches || busy}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
