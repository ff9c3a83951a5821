import { type FormEvent, type ReactNode, useState } from 'react';
import { useAccounts } from '../api/use-accounts';
import { count } from '../format/format';
import { go } from '../state/use-view';
import { NO_FILTERS, type View } from '../state/view';
import { Dialog } from '../ui/dialog';
import { useSettled } from '../ui/use-settled';
import { CallState } from './call-state';

/** How many accounts are offered. */
const OFFERED = 20;

interface Props {
  view: View;
  onClose: () => void;
}

/** Chooses the account whose figures every screen shows. */
export function AccountPicker({ view, onClose }: Props): ReactNode {
  const [search, setSearch] = useState('');
  const query = useAccounts({ search: useSettled(search.trim()), limit: OFFERED });
  const accounts = query.data?.accounts ?? [];
  const choose = (account: string | undefined): void => {
    const { account: _, ...everywhere } = view;
    // Its keys and endpoints are others.
    go({ ...everywhere, ...(account === undefined ? {} : { account }), filters: NO_FILTERS, list: {} });
    onClose();
  };
  /** Enter takes what was typed where there is such an account, or else the only one that it is a part of. */
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = accounts.find(({ id }) => id === search.trim()) ?? (accounts.length === 1 ? accounts[0] : undefined);
    if (typed && !query.isPlaceholderData) choose(typed.id);
  };
  return (
    <Dialog title="Whose figures" onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <label>
          Account
          <input
            type="search"
            autoComplete="off"
            spellCheck={false}
            placeholder="Part of its id"
            maxLength={64}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
      </form>
      <CallState query={query} />
      <ul className="accounts-offered" aria-label="Accounts" aria-busy={query.isFetching}>
        <li>
          <button type="button" aria-current={view.account === undefined} onClick={() => choose(undefined)}>
            All accounts
          </button>
        </li>
        {accounts.map(({ id, usage }) => (
          <li key={id}>
            <button type="button" aria-current={id === view.account} onClick={() => choose(id)}>
              {id} <span className="note">{count(usage.requests)} requests</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="note" role="status">
        {query.data && summary(accounts.length, query.data.pagination.total, search)}
      </p>
    </Dialog>
  );
}

function summary(shown: number, total: number, search: string): string {
  if (total === 0) return search === '' ? 'There is no account yet.' : `No account has “${search.trim()}” in its id.`;
  return shown < total
    ? `The ${count(shown)} of ${count(total)} with the most requests in 30 days; type to find others.`
    : 'With their requests in 30 days.';
}
