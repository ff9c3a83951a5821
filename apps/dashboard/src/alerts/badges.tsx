import type { ReactNode } from 'react';
import type { Alert, Severity } from '../api/use-alerts';

const SEVERITY_TONES: Readonly<Record<Severity, string>> = { low: '', medium: 'warn', high: 'bad', critical: 'bad' };
const STATE_TONES: Readonly<Record<Alert['state'], string>> = { firing: 'bad', pending: 'warn', resolved: 'good' };

export function SeverityBadge({ severity }: { severity: Severity }): ReactNode {
  return <span className={`badge ${SEVERITY_TONES[severity]}`}>{severity}</span>;
}

/** The state of an alert, and what is done about it. */
export function StateBadges({ of }: { of: Alert }): ReactNode {
  const isOpen = of.state !== 'resolved';
  return (
    <span className="badges">
      <span className={`badge ${STATE_TONES[of.state]}`}>{of.state}</span>
      {isOpen && of.acknowledgedAt !== null && <span className="badge">acknowledged</span>}
      {isOpen && of.silenced && <span className="badge">silenced</span>}
    </span>
  );
}
