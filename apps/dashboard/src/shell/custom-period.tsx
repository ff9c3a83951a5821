import { type FormEvent, type ReactNode, useState } from 'react';
import type { Period } from '../state/view';
import { type End, endsOf, isTwice, periodOf } from '../time/custom-period';
import { Dialog } from '../ui/dialog';
import { FieldGroup } from '../ui/field';

interface Props {
  /** What is shown now. */
  period: Period;
  zone: string;
  onChoose: (period: Period) => void;
  onClose: () => void;
}

/** Days of the view's zone, both included, or times of its clock. */
export function CustomPeriod({ period, zone, onChoose, onClose }: Props): ReactNode {
  const [ends, setEnds] = useState(() => endsOf(period, zone, Date.now()));
  const [isSent, setSent] = useState(false);
  const chosen = periodOf(ends.from, ends.to, zone, Date.now());
  const problemOf = (end: 'from' | 'to'): string | undefined =>
    isSent && 'problem' in chosen && chosen.end === end ? chosen.problem : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setSent(true);
    if (!('period' in chosen)) return;
    onChoose(chosen.period);
    onClose();
  };
  return (
    <Dialog title="Custom period" onClose={onClose}>
      <form onSubmit={submit} className="fields" noValidate>
        <EndFields
          label="From"
          end={ends.from}
          empty="from the start of the day"
          zone={zone}
          error={problemOf('from')}
          onChange={(from) => setEnds({ ...ends, from })}
        />
        <EndFields
          label="To"
          end={ends.to}
          empty="to the end of the day"
          zone={zone}
          error={problemOf('to')}
          onChange={(to) => setEnds({ ...ends, to })}
        />
        <p className="note">Days and times of {zone}.</p>
        <button type="submit" className="primary">
          Show
        </button>
      </form>
    </Dialog>
  );
}

interface EndProps {
  label: string;
  end: End;
  /** What no time means. */
  empty: string;
  zone: string;
  error: string | undefined;
  onChange: (end: End) => void;
}

function EndFields({ label, end, empty, zone, error, onChange }: EndProps): ReactNode {
  return (
    <FieldGroup label={label} error={error}>
      <div className="period-end">
        <label>
          Day
          <input
            type="date"
            required
            value={end.date}
            onChange={({ target }) => onChange({ ...end, date: target.value })}
          />
        </label>
        <label>
          Time
          <input type="time" value={end.time} onChange={({ target }) => onChange({ ...end, time: target.value })} />
        </label>
      </div>
      {end.time !== '' && isTwice(end, zone) && (
        <label>
          Clocks show this time twice on this day
          <select
            value={end.later ? 'second' : 'first'}
            onChange={({ target }) => onChange({ ...end, later: target.value === 'second' })}
          >
            <option value="first">the first is meant</option>
            <option value="second">the second is meant</option>
          </select>
        </label>
      )}
      {end.time === '' && <p className="note">Without a time: {empty}.</p>}
    </FieldGroup>
  );
}
