/** The fields of a key, for making and for changing one. */
import type { ReactNode } from 'react';
import type { Me, Permission } from '../api/use-me';
import type { Tier } from '../api/use-keys';
import { Field, FieldGroup } from '../ui/field';
import { type KeyForm, TIERS, WINDOWS, type Window } from './key-form-values';

const WHAT_IT_MAY_DO: Record<Permission, string> = {
  'usage:read': 'read usage figures',
  'sql:read': 'query with SQL',
  'events:write': 'send events',
  'keys:read': 'list keys',
  'keys:write': 'make, change and revoke keys',
  'alerts:write': 'make alert rules and channels',
  admin: 'everything, for all accounts',
};

const WINDOW_LABELS: Record<Window, string> = {
  requestsPerMinute: 'Calls a minute',
  requestsPerHour: 'Calls an hour',
  requestsPerDay: 'Calls a day (UTC)',
};

interface Props {
  form: KeyForm;
  onChange: (form: KeyForm) => void;
  caller: Me['caller'];
  /** Those that can be chosen. */
  tiers: readonly Tier[];
  /** An account is chosen once. */
  isNew: boolean;
  /** Known only from events: it cannot sign in, so it has no permissions. */
  external?: boolean;
  zone: string;
  errors: Readonly<Record<string, string>>;
}

export function KeyFields({ form, onChange, caller, tiers, isNew, external = false, zone, errors }: Props): ReactNode {
  const set = (changes: Partial<KeyForm>): void => onChange({ ...form, ...changes });
  return (
    <>
      <Field label="Name" error={errors.name}>
        {(control) => (
          <input
            {...control}
            required
            autoComplete="off"
            maxLength={100}
            value={form.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field label="Description" error={errors.description}>
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            maxLength={500}
            value={form.description}
            onChange={({ target }) => set({ description: target.value })}
          />
        )}
      </Field>
      {isNew && caller.isAdmin && (
        <Field label="Account" hint="One that has no key yet begins with this one." error={errors.accountId}>
          {(control) => (
            <input
              {...control}
              required
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
              value={form.accountId}
              onChange={({ target }) => set({ accountId: target.value })}
            />
          )}
        </Field>
      )}
      {!external && <Permissions form={form} caller={caller} error={errors.permissions} onChange={set} />}
      <div className="columns">
        <Field label="Tier" hint="Sets the limits of its calls." error={errors.tier}>
          {(control) => (
            <select
              {...control}
              value={form.tier}
              onChange={({ target }) => set({ tier: TIERS.find((tier) => tier === target.value) ?? form.tier })}
            >
              {TIERS.filter((tier) => tier === form.tier || tiers.includes(tier)).map((tier) => (
                <option key={tier}>{tier}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Ends" hint={`Time of ${zone}; empty: never.`} error={errors.expiresAt}>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              value={form.expiresAt}
              onChange={({ target }) => set({ expiresAt: target.value })}
            />
          )}
        </Field>
      </div>
      {form.tier === 'enterprise' && <Limits form={form} errors={errors} onChange={set} />}
      <Field
        label="Metadata"
        hint={<>A JSON object of your own, such as {'{"team": "payments"}'}.</>}
        error={errors.metadata}
      >
        {(control) => (
          <textarea
            {...control}
            className="code"
            rows={form.metadata.includes('\n') ? 5 : 2}
            spellCheck={false}
            value={form.metadata}
            onChange={({ target }) => set({ metadata: target.value })}
          />
        )}
      </Field>
    </>
  );
}

interface PartProps {
  form: KeyForm;
  onChange: (changes: Partial<KeyForm>) => void;
}

/** Those of the caller can be given; others that the key has can only be taken away. */
function Permissions({
  form,
  caller,
  error,
  onChange,
}: PartProps & { caller: Me['caller']; error: string | undefined }): ReactNode {
  const offered = [...new Set([...caller.permissions, ...form.permissions])];
  return (
    <FieldGroup label="What it may do" error={error}>
      <div className="columns checks">
        {offered.map((permission) => (
          <label key={permission} className="check">
            <input
              type="checkbox"
              checked={form.permissions.includes(permission)}
              onChange={({ target }) => {
                const others = form.permissions.filter((other) => other !== permission);
                onChange({ permissions: target.checked ? [...others, permission] : others });
              }}
            />
            <span>
              <code>{permission}</code> <span className="note">{WHAT_IT_MAY_DO[permission]}</span>
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}

function Limits({ form, errors, onChange }: PartProps & { errors: Readonly<Record<string, string>> }): ReactNode {
  return (
    <FieldGroup label="Limits of its own" hint="Empty: no limit." error={errors.rateLimit}>
      <div className="columns">
        {WINDOWS.map((window) => (
          <Field key={window} label={WINDOW_LABELS[window]} error={errors[`rateLimit.${window}`]}>
            {(control) => (
              <input
                {...control}
                type="number"
                inputMode="numeric"
                min={1}
                max={1_000_000_000}
                step={1}
                value={form.rateLimit[window]}
                onChange={({ target }) => onChange({ rateLimit: { ...form.rateLimit, [window]: target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </FieldGroup>
  );
}
