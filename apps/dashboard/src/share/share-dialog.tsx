/** Makes a token for a part of the figures and a time, and shows the link and the frame that carry it. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { type CallError, client, unwrap } from '../api/client';
import type { components } from '../api/schema';
import type { Me } from '../api/use-me';
import { Dialog } from '../ui/dialog';
import { Field, FieldGroup, FormError } from '../ui/field';
import type { ScreenProps } from '../screens';
import { MadeToken } from './made-token';
import { useKeyNames } from './use-key-names';
import './share.css';

type Request = components['schemas']['CreateTokenDto'];
type Token = components['schemas']['CreatedTokenDto'];

const HOUR = 3_600;
const DURATIONS = [
  { label: 'An hour', seconds: HOUR },
  { label: 'A day', seconds: 24 * HOUR },
  { label: '7 days', seconds: 7 * 24 * HOUR },
  { label: '30 days, the most', seconds: 30 * 24 * HOUR },
];

/** The service binds a token to no more keys. */
const MAX_KEYS = 32;

interface Props extends ScreenProps {
  me: Me;
  onClose: () => void;
}

export function ShareDialog({ view, zone, me, onClose }: Props): ReactNode {
  const [keyIds, setKeyIds] = useState<readonly string[]>(view.filters.keyId);
  const [seconds, setSeconds] = useState(24 * HOUR);
  const [withKeys, setWithKeys] = useState(false);
  const names = useKeyNames(view.account, me);
  const mayReadKeys = me.caller.permissions.includes('keys:read');
  const token = useMutation<Token, CallError, Request>({
    mutationFn: (body) => unwrap(client.POST('/tokens', { body })),
  });
  // A link is of one account; an admin sees all of them until one is chosen.
  const noAccount = me.caller.isAdmin && view.account === undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    token.mutate({
      ...(view.account === undefined ? {} : { accountId: view.account }),
      ...(keyIds.length === 0 ? {} : { keyIds: [...keyIds] }),
      permissions: withKeys ? ['usage:read', 'keys:read'] : ['usage:read'],
      expiresInSeconds: seconds,
    });
  };
  const toggle = (keyId: string): void =>
    setKeyIds(keyIds.includes(keyId) ? keyIds.filter((id) => id !== keyId) : [...keyIds, keyId]);
  const listed = [...names, ...view.filters.keyId.filter((id) => !names.has(id)).map((id) => [id, id] as const)];
  return (
    <Dialog title="Share this screen" onClose={onClose} wide>
      {token.data && <MadeToken token={token.data} view={view} zone={zone} onClose={onClose} />}
      {!token.data && (
        <form className="fields share" onSubmit={submit}>
          {noAccount && <p className="banner">Choose an account first: a link shows the figures of one.</p>}
          <FieldGroup
            label="Figures of"
            hint={
              keyIds.length === 0
                ? 'None is chosen: the link shows all keys of the account.'
                : 'Others do not exist for it.'
            }
          >
            <div className="share-keys">
              {listed.map(([keyId, name]) => (
                <label key={keyId} className="check">
                  <input
                    type="checkbox"
                    checked={keyIds.includes(keyId)}
                    disabled={!keyIds.includes(keyId) && keyIds.length >= MAX_KEYS}
                    onChange={() => toggle(keyId)}
                  />
                  {name}
                </label>
              ))}
              {listed.length === 0 && <p className="note">All keys of the account.</p>}
            </div>
          </FieldGroup>
          <Field label="Works for" hint="It ends before with the key that you are signed in with.">
            {(control) => (
              <select {...control} value={seconds} onChange={({ target }) => setSeconds(Number(target.value))}>
                {DURATIONS.map(({ label, seconds: value }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <FieldGroup label="Whoever has it">
            <label className="check">
              <input type="checkbox" checked disabled /> reads usage
            </label>
            <label className="check">
              <input
                type="checkbox"
                checked={withKeys}
                disabled={!mayReadKeys}
                onChange={() => setWithKeys(!withKeys)}
              />
              reads the list of keys with their limits{mayReadKeys ? '' : ', which the key that you use may not'}
            </label>
          </FieldGroup>
          <FormError error={token.error?.message ?? null} />
          <div className="actions">
            <button type="button" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" className="primary" disabled={noAccount || token.isPending}>
              Make the link
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
