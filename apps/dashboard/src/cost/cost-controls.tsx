/** Chooses the billing period and the plan to compare with, and saves the figures as a file. */
import { type ReactNode, useState } from 'react';
import { CallError, client, unwrap } from '../api/client';
import type { Cost, CostQuery, Plan } from '../api/use-cost';
import { go } from '../state/use-view';
import { DEFAULT_PERIOD, type View } from '../state/view';
import { saveFile } from '../ui/save-file';
import { notify } from '../ui/toast';

interface Props {
  view: View;
  asked: CostQuery;
  /** For admins, who may see them. */
  plans: readonly Plan[];
  cost: Cost | undefined;
}

/** How many months are offered. */
const MONTHS = 13;

export function CostControls({ view, asked, plans, cost }: Props): ReactNode {
  return (
    <div className="cost-controls">
      <PeriodSelect view={view} />
      {plans.length > 0 && <PlanSelect view={view} plans={plans} current={cost?.plan.id} />}
      <CsvButton asked={asked} />
    </div>
  );
}

function PeriodSelect({ view }: { view: View }): ReactNode {
  const isCustom = 'from' in view.period;
  const { billing: _, ...running } = { ...view, period: DEFAULT_PERIOD };
  const choose = (value: string): void => go(value === 'current' ? running : { ...running, billing: value });
  return (
    <label className="inline">
      Billing period{' '}
      <select value={isCustom ? 'custom' : (view.billing ?? 'current')} onChange={({ target }) => choose(target.value)}>
        {isCustom && (
          <option value="custom" disabled>
            Custom window
          </option>
        )}
        <option value="current">Running</option>
        <option value="previous">Last</option>
        {months(Date.now(), view.billing).map(({ value, label }) => (
          <option key={value} value={value}>
            From {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The months before this one, and the chosen one where that is older. */
function months(now: number, chosen: string | undefined): { value: string; label: string }[] {
  const today = new Date(now);
  const values = Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
  const all = chosen && /^\d/.test(chosen) && !values.includes(chosen) ? [...values, chosen] : values;
  const name = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return all.map((value) => ({ value, label: name.format(Date.parse(`${value}-01`)) }));
}

interface PlanProps {
  view: View;
  plans: readonly Plan[];
  current: string | undefined;
}

function PlanSelect({ view, plans, current }: PlanProps): ReactNode {
  const { planId, ...alone } = view;
  return (
    <label className="inline">
      Compare with{' '}
      <select
        value={planId ?? ''}
        onChange={({ target }) => go(target.value === '' ? alone : { ...view, planId: target.value })}
      >
        <option value="">No other plan</option>
        {plans
          .filter(({ id }) => id !== current || id === planId)
          .map(({ id, name, currency }) => (
            <option key={id} value={id}>
              {name} ({currency})
            </option>
          ))}
      </select>
    </label>
  );
}

function CsvButton({ asked }: { asked: CostQuery }): ReactNode {
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    try {
      const query = { ...asked, format: 'csv' as const };
      const bytes = await unwrap<Blob>(client.GET('/usage/cost', { params: { query }, parseAs: 'blob' }));
      saveFile(bytes, `meterhouse-cost-${asked.period ?? 'window'}.csv`);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      notify(error.message);
    } finally {
      setSaving(false);
    }
  };
  return (
    <button type="button" disabled={isSaving} onClick={() => void save()}>
      {isSaving ? 'Saving…' : 'CSV'}
    </button>
  );
}
