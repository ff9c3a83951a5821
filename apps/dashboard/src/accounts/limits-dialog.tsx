import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { type Account, useSetLimits } from '../api/use-accounts';
import { count } from '../format/format';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { LIMITS, type LimitKind, type LimitValue, limitChanges, limitForm } from './limit-form-values';

interface Props {
  account: Account;
  onClose: () => void;
}

/** Sets limits of an account in place of those of its tier. */
export function LimitsDialog({ account, onClose }: Props): ReactNode {
  const before = limitForm(account);
  const [form, setForm] = useState(before);
  const change = useSetLimits(account.id);
  const changes = limitChanges(before, form);
  const errors = formErrors(
    change.error,
    LIMITS.map(({ name }) => `limits.${name}`),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (Object.keys(changes).length === 0) return onClose();
    change.mutate(changes, {
      onSuccess: () => {
        notify(`The limits of “${account.id}” were changed.`);
        onClose();
      },
    });
  };
  return (
    <Dialog title={`Limits of ${account.id}`} onClose={onClose} wide>
      <form className="fields" onSubmit={submit}>
        <p className="note">They hold within a second. Keys that are there stay, also where they are more.</p>
        <div className="columns">
          {LIMITS.map(({ name, label, hint }) => (
            <LimitField
              key={name}
              label={label}
              hint={hint}
              value={form[name]}
              tierLimit={account.customLimits.includes(name) ? undefined : account.limits[name]}
              error={errors.fields[`limits.${name}`]}
              onChange={(value) => setForm({ ...form, [name]: value })}
            />
          ))}
        </div>
        <FormError error={errors.form} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={change.isPending}>
            Set limits
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface LimitProps {
  label: string;
  hint: string;
  value: LimitValue;
  /** Of the account's tier; undefined where it is not known, for another holds in its place. */
  tierLimit: number | null | undefined;
  error: string | undefined;
  onChange: (value: LimitValue) => void;
}

const KINDS: readonly LimitKind[] = ['tier', 'number', 'none'];

function LimitField({ label, hint, value, tierLimit, error, onChange }: LimitProps): ReactNode {
  const ofTier = tierLimit === undefined ? '' : ` (${tierLimit === null ? 'no limit' : count(tierLimit)})`;
  const names: Record<LimitKind, string> = { tier: `As its tier${ofTier}`, number: 'A number', none: 'No limit' };
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <>
          <select
            {...control}
            value={value.kind}
            onChange={({ target }) =>
              onChange({ ...value, kind: KINDS.find((kind) => kind === target.value) ?? 'tier' })
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {names[kind]}
              </option>
            ))}
          </select>
          {value.kind === 'number' && (
            <input
              type="number"
              required
              min={0}
              step={1}
              aria-label={`${label}, as a number`}
              aria-invalid={control['aria-invalid']}
              aria-describedby={control['aria-describedby']}
              value={value.number}
              onChange={({ target }) => onChange({ ...value, number: target.value })}
            />
          )}
        </>
      )}
    </Field>
  );
}
