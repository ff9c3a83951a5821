/** The fields of a plan beside its prices. */
import type { ReactNode } from 'react';
import { Field } from '../ui/field';
import type { PlanForm, PlanText } from './plan-form-values';

interface Props {
  form: PlanForm;
  onChange: (changes: Partial<PlanForm>) => void;
  errors: Readonly<Record<string, string>>;
  /** Of a plan that is there the currency stays. */
  isNew: boolean;
}

interface Text {
  name: PlanText;
  label: string;
  hint?: string;
  type?: 'date';
}

const FEES: readonly Text[] = [
  { name: 'flatFee', label: 'Flat fee', hint: 'For each period.' },
  { name: 'discountPercent', label: 'Discount, in percent', hint: 'Of the lines, not of the fee.' },
  { name: 'minimum', label: 'Minimum', hint: 'Of a period; empty: none.' },
  { name: 'maximum', label: 'Maximum', hint: 'Of a period; empty: none.' },
];
const PERIODS: readonly Text[] = [
  { name: 'timezone', label: 'Time zone', hint: 'In which periods begin.' },
  { name: 'anchorDay', label: 'First day of periods', hint: '1 to 31; the last one of shorter months.' },
  { name: 'effectiveFrom', label: 'Holds from', hint: 'Empty: now.', type: 'date' },
];

export function PlanFields({ form, onChange, errors, isNew }: Props): ReactNode {
  const field = ({ name, label, hint, type }: Text): ReactNode => (
    <Field key={name} label={label} hint={hint} error={errors[name]}>
      {(control) => (
        <input
          {...control}
          type={type ?? 'text'}
          autoComplete="off"
          spellCheck={false}
          disabled={name === 'currency' && !isNew}
          value={form[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="columns">
        {field({ name: 'name', label: 'Name' })}
        {field({ name: 'currency', label: 'Currency', hint: isNew ? 'As EUR; it stays the same.' : 'It stays.' })}
      </div>
      <div className="columns">{FEES.map(field)}</div>
      <div className="columns">{PERIODS.map(field)}</div>
      {field({ name: 'freeStatuses', label: 'Free statuses', hint: 'Such requests cost nothing, as 5xx, 429.' })}
    </>
  );
}
