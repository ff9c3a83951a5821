/** Makes a plan, or a new version of one, with what it would cost beside it. */
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { formErrors } from '../api/form-errors';
import type { Plan } from '../api/use-cost';
import { usePlanPreview, useSavePlan } from '../api/use-plans';
import type { ScreenProps } from '../screens';
import { go } from '../state/use-view';
import { withItem } from '../state/view';
import { FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { useSettled } from '../ui/use-settled';
import { PlanFields } from './plan-fields';
import { PLAN_TEXTS, type PlanForm, newPlanForm, planBody, planForm } from './plan-form-values';
import { PlanPreview } from './plan-preview';
import { PriceList } from './price-fields';

const OF_PRICE = ['name', 'match.endpoint', 'match.method', 'match.statusCode', 'unit', 'weight', 'model'];
const OF_PRICE_TOO = ['includedUnits', 'packageSize', 'tiers'];

/** Beside which an error can stand. */
function fieldsOf({ prices }: PlanForm): string[] {
  const ofPrices = prices.flatMap((_, at) => [...OF_PRICE, ...OF_PRICE_TOO].map((name) => `prices.${at}.${name}`));
  return [...PLAN_TEXTS, ...ofPrices];
}

interface Props extends ScreenProps {
  /** Undefined: a new one. */
  plan?: Plan;
}

export function PlanEditor({ view, zone, plan }: Props): ReactNode {
  const [form, setForm] = useState<PlanForm>(() => (plan ? planForm(plan) : newPlanForm(zone)));
  const change = (changes: Partial<PlanForm>): void => setForm({ ...form, ...changes });
  const body = useMemo(() => planBody(form), [form]);
  const settled = useSettled(body);
  // A plan is tried before it has a name, too.
  const tried = useMemo(() => ({ ...settled, name: settled.name || 'This plan' }), [settled]);
  const preview = usePlanPreview(view.account, tried);
  const save = useSavePlan(plan?.id);
  // What is wrong is the same, whichever of the two was asked for.
  const { fields: errors, form: formError } = formErrors(save.error ?? preview.error, fieldsOf(form));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (save.isPending) return;
    save.mutate(body, {
      onSuccess: ({ name, version }) => {
        notify(plan ? `“${name}” has a version ${version}.` : `The plan “${name}” was made.`);
        go(withItem(view, null));
      },
    });
  };
  return (
    <div className="rule-editor">
      <form className="panel fields" aria-label={plan ? `Plan ${plan.name}` : 'New plan'} onSubmit={submit} noValidate>
        <PlanFields form={form} onChange={change} errors={errors} isNew={!plan} />
        <PriceList prices={form.prices} onChange={(prices) => change({ prices })} errors={errors} />
        <FormError error={save.error ? formError : null} />
        <div className="actions">
          <button type="button" onClick={() => go(withItem(view, null))}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={save.isPending}>
            {plan ? 'Save as a new version' : 'Make the plan'}
          </button>
        </div>
      </form>
      <PlanPreview account={view.account} query={preview} isOld={settled !== body} />
    </div>
  );
}
