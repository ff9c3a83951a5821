import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { useAccounts } from '../api/use-accounts';
import type { Plan } from '../api/use-cost';
import { useAssignPlan } from '../api/use-plans';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { useSettled } from '../ui/use-settled';

interface Props {
  plan: Plan;
  account: string | undefined;
  onClose: () => void;
}

/** Gives an account a plan from a day on. */
export function AssignDialog({ plan, account, onClose }: Props): ReactNode {
  const [accountId, setAccountId] = useState(account ?? '');
  const [from, setFrom] = useState('');
  const list = useId();
  const accounts = useAccounts({ search: useSettled(accountId), limit: 20, offset: 0 });
  const assign = useAssignPlan();
  const errors = formErrors(assign.error, ['planId', 'from']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (assign.isPending) return;
    assign.mutate(
      { accountId: accountId.trim(), planId: plan.id, ...(from === '' ? {} : { from }) },
      {
        onSuccess: () => {
          notify(`“${accountId.trim()}” has the plan “${plan.name}”.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={`Give ${plan.name} to an account`} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <Field label="Account">
          {(control) => (
            <input
              {...control}
              required
              list={list}
              maxLength={64}
              autoComplete="off"
              value={accountId}
              onChange={({ target }) => setAccountId(target.value)}
            />
          )}
        </Field>
        <datalist id={list}>
          {accounts.data?.accounts.map(({ id }) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <Field
          label="From"
          hint={`A day of ${plan.timezone}; empty: the start of its running period.`}
          error={errors.fields.from}
        >
          {(control) => (
            <input {...control} type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
          )}
        </Field>
        <FormError error={errors.fields.planId ?? errors.form} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={assign.isPending}>
            Give it the plan
          </button>
        </div>
      </form>
    </Dialog>
  );
}
