import type { ReactNode } from 'react';
import type { Usage } from '../api/client';
import { clock, dayAndTime, percent } from '../format/format';

const REASONS = {
  events_waiting: 'some accepted events are still on their way',
  rollups_disagree: 'a table has lost rows; the service’s operator can reconcile it',
};

/** How far the figures can be relied on. */
export function Completeness({ usage: { period, latency } }: { usage: Usage }): ReactNode {
  const { timezone, watermark, complete, incompleteReason } = period;
  const reason = incompleteReason ? `: ${REASONS[incompleteReason]}` : '';
  const from = dayAndTime(Date.parse(period.from), timezone);
  const to = dayAndTime(Date.parse(period.to), timezone);
  return (
    <p className="completeness">
      <span className={complete ? 'ok' : 'warn'}>
        Complete to {clock(Date.parse(watermark), timezone)}
        {complete ? '' : reason}
      </span>
      <span>
        {from} – {to}, {timezone}
      </span>
      <span>Counts exact{latency ? `, percentiles ±\u202f${percent(latency.maxErrorPercent)}` : ''}</span>
    </p>
  );
}
