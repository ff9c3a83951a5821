/** The columns of a channel's log. */
import type { Delivery } from '../api/use-channels';
import { NOTIFICATION_KINDS } from '../alerts/words';
import { dayAndSecond, duration } from '../format/format';
import { type View, onScreen, withItem } from '../state/view';
import type { Column } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { DeliveryBadge } from './state';

interface Shown {
  view: View;
  zone: string;
  onShow: (delivery: Delivery) => void;
  /** Undefined for who may only look. */
  onReplay: ((delivery: Delivery) => void) | undefined;
  /** Whether a message is being sent again. */
  busy: boolean;
}

export function logColumns({ view, zone, onShow, onReplay, busy }: Shown): Column<Delivery>[] {
  const time = ({ at }: Delivery): string => dayAndSecond(Date.parse(at), zone);
  return [
    {
      id: 'at',
      title: 'Sent',
      cell: (delivery) => (
        <span>
          <time dateTime={delivery.at}>{time(delivery)}</time>
          {delivery.attempt > 1 && <span className="note below">attempt {delivery.attempt}</span>}
        </span>
      ),
    },
    {
      id: 'kind',
      title: 'Message',
      cell: ({ kind, alertId }) =>
        alertId === null ? (
          NOTIFICATION_KINDS[kind]
        ) : (
          <ViewLink className="row-link" view={withItem(onScreen(view, 'alerts'), alertId)}>
            {NOTIFICATION_KINDS[kind]}
          </ViewLink>
        ),
    },
    { id: 'status', title: 'Status', cell: (delivery) => <DeliveryBadge of={delivery} /> },
    { id: 'duration', title: 'Took', numeric: true, cell: ({ durationMs }) => duration(durationMs) },
    {
      id: 'answer',
      title: 'Answer',
      cell: ({ answer, error }) => <span className="answer">{error ?? (answer === '' ? 'empty' : answer)}</span>,
    },
    {
      id: 'actions',
      title: 'Actions',
      cell: (delivery) => (
        <span className="row-actions">
          <button type="button" className="quiet" onClick={() => onShow(delivery)}>
            Details<span className="hidden"> of the attempt {time(delivery)}</span>
          </button>
          {onReplay && (
            <button type="button" className="quiet" disabled={busy} onClick={() => onReplay(delivery)}>
              Send again<span className="hidden"> the message of {time(delivery)}</span>
            </button>
          )}
        </span>
      ),
    },
  ];
}
