/** The day on which something is full, with its range. */
import type { ReactNode } from 'react';
import type { KeyLimit } from '../api/use-capacity';

/** Days are those of the limiter, of UTC. */
function day(instant: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(instant));
}

export function Met({ exhausts }: { exhausts: KeyLimit['exhausts'] }): ReactNode {
  if (exhausts === null) return <span className="note">not within 90 days, as far as is known</span>;
  const { expected, earliest, latest } = exhausts;
  return (
    <span>
      {expected === null ? 'not expected within 90 days' : day(expected)}
      <span className="note below">
        {earliest !== null && `${day(earliest)} at the earliest`}
        {latest !== null && `, ${day(latest)} at the latest`}
      </span>
    </span>
  );
}
