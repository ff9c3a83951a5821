/** What is done to a channel: changing it, another secret, deleting it. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import {
  type Channel,
  type MadeChannel,
  useDeleteChannel,
  useRotateChannel,
  useUpdateChannel,
} from '../api/use-channels';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Dialog } from '../ui/dialog';
import { Field, FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { TextField } from './text-field';
import { TARGETS } from './types';

interface Props {
  channel: Channel;
  onClose: () => void;
}

export function EditChannelDialog({ channel, onClose }: Props): ReactNode {
  const update = useUpdateChannel(channel.id);
  const [name, setName] = useState(channel.name);
  const [target, setTarget] = useState('');
  const { fields, form } = formErrors(update.error, ['name', 'target']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (update.isPending) return;
    const changes = { ...(name === channel.name ? {} : { name }), ...(target === '' ? {} : { target }) };
    if (Object.keys(changes).length === 0) return onClose();
    update.mutate(changes, { onSuccess: () => (notify(`The channel “${name}” was changed.`), onClose()) });
  };
  return (
    <Dialog title={`Change “${channel.name}”`} wide onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <TextField label="Name" error={fields.name} max={100} value={name} onChange={setName} />
        <TextField
          label={TARGETS[channel.type].label}
          hint={`Empty: it stays ${channel.target}`}
          error={fields.target}
          max={2_000}
          required={false}
          value={target}
          onChange={setTarget}
        />
        <FormError error={form} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={update.isPending}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const GRACES = [
  { seconds: 0, label: 'not at all' },
  { seconds: 3_600, label: 'for an hour' },
  { seconds: 86_400, label: 'for a day' },
  { seconds: 604_800, label: 'for a week' },
];

interface RotateProps extends Props {
  onRotated: (made: MadeChannel) => void;
}

export function RotateChannelDialog({ channel, onRotated, onClose }: RotateProps): ReactNode {
  const rotate = useRotateChannel(channel.id);
  const [grace, setGrace] = useState(86_400);
  const { fields, form } = formErrors(rotate.error, ['gracePeriodSeconds']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!rotate.isPending) rotate.mutate(grace, { onSuccess: (made) => (onClose(), onRotated(made)) });
  };
  return (
    <Dialog title={`Rotate the secret of “${channel.name}”`} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p>Messages are signed with a new secret.</p>
        <Field label="With the old one too" error={fields.gracePeriodSeconds}>
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

export function DeleteChannelDialog({ channel, onDeleted, onClose }: Props & { onDeleted: () => void }): ReactNode {
  const remove = useDeleteChannel(channel.id);
  const done = (): void => {
    notify(`The channel “${channel.name}” was deleted.`);
    onClose();
    onDeleted();
  };
  return (
    <ConfirmDialog
      title={`Delete “${channel.name}”`}
      expected={channel.name}
      action="Delete the channel"
      busy={remove.isPending}
      error={remove.error?.message ?? null}
      onConfirm={() => remove.mutate(undefined, { onSuccess: done })}
      onClose={onClose}
    >
      <p>Rules no longer tell it, and what waits to be sent is given up.</p>
    </ConfirmDialog>
  );
}
