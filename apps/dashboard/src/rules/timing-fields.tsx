/** How soon a rule fires, what it does without requests, and when it is judged. */
import type { ReactNode } from 'react';
import { Field, FieldGroup } from '../ui/field';
import { NumberField, type PartProps, SelectField } from './fields';
import { DAY_NAMES } from './words';

export function TimingFields(props: PartProps): ReactNode {
  const { form, onChange, errors } = props;
  return (
    <>
      <div className="columns">
        <NumberField
          {...props}
          name="windows"
          label="Fires after windows"
          hint="That breach, …"
          required
          step={1}
          min={1}
          error={errors['breaching.windows'] ?? errors.breaching}
        />
        <NumberField
          {...props}
          name="of"
          label="Of the last"
          hint="… of so many; they overlap."
          required
          step={1}
          min={1}
          error={errors['breaching.of']}
        />
        <NumberField
          {...props}
          name="minimumRequests"
          label="Requests at least"
          hint="Rates and latencies of fewer say little."
          required
          step={1}
          min={0}
          error={errors.minimumRequests}
        />
        <SelectField
          label="Without a request"
          error={errors.noData}
          value={form.noData}
          options={[
            ['ok', 'all is well'],
            ['alert', 'it fires'],
            ['keep', 'it stays as it was'],
          ]}
          onChoose={(noData) => onChange({ noData })}
        />
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={form.scheduled}
          onChange={({ target }) => onChange({ scheduled: target.checked })}
        />
        <span>Only at some times of the week</span>
      </label>
      {form.scheduled && <ScheduleFields {...props} />}
    </>
  );
}

function ScheduleFields({ form: { schedule }, onChange, errors }: PartProps): ReactNode {
  const set = (changes: Partial<typeof schedule>): void => onChange({ schedule: { ...schedule, ...changes } });
  const time = (name: 'from' | 'to', label: string): ReactNode => (
    <Field label={label} error={errors[`schedule.${name}`]}>
      {(control) => (
        <input
          {...control}
          required
          autoComplete="off"
          pattern="([01][0-9]|2[0-3]):[0-5][0-9]|24:00"
          placeholder="09:00"
          value={schedule[name]}
          onChange={({ target }) => set({ [name]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <FieldGroup label="On these days" error={errors['schedule.days'] ?? errors.schedule}>
        <div className="day-checks">
          {DAY_NAMES.map((name, index) => (
            <label key={name} className="check">
              <input
                type="checkbox"
                checked={schedule.days.includes(index + 1)}
                onChange={({ target }) => {
                  const others = schedule.days.filter((day) => day !== index + 1);
                  set({ days: target.checked ? [...others, index + 1].sort((a, b) => a - b) : others });
                }}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
      </FieldGroup>
      <div className="columns">
        {time('from', 'From')}
        {time('to', 'To')}
        <Field label="By the clocks of" error={errors['schedule.timezone']}>
          {(control) => (
            <input
              {...control}
              required
              autoComplete="off"
              spellCheck={false}
              value={schedule.timezone}
              onChange={({ target }) => set({ timezone: target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
