/** Makes or changes a rule, which can be tried on the past before. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { formErrors } from '../api/form-errors';
import type { Me } from '../api/use-me';
import { type Rule, useCreateRule, useUpdateRule } from '../api/use-rules';
import type { ScreenProps } from '../screens';
import { go } from '../state/use-view';
import { withItem } from '../state/view';
import { FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { ConditionFields } from './condition-fields';
import { NameFields } from './name-fields';
import { type RuleBody, FILTER_NAMES } from './rule';
import { type RuleForm, newRuleForm, ruleBody, ruleForm } from './rule-form-values';
import { RulePreview, usePreviewed } from './rule-preview';
import { ScopeFields } from './scope-fields';
import { TellingFields } from './telling-fields';
import { TimingFields } from './timing-fields';

/** Beside which an error can stand. */
const FIELDS = [
  ...['name', 'severity', 'metric', 'window', 'groupBy', 'accountId', 'minimumRequests', 'noData', 'channels'],
  ...[
    'type',
    'operator',
    'value',
    'recovery',
    'against',
    'direction',
    'percent',
    'sensitivity',
    'objective',
    'window',
  ].map((name) => `condition.${name}`),
  ...FILTER_NAMES.map((name) => `filters.${name}`),
  ...['renotifyAfterMinutes', 'breaching.windows', 'breaching.of', 'breaching', 'condition'],
  ...['schedule.timezone', 'schedule.days', 'schedule.from', 'schedule.to', 'schedule'],
];

interface Props extends ScreenProps {
  caller: Me['caller'];
  /** Undefined: a new one. */
  rule?: Rule;
}

export function RuleEditor({ view, zone, caller, rule }: Props): ReactNode {
  const [form, setForm] = useState<RuleForm>(() =>
    rule ? ruleForm(rule, zone) : newRuleForm(caller.isAdmin ? (view.account ?? null) : caller.accountId, zone),
  );
  const create = useCreateRule();
  const update = useUpdateRule();
  const preview = usePreviewed();
  const mayChange = caller.permissions.includes('alerts:write');
  const change = (changes: Partial<RuleForm>): void => setForm({ ...form, ...changes });
  const body = ruleBody(form, caller.isAdmin);
  const saving = rule ? update : create;
  // What is wrong is the same, whichever of the two was asked for.
  const { fields: errors, form: formError } = formErrors(saving.error ?? preview.query.error, FIELDS);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (saving.isPending) return;
    const onSuccess = ({ name }: Rule): void => {
      notify(`The rule “${name}” was ${rule ? 'changed' : 'made'}.`);
      go(withItem(view, null));
    };
    if (rule) update.mutate({ id: rule.id, changes: withoutAccount(body) }, { onSuccess });
    else create.mutate(body, { onSuccess });
  };
  const parts = { form, onChange: change, errors };
  return (
    <div className="rule-editor">
      <form className="panel fields" aria-label={rule ? `Rule ${rule.name}` : 'New rule'} onSubmit={submit}>
        <fieldset className="fields rule-form" disabled={!mayChange}>
          <NameFields {...parts} />
          <ConditionFields {...parts} />
          <details open={rule !== undefined && isNarrowed(form)}>
            <summary>Which requests</summary>
            <div className="fields">
              <ScopeFields {...parts} choosesAccount={caller.isAdmin && !rule} />
            </div>
          </details>
          <details open={hasErrors(errors, ['breaching', 'minimumRequests', 'noData', 'schedule'])}>
            <summary>How soon, and when</summary>
            <div className="fields">
              <TimingFields {...parts} />
            </div>
          </details>
          <TellingFields {...parts} view={view} ownAccount={caller.accountId} />
        </fieldset>
        <FormError error={formError} />
        {mayChange ? (
          <div className="actions">
            <button type="button" onClick={() => go(withItem(view, null))}>
              Cancel
            </button>
            <button type="submit" className="primary" disabled={saving.isPending}>
              {rule ? 'Save' : 'Make the rule'}
            </button>
          </div>
        ) : (
          <p className="note">To change it takes a key with the permission alerts:write.</p>
        )}
      </form>
      <RulePreview preview={preview} body={body} zone={zone} />
    </div>
  );
}

/** Whose a rule is stays. */
function withoutAccount({ accountId: _, ...changes }: RuleBody): Partial<RuleBody> {
  return changes;
}

function isNarrowed({ filters, groupBy }: RuleForm): boolean {
  return groupBy !== '' || FILTER_NAMES.some((name) => filters[name] !== '');
}

function hasErrors(errors: Readonly<Record<string, string>>, starts: readonly string[]): boolean {
  return Object.keys(errors).some((name) => starts.some((start) => name.startsWith(start)));
}
