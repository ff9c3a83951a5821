/** Which requests a rule is about. */
import type { ReactNode } from 'react';
import { Field } from '../ui/field';
import { type PartProps, SelectField } from './fields';
import { FILTER_NAMES, type RuleFilters } from './rule';
import { FILTER_LABELS } from './words';

const HINTS: Partial<Record<keyof RuleFilters, string>> = {
  keyId: 'Ids, one a line.',
  endpoint: 'One a line, such as /v1/orders.',
  method: 'One a line, such as POST.',
  statusCode: 'One a line: 503, or 5xx for all of its class.',
  errorType: 'One a line.',
};

interface Props extends PartProps {
  /** Whether the caller chooses whose requests are watched. */
  choosesAccount: boolean;
}

export function ScopeFields({ form, onChange, errors, choosesAccount }: Props): ReactNode {
  return (
    <>
      {choosesAccount && (
        <Field label="Account" hint="Empty: all accounts together." error={errors.accountId}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
              value={form.accountId ?? ''}
              onChange={({ target }) =>
                onChange({ accountId: target.value.trim() === '' ? null : target.value.trim() })
              }
            />
          )}
        </Field>
      )}
      <SelectField
        label="An alert for"
        error={errors.groupBy}
        value={form.groupBy}
        options={[
          ['', 'all of it together'],
          ['key', 'each key'],
          ['endpoint', 'each endpoint'],
        ]}
        onChoose={(groupBy) => onChange({ groupBy })}
      />
      <div className="columns">
        {FILTER_NAMES.map((filter) => (
          <Field
            key={filter}
            label={`Only these ${FILTER_LABELS[filter].toLowerCase()}`}
            hint={HINTS[filter]}
            error={errors[`filters.${filter}`]}
          >
            {(control) => (
              <textarea
                {...control}
                className="code"
                rows={Math.min(6, Math.max(1, form.filters[filter].split('\n').length))}
                spellCheck={false}
                value={form.filters[filter]}
                onChange={({ target }) => onChange({ filters: { ...form.filters, [filter]: target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}
