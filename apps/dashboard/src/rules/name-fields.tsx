import type { ReactNode } from 'react';
import { Field } from '../ui/field';
import { type PartProps, SelectField } from './fields';
import { SEVERITIES } from './rule';

export function NameFields({ form, onChange, errors }: PartProps): ReactNode {
  return (
    <div className="columns">
      <Field label="Name" error={errors.name}>
        {(control) => (
          <input
            {...control}
            required
            autoComplete="off"
            maxLength={100}
            value={form.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      <SelectField
        label="Severity"
        error={errors.severity}
        value={form.severity}
        options={SEVERITIES.map((severity) => [severity, severity] as const)}
        onChoose={(severity) => onChange({ severity })}
      />
    </div>
  );
}
