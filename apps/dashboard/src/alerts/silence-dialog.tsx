import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { useCreateSilence } from '../api/use-alerts';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';

const HOUR = 3_600_000;
const FOR = [
  { ms: HOUR, label: '1 hour' },
  { ms: 4 * HOUR, label: '4 hours' },
  { ms: 24 * HOUR, label: '1 day' },
  { ms: 7 * 24 * HOUR, label: '1 week' },
  { ms: 30 * 24 * HOUR, label: '30 days' },
];

interface Props {
  /** Whose alerts, as an admin says it; undefined: the caller's own, null: those of all accounts. */
  accountId: string | null | undefined;
  /** Null: all rules of the account. */
  rule: { id: string; name: string } | null;
  /** The key or endpoint that an alert is about; null: all of them. */
  group: string | null;
  onClose: () => void;
}

/** Has nobody told for a while. */
export function SilenceDialog({ accountId, rule, group, onClose }: Props): ReactNode {
  const create = useCreateSilence();
  const [lasts, setLasts] = useState(HOUR);
  const [onlyGroup, setOnlyGroup] = useState(group !== null);
  const [comment, setComment] = useState('');
  const { fields, form } = formErrors(create.error, ['to', 'comment']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (create.isPending) return;
    const body = {
      ...(accountId === undefined ? {} : { accountId }),
      ruleIds: rule === null ? [] : [rule.id],
      groups: onlyGroup && group !== null ? [group] : [],
      to: new Date(Date.now() + lasts).toISOString(),
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
    };
    create.mutate(body, { onSuccess: () => (notify(`${rule?.name ?? 'All rules'}: silenced.`), onClose()) });
  };
  return (
    <Dialog title={rule === null ? 'Silence all rules' : `Silence “${rule.name}”`} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p className="note">Everything is judged as ever, and nobody is told of what fires until it ends.</p>
        <Field label="For" error={fields.to}>
          {(control) => (
            <select {...control} value={lasts} onChange={({ target }) => setLasts(Number(target.value))}>
              {FOR.map(({ ms, label }) => (
                <option key={ms} value={ms}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        {group !== null && (
          <label className="check">
            <input type="checkbox" checked={onlyGroup} onChange={({ target }) => setOnlyGroup(target.checked)} />
            <span>
              Only <code>{group}</code>
            </span>
          </label>
        )}
        <Field label="Note" hint="Why, for the others." error={fields.comment}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              maxLength={500}
              value={comment}
              onChange={({ target }) => setComment(target.value)}
            />
          )}
        </Field>
        <FormError error={form} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={create.isPending}>
            Silence
          </button>
        </div>
      </form>
    </Dialog>
  );
}
