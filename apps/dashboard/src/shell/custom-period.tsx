import { type FormEvent, type ReactNode, useState } from 'react';
import type { Period } from '../state/view';
import { wallOf } from '../time/zone';
import { Dialog } from '../ui/dialog';

interface Props {
  zone: string;
  onChoose: (period: Period) => void;
  onClose: () => void;
}

/** Days of the view's zone, both included. */
export function CustomPeriod({ zone, onChoose, onClose }: Props): ReactNode {
  const today = dateIn(zone, 0);
  const [from, setFrom] = useState(dateIn(zone, 6));
  const [last, setLast] = useState(today);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChoose(last >= today ? { from } : { from, to: dayAfter(last) });
    onClose();
  };
  return (
    <Dialog title="Custom period" onClose={onClose}>
      <form onSubmit={submit} className="fields">
        <label>
          First day
          <input type="date" required max={last} value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          Last day
          <input
            type="date"
            required
            min={from}
            max={today}
            value={last}
            onChange={(event) => setLast(event.target.value)}
          />
        </label>
        <p className="note">Days of {zone}.</p>
        <button type="submit" className="primary">
          Show
        </button>
      </form>
    </Dialog>
  );
}

/** Today's date in the zone, or that of some days before. */
function dateIn(zone: string, daysBefore: number): string {
  const { year, month, day } = wallOf(Date.now(), zone);
  return new Date(Date.UTC(year, month - 1, day - daysBefore)).toISOString().slice(0, 10);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
}
