/** One alert: why it is there, what it looks like, who was told, and what can be done about it. */
import { type ReactNode, useState } from 'react';
import { type Alert, useAcknowledge, useAlert } from '../api/use-alerts';
import type { Me } from '../api/use-me';
import { type Rule, useRule } from '../api/use-rules';
import { Skeleton } from '../overview/skeleton';
import { conditionText } from '../rules/words';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { onScreen, withItem } from '../state/view';
import { FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { ViewLink } from '../ui/view-link';
import { AlertChart } from './alert-chart';
import { SeverityBadge, StateBadges } from './badges';
import { Deliveries } from './deliveries';
import { Evidence } from './evidence';
import { AlertFacts } from './facts';
import { SilenceDialog } from './silence-dialog';
import { groupText } from './words';

interface Props extends ScreenProps {
  id: string;
  caller: Me['caller'];
}

export function AlertPage({ id, view, zone, caller }: Props): ReactNode {
  const query = useAlert(id);
  const rule = useRule(query.data?.ruleId ?? null);
  const alert = query.data;
  return (
    <>
      <p className="back">
        <ViewLink view={withItem(view, null)}>← All alerts</ViewLink>
      </p>
      <CallState query={query} />
      {!alert && query.isPending && <Skeleton />}
      {alert && (
        <div className="figures">
          <section className="panel alert-head" aria-label="The alert">
            <Head alert={alert} rule={rule.data} caller={caller} view={view} zone={zone} />
            <AlertFacts alert={alert} rule={rule.data} zone={zone} />
          </section>
          {rule.data && <AlertChart alert={alert} rule={rule.data} caller={caller} zone={zone} />}
          {rule.error && <p className="note">Its rule is no longer there, so that nothing can be drawn by it.</p>}
          <Evidence alert={alert} rule={rule.data} view={view} zone={zone} />
          <Deliveries alert={alert} view={view} zone={zone} />
        </div>
      )}
    </>
  );
}

interface HeadProps extends ScreenProps {
  alert: Alert;
  rule: Rule | undefined;
  caller: Me['caller'];
}

function Head({ alert, rule, caller, view }: HeadProps): ReactNode {
  const [silencing, setSilencing] = useState(false);
  const acknowledge = useAcknowledge(alert.id);
  const group = groupText(alert);
  const isOpen = alert.state !== 'resolved';
  const mayChange = caller.permissions.includes('alerts:write');
  return (
    <>
      <div className="alert-title">
        <div>
          <h2>
            {alert.ruleName}
            {group !== null && (
              <>
                {' '}
                <code>{group}</code>
              </>
            )}
          </h2>
          <p className="badges">
            <SeverityBadge severity={alert.severity} />
            <StateBadges of={alert} />
          </p>
        </div>
        <div className="actions">
          {rule && (
            <button type="button" onClick={() => go(withItem(onScreen(view, 'alerts/rules'), alert.ruleId))}>
              The rule
            </button>
          )}
          {mayChange && isOpen && (
            <button type="button" onClick={() => setSilencing(true)}>
              Silence…
            </button>
          )}
          {mayChange && isOpen && alert.acknowledgedAt === null && (
            <button
              type="button"
              className="primary"
              disabled={acknowledge.isPending}
              onClick={() =>
                acknowledge.mutate(undefined, { onSuccess: () => notify('Acknowledged: there are no more reminders.') })
              }
            >
              Acknowledge
            </button>
          )}
        </div>
      </div>
      <FormError error={acknowledge.error?.message ?? null} />
      {rule && <p>{conditionText(rule)}</p>}
      {silencing && (
        <SilenceDialog
          accountId={caller.isAdmin ? alert.accountId : undefined}
          rule={{ id: alert.ruleId, name: alert.ruleName }}
          group={group}
          onClose={() => setSilencing(false)}
        />
      )}
    </>
  );
}
