import type { ReactNode } from 'react';
import { useAlerts } from '../api/use-alerts';
import type { Me } from '../api/use-me';
import { type Rule, useRule } from '../api/use-rules';
import { alertColumns } from '../alerts/alert-columns';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { withItem } from '../state/view';
import { DataTable } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { State } from './rule-columns';
import { RuleEditor } from './rule-editor';

interface Props extends ScreenProps {
  /** Or `new`. */
  id: string;
  caller: Me['caller'];
}

/** A rule to make or to change, with its latest alerts. */
export function RulePage({ id, view, zone, caller }: Props): ReactNode {
  const isNew = id === 'new';
  const query = useRule(isNew ? null : id);
  const rule = query.data;
  return (
    <>
      <p className="back">
        <ViewLink view={withItem(view, null)}>← All rules</ViewLink>
      </p>
      {isNew && <h2 className="page-title">New rule</h2>}
      {isNew && <RuleEditor view={view} zone={zone} caller={caller} />}
      {!isNew && <CallState query={query} />}
      {!isNew && !rule && query.isPending && <Skeleton />}
      {rule && (
        <>
          <h2 className="page-title">
            {rule.name} <State of={rule} />
          </h2>
          <RuleEditor key={rule.id} view={view} zone={zone} caller={caller} rule={rule} />
          <Latest rule={rule} view={view} zone={zone} />
        </>
      )}
    </>
  );
}

const LATEST = 10;

function Latest({ rule, view, zone }: ScreenProps & { rule: Rule }): ReactNode {
  const { data, isPlaceholderData } = useAlerts({ ruleId: rule.id, limit: LATEST, offset: 0 });
  if (!data) return null;
  const rules = new Map([[rule.id, rule]]);
  return (
    <section className="panel rule-alerts" aria-label="Its latest alerts">
      <h2>Its latest alerts</h2>
      <DataTable
        caption="Its latest alerts"
        columns={alertColumns({ view, zone, now: Date.now(), ofAll: false, rules })}
        rows={data.alerts}
        rowKey={({ id }) => id}
        empty={<p>It has raised no alert.</p>}
        stale={isPlaceholderData}
      />
    </section>
  );
}
