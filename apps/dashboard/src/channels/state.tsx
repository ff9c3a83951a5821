import type { ReactNode } from 'react';
import type { Channel, Delivery } from '../api/use-channels';

/** Whether a channel is sent to, and why not. */
export function ChannelState({ of: { enabled, disabledReason } }: { of: Channel }): ReactNode {
  if (enabled) return <span className="badge good">on</span>;
  return (
    <span>
      <span className={disabledReason === null ? 'badge' : 'badge bad'}>off</span>
      {disabledReason !== null && <span className="note below">{disabledReason}</span>}
    </span>
  );
}

export function DeliveryBadge({ of: { delivered, statusCode } }: { of: Delivery }): ReactNode {
  const status = statusCode === null ? '' : ` ${statusCode}`;
  return (
    <span className={`badge ${delivered ? 'good' : 'bad'}`}>
      {delivered ? 'delivered' : 'failed'}
      {status}
    </span>
  );
}
