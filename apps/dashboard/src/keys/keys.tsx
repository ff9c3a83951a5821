/** The keys of an account: who uses them and how much, and everything that is done to them. */
import { type ReactNode, useState } from 'react';
import { type Key, type KeysQuery, type NewSecret, useKeys } from '../api/use-keys';
import { type Me, useMe } from '../api/use-me';
import { count } from '../format/format';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import type { List, View } from '../state/view';
import { Choice } from '../ui/choice';
import { DataTable, type Sort } from '../ui/data-table';
import { Pagination } from '../ui/pagination';
import { SearchField } from '../ui/search-field';
import { RevokeDialog, RotateDialog } from './end-dialogs';
import { type KeyAction, keyColumns } from './key-columns';
import { CreateKeyDialog, EditKeyDialog } from './key-dialog';
import { grantableTiers } from './key-form-values';
import { KeySecretDialog } from './secret-dialog';

const PAGE = 25;
const STATUSES = ['active', 'expired', 'revoked'] as const;
const SORTS = ['createdAt', 'name', 'requests', 'lastUsedAt'] as const;

export function Keys({ view, zone }: ScreenProps): ReactNode {
  const me = useMe().data;
  return me ? <KeyList view={view} zone={zone} caller={me.caller} /> : <Skeleton />;
}

/** What is open: an action on a key, a form for a new one, or a secret to be stored. */
type Open = { action: KeyAction; key: Key } | { action: 'create' } | { action: 'store'; made: NewSecret } | null;

function KeyList({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): ReactNode {
  const [open, setOpen] = useState<Open>(null);
  const asked = queryOf(view);
  const query = useKeys(asked);
  const data = query.data;
  const mayChange = caller.permissions.includes('keys:write');
  const narrow = (list: List, how: 'push' | 'replace' = 'push'): void => {
    const { offset: _, ...rest } = view.list;
    go({ ...view, list: { ...rest, ...list } }, how);
  };
  const columns = keyColumns({
    view,
    zone,
    now: Date.now(),
    ofAll: caller.isAdmin && view.account === undefined,
    onAction: mayChange ? (action, key) => setOpen({ action, key }) : undefined,
  });
  return (
    <section className="panel" aria-label="Keys">
      <div className="list-head">
        <SearchField
          label="Search keys"
          value={view.list.search ?? ''}
          onSearch={(search) => narrow({ search }, 'replace')}
        />
        <Choice
          label="Status"
          options={[
            { value: '', label: `All${data ? ` ${count(data.summary.totalKeys)}` : ''}` },
            ...STATUSES.map((status) => ({
              value: status,
              label: `${STATUS_LABELS[status]}${data ? ` ${count(data.summary[`${status}Keys`])}` : ''}`,
            })),
          ]}
          chosen={asked.status ?? ''}
          onChoose={(status) => narrow({ status })}
        />
        {mayChange && (
          <button type="button" className="primary" onClick={() => setOpen({ action: 'create' })}>
            New key
          </button>
        )}
      </div>
      <CallState query={query} />
      {!data && query.isPending && <p className="note table-empty">Loading the keys…</p>}
      {data && (
        <>
          <DataTable
            caption="Keys"
            columns={columns}
            rows={data.keys}
            rowKey={({ id }) => id}
            sort={sortOf(asked)}
            onSort={({ by, order }) => narrow({ sort: by, order })}
            empty={<Nothing hasKeys={data.summary.totalKeys > 0} onAll={() => narrow({ search: '', status: '' })} />}
            stale={query.isPlaceholderData}
          />
          <Pagination
            pagination={data.pagination}
            things="keys"
            onOffset={(offset) => go({ ...view, list: { ...view.list, offset } })}
          />
        </>
      )}
      <OpenDialog open={open} onOpen={setOpen} view={view} zone={zone} caller={caller} keys={data?.keys ?? []} />
    </section>
  );
}

const STATUS_LABELS = { active: 'Active', expired: 'Expired', revoked: 'Revoked' };

function queryOf({ account, list }: View): KeysQuery {
  const status = STATUSES.find((known) => known === list.status);
  return {
    ...(account === undefined ? {} : { accountId: account }),
    ...(list.search ? { search: list.search } : {}),
    ...(status ? { status } : {}),
    sort: SORTS.find((known) => known === list.sort) ?? 'createdAt',
    order: list.order ?? 'asc',
    limit: PAGE,
    offset: list.offset ?? 0,
  };
}

function sortOf({ sort = 'createdAt', order = 'asc' }: KeysQuery): Sort {
  return { by: sort, order };
}

function Nothing({ hasKeys, onAll }: { hasKeys: boolean; onAll: () => void }): ReactNode {
  if (!hasKeys) return <p>There is no key yet.</p>;
  return (
    <>
      <p>No key matches.</p>
      <button type="button" onClick={onAll}>
        Show all keys
      </button>
    </>
  );
}

interface DialogProps extends ScreenProps {
  open: Open;
  onOpen: (open: Open) => void;
  caller: Me['caller'];
  keys: readonly Key[];
}

function OpenDialog({ open, onOpen, view, zone, caller, keys }: DialogProps): ReactNode {
  if (!open) return null;
  const close = (): void => onOpen(null);
  const store = (made: NewSecret): void => onOpen({ action: 'store', made });
  const form = { caller, tiers: grantableTiers(caller, keys), zone, onClose: close };
  switch (open.action) {
    case 'create':
      return <CreateKeyDialog {...form} account={view.account} onCreated={store} />;
    case 'store':
      return <KeySecretDialog made={open.made} onClose={close} />;
    case 'edit':
      return <EditKeyDialog {...form} of={open.key} />;
    case 'rotate':
      return <RotateDialog of={open.key} onRotated={store} onClose={close} />;
    case 'revoke':
      return <RevokeDialog of={open.key} onClose={close} />;
  }
}
