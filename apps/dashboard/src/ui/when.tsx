import type { ReactNode } from 'react';
import { dayAndTime, fromNow } from '../format/format';

interface Props {
  /** ISO 8601; null: never. */
  at: string | null;
  zone: string;
  /** Epoch milliseconds. */
  now: number;
}

/** An instant as a distance from now, in full in its title. */
export function When({ at, zone, now }: Props): ReactNode {
  if (at === null) return <span className="note">never</span>;
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={dayAndTime(instant, zone)}>
      {fromNow(instant, now)}
    </time>
  );
}
