import type { ReactNode } from 'react';
import { Field } from '../ui/field';

interface Props {
  label: string;
  hint?: string;
  error: string | undefined;
  /** Characters at most. */
  max: number;
  placeholder?: string;
  required?: boolean;
  value: string;
  onChange: (value: string) => void;
}

export function TextField({
  label,
  hint,
  error,
  max,
  placeholder,
  required = true,
  value,
  onChange,
}: Props): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          required={required}
          autoComplete="off"
          spellCheck={false}
          maxLength={max}
          placeholder={placeholder}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
