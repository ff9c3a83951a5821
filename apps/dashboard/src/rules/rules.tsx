/** Alert rules: what watches, and one of them to make or change. */
import { type ReactNode, useState } from 'react';
import { useMe, type Me } from '../api/use-me';
import { type Rule, useRules, useUpdateRule } from '../api/use-rules';
import '../alerts/alerts.css';
import { Sections } from '../alerts/sections';
import { SilenceDialog } from '../alerts/silence-dialog';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { withItem } from '../state/view';
import { DataTable } from '../ui/data-table';
import { FormError } from '../ui/field';
import { Pagination } from '../ui/pagination';
import { notify } from '../ui/toast';
import { DeleteRuleDialog } from './delete-dialog';
import { type RuleAction, ruleColumns } from './rule-columns';
import { RulePage } from './rule-page';
import './rules.css';

const PAGE = 25;

export function Rules({ view, zone }: ScreenProps): ReactNode {
  const me = useMe().data;
  return (
    <>
      <Sections view={view} />
      {!me && <Skeleton />}
      {me && view.item && <RulePage key={view.item} id={view.item} view={view} zone={zone} caller={me.caller} />}
      {me && !view.item && <RuleList view={view} zone={zone} caller={me.caller} />}
    </>
  );
}

type Open = { action: 'silence' | 'delete'; rule: Rule } | null;

function RuleList({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): ReactNode {
  const [open, setOpen] = useState<Open>(null);
  const query = useRules({ accountId: view.account, limit: PAGE, offset: view.list.offset ?? 0 });
  const update = useUpdateRule();
  const mayChange = caller.permissions.includes('alerts:write');
  const data = query.data;
  const act = (action: RuleAction, rule: Rule): void => {
    if (action !== 'switch') return setOpen({ action, rule });
    update.mutate(
      { id: rule.id, changes: { enabled: !rule.enabled } },
      { onSuccess: ({ name, enabled }) => notify(`“${name}” is ${enabled ? 'on' : 'off'}.`) },
    );
  };
  const make = mayChange && (
    <button type="button" className="primary" onClick={() => go(withItem(view, 'new'))}>
      New rule
    </button>
  );
  return (
    <section className="panel" aria-label="Rules">
      <div className="list-head">
        <p className="note">What is watched all the time, and who is told.</p>
        {make}
      </div>
      <CallState query={query} />
      <FormError error={update.error?.message ?? null} />
      {!data && query.isPending && <p className="note table-empty">Loading the rules…</p>}
      {data && (
        <>
          <DataTable
            caption="Rules"
            columns={ruleColumns({
              view,
              zone,
              now: Date.now(),
              ofAll: caller.isAdmin && view.account === undefined,
              onAction: mayChange ? act : undefined,
            })}
            rows={data.rules}
            rowKey={({ id }) => id}
            empty={<p>There is no rule yet. Begin with one on the error rate, and try it on the last 30 days.</p>}
            stale={query.isPlaceholderData}
          />
          <Pagination
            pagination={data.pagination}
            things="rules"
            onOffset={(offset) => go({ ...view, list: { offset } })}
          />
        </>
      )}
      {open?.action === 'delete' && <DeleteRuleDialog rule={open.rule} onClose={() => setOpen(null)} />}
      {open?.action === 'silence' && (
        <SilenceDialog
          accountId={caller.isAdmin ? open.rule.accountId : undefined}
          rule={open.rule}
          group={null}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
