import { type ReactNode, useState } from 'react';
import type { Me } from '../api/use-me';
import type { View } from '../state/view';
import { AccountPicker } from './account-picker';

interface Props {
  view: View;
  me: Me | undefined;
}

/** Whose figures these are; an admin chooses. */
export function AccountName({ view, me }: Props): ReactNode {
  const [picking, setPicking] = useState(false);
  if (!me) return <p className="account" aria-hidden="true" />;
  const { accountId, keyIds, isAdmin } = me.caller;
  if (!isAdmin) {
    return (
      <p className="account" title={accountId}>
        <span className="hidden">Account: </span>
        <strong>{accountId}</strong>
        {keyIds && <span className="note">{keyIds.length === 1 ? '1 key of it' : `${keyIds.length} keys of it`}</span>}
      </p>
    );
  }
  const name = view.account ?? 'All accounts';
  return (
    <>
      <button type="button" className="account" title={name} aria-haspopup="dialog" onClick={() => setPicking(true)}>
        <span className="hidden">Account: </span>
        <strong>{name}</strong>
        <span aria-hidden="true">▾</span>
      </button>
      {picking && <AccountPicker view={view} onClose={() => setPicking(false)} />}
    </>
  );
}
