/** What ends a secret: rotating the key, and revoking it. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { type Key, type NewSecret, useRevokeKey, useRotateKey } from '../api/use-keys';
import { count } from '../format/format';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';

const GRACES = [
  { seconds: 0, label: 'at once' },
  { seconds: 3_600, label: 'in an hour' },
  { seconds: 86_400, label: 'in a day' },
  { seconds: 604_800, label: 'in a week' },
];

interface Props {
  of: Key;
  onClose: () => void;
}

export function RotateDialog({ of, onRotated, onClose }: Props & { onRotated: (made: NewSecret) => void }): ReactNode {
  const rotate = useRotateKey(of.id);
  const [grace, setGrace] = useState(86_400);
  const { fields, form } = formErrors(rotate.error, ['gracePeriodSeconds']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!rotate.isPending) rotate.mutate(grace, { onSuccess: onRotated });
  };
  return (
    <Dialog title={`Rotate “${of.name}”`} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p>The key gets a new secret and keeps its id, its figures and its limits.</p>
        <Field
          label="The present secret ends"
          hint={grace === 0 ? 'What uses it is refused until it has the new one.' : 'Until then both work.'}
          error={fields.gracePeriodSeconds}
        >
          {(control) => (
            <select {...control} value={grace} onChange={({ target }) => setGrace(Number(target.value))}>
              {GRACES.map(({ seconds, label }) => (
                <option key={seconds} value={seconds}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <FormError error={form} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={rotate.isPending}>
            Make a new secret
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function RevokeDialog({ of, onClose }: Props): ReactNode {
  const revoke = useRevokeKey(of.id);
  const done = (): void => {
    notify(`The key “${of.name}” was revoked.`);
    onClose();
  };
  return (
    <ConfirmDialog
      title={`Revoke “${of.name}”`}
      expected={of.name}
      action="Revoke the key"
      busy={revoke.isPending}
      error={formErrors(revoke.error, []).form}
      onConfirm={() => revoke.mutate(undefined, { onSuccess: done })}
      onClose={onClose}
    >
      <p>
        {of.external ? 'Events are no longer taken for it. ' : 'Every call with it is refused within a second. '}
        That cannot be undone. Its figures stay.
      </p>
      <p className="note">
        {of.accountId} · {of.id} · {count(of.usage.requestsToday)} requests today
      </p>
    </ConfirmDialog>
  );
}
