/** Controls that the form of a rule has several of. */
import type { ReactNode } from 'react';
import { Field } from '../ui/field';
import type { RuleForm } from './rule-form-values';

export interface PartProps {
  form: RuleForm;
  onChange: (changes: Partial<RuleForm>) => void;
  /** By the names that the service has for fields. */
  errors: Readonly<Record<string, string>>;
}

interface SelectProps<T extends string> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChoose: (value: T) => void;
}

export function SelectField<T extends string>({
  label,
  hint,
  error,
  value,
  options,
  onChoose,
}: SelectProps<T>): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ target }) => onChoose(options.find(([known]) => known === target.value)?.[0] ?? value)}
        >
          {options.map(([known, text]) => (
            <option key={known} value={known}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumberProps {
  label: string;
  hint?: ReactNode;
  name: keyof RuleForm['numbers'];
  /** As the service calls it. */
  error?: string | undefined;
  required?: boolean;
  step?: number | 'any';
  min?: number;
  max?: number;
}

export function NumberField({ form, onChange, ...props }: Omit<PartProps, 'errors'> & NumberProps): ReactNode {
  const { label, hint, name, error, required = false, step = 'any', min, max } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          type="number"
          inputMode="decimal"
          required={required}
          step={step}
          min={min}
          max={max}
          value={form.numbers[name]}
          onChange={({ target }) => onChange({ numbers: { ...form.numbers, [name]: target.value } })}
        />
      )}
    </Field>
  );
}
