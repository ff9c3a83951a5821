/** What is watched, and when it is not as it should be. */
import type { ReactNode } from 'react';
import { ALERT_METRICS } from '../alerts/metrics';
import { Field } from '../ui/field';
import { NumberField, type PartProps, SelectField } from './fields';
import { type AlertMetric, type ConditionType, type Direction, WINDOW_NAMES } from './rule';
import { metricOf } from './rule-form-values';
import { CONDITION_LABELS, WINDOW_LABELS } from './words';

const METRICS = (Object.keys(ALERT_METRICS) as AlertMetric[]).map(
  (metric) => [metric, ALERT_METRICS[metric].label] as const,
);
const TYPES = (Object.keys(CONDITION_LABELS) as ConditionType[]).map((type) => [type, CONDITION_LABELS[type]] as const);
const WINDOWS = WINDOW_NAMES.map((name) => [name, WINDOW_LABELS[name]] as const);
const DIRECTIONS: readonly (readonly [Direction, string])[] = [
  ['both', 'up or down'],
  ['up', 'up'],
  ['down', 'down'],
];

export function ConditionFields(props: PartProps): ReactNode {
  const { form, onChange, errors } = props;
  const hasOwnMetric = form.type !== 'burnRate' && form.type !== 'quota';
  return (
    <>
      {hasOwnMetric && (
        <div className="columns">
          <SelectField
            label="Figure"
            error={errors.metric}
            value={form.metric}
            options={METRICS}
            onChoose={(metric) => onChange({ metric })}
          />
          <SelectField
            label="Over"
            error={errors.window}
            value={form.window}
            options={WINDOWS}
            onChoose={(window) => onChange({ window })}
          />
        </div>
      )}
      <SelectField
        label="Fires when it"
        error={errors['condition.type'] ?? errors.condition}
        value={form.type}
        options={TYPES}
        onChoose={(type) => onChange({ type })}
      />
      <div className="columns short-columns">
        <OfType {...props} />
      </div>
    </>
  );
}

function OfType(props: PartProps): ReactNode {
  const { form, onChange, errors } = props;
  const direction = (
    <SelectField
      label="Direction"
      error={errors['condition.direction']}
      value={form.direction}
      options={DIRECTIONS}
      onChoose={(chosen) => onChange({ direction: chosen })}
    />
  );
  switch (form.type) {
    case 'threshold':
      return <Threshold {...props} />;
    case 'change':
      return (
        <>
          {direction}
          <NumberField {...props} name="percent" label="By more than, %" required error={errors['condition.percent']} />
          <SelectField
            label="Against"
            error={errors['condition.against']}
            value={form.against}
            options={[
              ['previous', 'the window before'],
              ['lastWeek', 'the same window a week before'],
            ]}
            onChoose={(against) => onChange({ against })}
          />
        </>
      );
    case 'anomaly':
      return (
        <>
          {direction}
          <SelectField
            label="Sensitivity"
            hint="Against the same hours of the four weeks before; three of them are needed."
            error={errors['condition.sensitivity']}
            value={form.sensitivity}
            options={[
              ['low', 'low: what is far off'],
              ['medium', 'medium'],
              ['high', 'high: also what is a little off'],
            ]}
            onChoose={(sensitivity) => onChange({ sensitivity })}
          />
        </>
      );
    case 'burnRate':
      return (
        <NumberField
          {...props}
          name="objective"
          label="Objective, % of good requests"
          hint="Fires when failures use up what it leaves 14.4 times too fast over an hour, or 6 times over six."
          required
          error={errors['condition.objective']}
        />
      );
    case 'quota':
      return <Quota {...props} />;
  }
}

function Threshold(props: PartProps): ReactNode {
  const { form, onChange, errors } = props;
  const { unit } = ALERT_METRICS[metricOf(form)];
  const of = (label: string): string => (unit === '' ? label : `${label}, ${unit}`);
  return (
    <>
      <SelectField
        label="Is"
        error={errors['condition.operator']}
        value={form.operator}
        options={[
          ['above', 'above'],
          ['below', 'below'],
        ]}
        onChoose={(operator) => onChange({ operator })}
      />
      <NumberField {...props} name="value" label={of('Value')} required error={errors['condition.value']} />
      <NumberField
        {...props}
        name="recovery"
        label={of('Ends at')}
        hint="Empty: at the value."
        error={errors['condition.recovery']}
      />
    </>
  );
}

function Quota({ form, onChange, errors }: PartProps): ReactNode {
  return (
    <>
      <SelectField
        label="Requests of a"
        error={errors['condition.window']}
        value={form.quotaWindow}
        options={[
          ['day', 'day (UTC)'],
          ['month', 'month (UTC)'],
        ]}
        onChoose={(quotaWindow) => onChange({ quotaWindow })}
      />
      <Field
        label="Percentages"
        hint="Of what the limits a day of the keys allow; each is told once."
        error={errors['condition.percent']}
      >
        {(control) => (
          <input
            {...control}
            required
            autoComplete="off"
            value={form.levels}
            onChange={({ target }) => onChange({ levels: target.value })}
          />
        )}
      </Field>
    </>
  );
}
