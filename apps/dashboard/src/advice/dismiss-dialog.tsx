import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { type Advice, useDismiss } from '../api/use-advice';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';

interface Props {
  of: Advice;
  onClose: () => void;
}

export function DismissDialog({ of, onClose }: Props): ReactNode {
  const dismiss = useDismiss(of.id);
  const [reason, setReason] = useState('');
  const { fields, form } = formErrors(dismiss.error, ['reason']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (dismiss.isPending) return;
    dismiss.mutate(reason, { onSuccess: () => (notify('The advice was dismissed.'), onClose()) });
  };
  return (
    <Dialog title="Dismiss advice" onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p>{of.title}</p>
        <Field label="Why" hint="For the others; it may stay empty." error={fields.reason}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <FormError error={form} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={dismiss.isPending}>
            Dismiss
          </button>
        </div>
      </form>
    </Dialog>
  );
}
