import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { type ChannelType, type MadeChannel, useCreateChannel } from '../api/use-channels';
import type { Me } from '../api/use-me';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { TextField } from './text-field';
import { TARGETS, TYPE_LABELS } from './types';

const TYPES = Object.keys(TYPE_LABELS) as ChannelType[];

interface Props {
  caller: Me['caller'];
  /** The account that an admin looks at. */
  account: string | undefined;
  onMade: (made: MadeChannel) => void;
  onClose: () => void;
}

export function CreateChannelDialog({ caller, account, onMade, onClose }: Props): ReactNode {
  const create = useCreateChannel();
  const [form, setForm] = useState({
    name: '',
    type: 'webhook' as ChannelType,
    target: '',
    accountId: account ?? caller.accountId,
  });
  const { fields, form: formError } = formErrors(create.error, ['name', 'type', 'target', 'accountId']);
  const set = (changes: Partial<typeof form>): void => setForm({ ...form, ...changes });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (create.isPending) return;
    const { accountId, ...body } = form;
    const done = (made: MadeChannel): void => {
      notify(`The channel “${made.channel.name}” was made.`);
      onClose();
      onMade(made);
    };
    create.mutate({ ...body, ...(caller.isAdmin ? { accountId } : {}) }, { onSuccess: done });
  };
  const { label, hint, example } = TARGETS[form.type];
  return (
    <Dialog title="New channel" wide onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <div className="columns">
          <TextField label="Name" error={fields.name} max={100} value={form.name} onChange={(name) => set({ name })} />
          <Field label="Type" error={fields.type}>
            {(control) => (
              <select
                {...control}
                value={form.type}
                onChange={({ target }) => set({ type: TYPES.find((type) => type === target.value) ?? form.type })}
              >
                {TYPES.map((type) => (
                  <option key={type} value={type}>
                    {TYPE_LABELS[type]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <TextField
          label={label}
          hint={hint}
          error={fields.target}
          max={2_000}
          placeholder={example}
          value={form.target}
          onChange={(target) => set({ target })}
        />
        {caller.isAdmin && (
          <TextField
            label="Account"
            hint="Whose rules can name it."
            error={fields.accountId}
            max={64}
            value={form.accountId}
            onChange={(accountId) => set({ accountId })}
          />
        )}
        <FormError error={formError} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={create.isPending}>
            Make the channel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
