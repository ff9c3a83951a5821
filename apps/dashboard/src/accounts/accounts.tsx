/** The accounts of the fleet, for admins: who grows, who fails, who is near a limit. */
import { type ReactNode, useState } from 'react';
import { type Account, type AccountsQuery, useAccounts } from '../api/use-accounts';
import { useFleetCapacity } from '../api/use-capacity';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import type { List, View } from '../state/view';
import { DataTable } from '../ui/data-table';
import { Pagination } from '../ui/pagination';
import { SearchField } from '../ui/search-field';
import { accountColumns } from './account-columns';
import { LimitsDialog } from './limits-dialog';

const PAGE = 25;
const SORTS = ['requests', 'errors', 'lastUsedAt'] as const;

export function Accounts({ view, zone }: ScreenProps): ReactNode {
  const [opened, setOpened] = useState<Account | null>(null);
  const asked = queryOf(view);
  const query = useAccounts(asked);
  const capacity = useFleetCapacity();
  const data = query.data;
  /** From the first page again. */
  const narrow = (list: List, how: 'push' | 'replace' = 'push'): void => {
    const { offset: _, ...rest } = view.list;
    go({ ...view, list: { ...rest, ...list } }, how);
  };
  const columns = accountColumns({
    view,
    zone,
    now: Date.now(),
    keyLimits: capacity.data?.limits,
    onLimits: setOpened,
  });
  return (
    <section className="panel" aria-label="Accounts">
      <div className="list-head">
        <SearchField
          label="Search accounts"
          value={view.list.search ?? ''}
          onSearch={(search) => narrow({ search }, 'replace')}
        />
        <p className="note">Requests of 30 days and their change from the 30 before</p>
      </div>
      <CallState query={query} />
      <CallState query={capacity} />
      {!data && query.isPending && <p className="note table-empty">Loading the accounts…</p>}
      {data && (
        <>
          <DataTable
            caption="Accounts"
            columns={columns}
            rows={data.accounts}
            rowKey={({ id }) => id}
            sort={{ by: asked.sort, order: asked.order }}
            onSort={({ by, order }) => narrow({ sort: by, order })}
            empty={<Nothing search={view.list.search} onAll={() => narrow({ search: '' })} />}
            stale={query.isPlaceholderData}
          />
          <Pagination
            pagination={data.pagination}
            things="accounts"
            onOffset={(offset) => go({ ...view, list: { ...view.list, offset } })}
          />
        </>
      )}
      {opened && <LimitsDialog account={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function queryOf({ list }: View): AccountsQuery & { sort: (typeof SORTS)[number]; order: 'asc' | 'desc' } {
  return {
    ...(list.search ? { search: list.search } : {}),
    sort: SORTS.find((known) => known === list.sort) ?? 'requests',
    order: list.order ?? 'desc',
    limit: PAGE,
    offset: list.offset ?? 0,
  };
}

function Nothing({ search, onAll }: { search: string | undefined; onAll: () => void }): ReactNode {
  if (!search) return <p>There is no account yet: an account is there as soon as it has a key.</p>;
  return (
    <>
      <p>No account has “{search}” in its id.</p>
      <button type="button" onClick={onAll}>
        Show all accounts
      </button>
    </>
  );
}
