/** The prices of a plan, in the order in which requests are matched. */
import type { ReactNode } from 'react';
import { SelectField } from '../rules/fields';
import { Field } from '../ui/field';
import { NEW_PRICE, type PriceForm } from './plan-form-values';

interface Props {
  prices: readonly PriceForm[];
  onChange: (prices: readonly PriceForm[]) => void;
  errors: Readonly<Record<string, string>>;
}

export function PriceList({ prices, onChange, errors }: Props): ReactNode {
  return (
    <>
      {prices.map((price, index) => (
        <PriceFields
          key={index}
          at={index}
          price={price}
          errors={errors}
          onChange={(changes) => onChange(prices.map((other, at) => (at === index ? { ...other, ...changes } : other)))}
          onRemove={() => onChange(prices.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <button type="button" onClick={() => onChange([...prices, NEW_PRICE])}>
          Add a price
        </button>
      </div>
    </>
  );
}

interface PriceProps {
  at: number;
  price: PriceForm;
  errors: Readonly<Record<string, string>>;
  onChange: (changes: Partial<PriceForm>) => void;
  onRemove: () => void;
}

const MODELS = [
  ['unit', 'Each unit the same'],
  ['graduated', 'Each by its own tier'],
  ['volume', 'All by the tier reached'],
  ['package', 'Started packages'],
] as const;
const UNITS = [
  ['requests', 'Requests'],
  ['megabytes', 'Megabytes'],
] as const;

function PriceFields({ at, price, errors, onChange, onRemove }: PriceProps): ReactNode {
  const error = (name: string): string | undefined => errors[`prices.${at}.${name}`];
  const text = (name: 'name' | 'endpoint' | 'method' | 'statusCode' | 'weight' | 'includedUnits' | 'packageSize') =>
    function TextField(label: string, hint?: string): ReactNode {
      const wrong = error(name) ?? error(`match.${name}`);
      return (
        <Field label={label} hint={hint} error={wrong}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={price[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      );
    };
  return (
    <fieldset className="price fields" aria-label={`Price ${at + 1}`}>
      <div className="list-head">
        <h3>Price {at + 1}</h3>
        <button type="button" onClick={onRemove}>
          Remove<span className="hidden"> price {at + 1}</span>
        </button>
      </div>
      {text('name')('Name on the bill')}
      <div className="columns">
        {text('endpoint')('Endpoints', '* at the end: all that begin so; empty: all.')}
        {text('method')('Methods', 'Empty: all.')}
        {text('statusCode')('Statuses', 'Empty: all.')}
      </div>
      <div className="columns">
        <SelectField
          label="Unit"
          error={error('unit')}
          value={price.unit}
          options={UNITS}
          onChoose={(unit) => onChange({ unit })}
        />
        <SelectField
          label="Model"
          error={error('model')}
          value={price.model}
          options={MODELS}
          onChoose={(model) => onChange({ model })}
        />
        {text('weight')('Units of one')}
        {text('includedUnits')('Included units')}
        {price.model === 'package' && text('packageSize')('Units of a package')}
      </div>
      <Field
        label="Tiers"
        hint="One a line: up to how many units (* without end), what a unit or package costs, what is due once in the tier."
        error={error('tiers')}
      >
        {(control) => (
          <textarea
            {...control}
            className="code"
            rows={Math.max(2, price.tiers.split('\n').length)}
            spellCheck={false}
            value={price.tiers}
            onChange={({ target }) => onChange({ tiers: target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
