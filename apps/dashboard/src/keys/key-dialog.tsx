/** Makes a key or changes one. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import { type Key, type NewSecret, type Tier, useCreateKey, useUpdateKey } from '../api/use-keys';
import type { Me } from '../api/use-me';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { KeyFields } from './key-fields';
import { type KeyForm, changesBody, createBody, keyForm, newKeyForm } from './key-form-values';

/** Beside which an error can stand. */
const FIELDS = [
  ...['name', 'description', 'accountId', 'permissions', 'tier', 'expiresAt', 'metadata'],
  ...['rateLimit.requestsPerMinute', 'rateLimit.requestsPerHour', 'rateLimit.requestsPerDay', 'rateLimit'],
];

interface Common {
  caller: Me['caller'];
  tiers: readonly Tier[];
  zone: string;
  onClose: () => void;
}

interface CreateProps extends Common {
  /** The account that an admin looks at. */
  account: string | undefined;
  onCreated: (made: NewSecret) => void;
}

export function CreateKeyDialog({ caller, tiers, zone, account, onCreated, onClose }: CreateProps): ReactNode {
  const create = useCreateKey();
  const [form, setForm] = useState<KeyForm>({
    ...newKeyForm(caller),
    ...(account === undefined ? {} : { accountId: account }),
  });
  const [metadataError, setMetadataError] = useState('');
  const submit = (): void => {
    const body = readable(() => createBody(form, zone, caller.isAdmin), setMetadataError);
    if (body) create.mutate(body, { onSuccess: onCreated });
  };
  const { fields, form: formError } = formErrors(create.error, FIELDS);
  return (
    <FormDialog
      title="New key"
      action="Make the key"
      busy={create.isPending}
      error={formError}
      onSubmit={submit}
      onClose={onClose}
    >
      <KeyFields
        form={form}
        onChange={setForm}
        caller={caller}
        tiers={tiers}
        isNew
        zone={zone}
        errors={metadataError ? { ...fields, metadata: metadataError } : fields}
      />
    </FormDialog>
  );
}

export function EditKeyDialog({ caller, tiers, zone, of, onClose }: Common & { of: Key }): ReactNode {
  const update = useUpdateKey(of.id);
  const [before] = useState(() => keyForm(of, zone));
  const [form, setForm] = useState(before);
  const [metadataError, setMetadataError] = useState('');
  const submit = (): void => {
    const body = readable(() => changesBody(before, form, zone), setMetadataError);
    if (!body) return;
    if (Object.keys(body).length === 0) onClose();
    else update.mutate(body, { onSuccess: () => (notify(`The key “${form.name}” was changed.`), onClose()) });
  };
  const { fields, form: formError } = formErrors(update.error, FIELDS);
  return (
    <FormDialog
      title={`Change “${of.name}”`}
      action="Save"
      busy={update.isPending}
      error={formError}
      onSubmit={submit}
      onClose={onClose}
    >
      <KeyFields
        form={form}
        onChange={setForm}
        caller={caller}
        tiers={tiers}
        isNew={false}
        external={of.external}
        zone={zone}
        errors={metadataError ? { ...fields, metadata: metadataError } : fields}
      />
    </FormDialog>
  );
}

/** What is to be sent; undefined where the metadata is no JSON object, which `onError` is told. */
function readable<T>(make: () => T, onError: (message: string) => void): T | undefined {
  try {
    const made = make();
    onError('');
    return made;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    onError(`This is no JSON object: ${error.message}`);
    return undefined;
  }
}

interface FormProps {
  title: string;
  action: string;
  busy: boolean;
  error: string | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

function FormDialog({ title, action, busy, error, onSubmit, onClose, children }: FormProps): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <Dialog title={title} wide onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        {children}
        <FormError error={error} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={busy}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
