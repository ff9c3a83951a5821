import type { ReactNode } from 'react';
import type { Alert } from '../api/use-alerts';
import { useChannels } from '../api/use-channels';
import { count } from '../format/format';
import type { ScreenProps } from '../screens';
import { onScreen, withItem } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { When } from '../ui/when';
import { NOTIFICATION_KINDS } from './words';

type Notification = Alert['notifications'][number];

const TONES: Readonly<Record<Notification['status'], string>> = { pending: 'warn', delivered: 'good', failed: 'bad' };

/** Who was told of an alert, and whether it arrived. */
export function Deliveries({ alert, view, zone }: ScreenProps & { alert: Alert }): ReactNode {
  const channels = useChannels({ accountId: view.account }).data?.channels;
  const names = new Map(channels?.map(({ id, name }) => [id, name]));
  const now = Date.now();
  const columns: Column<Notification>[] = [
    {
      id: 'channel',
      title: 'Channel',
      cell: ({ channelId }) => (
        <ViewLink className="row-link" view={withItem(onScreen(view, 'alerts/channels'), channelId)}>
          {names.get(channelId) ?? channelId}
        </ViewLink>
      ),
    },
    { id: 'kind', title: 'Message', cell: ({ kind }) => NOTIFICATION_KINDS[kind] },
    {
      id: 'status',
      title: 'Status',
      cell: ({ status }) => (
        <span className={`badge ${TONES[status]}`}>{status === 'pending' ? 'on its way' : status}</span>
      ),
    },
    { id: 'attempts', title: 'Attempts', numeric: true, cell: ({ attempts }) => count(attempts) },
    {
      id: 'lastAttemptAt',
      title: 'Last attempt',
      cell: ({ lastAttemptAt }) => <When at={lastAttemptAt} zone={zone} now={now} />,
    },
  ];
  return (
    <section className="panel" aria-label="Who was told">
      <h2>Who was told</h2>
      <DataTable
        caption="Who was told"
        columns={columns}
        rows={alert.notifications}
        rowKey={({ channelId, kind, lastAttemptAt }) => `${channelId} ${kind} ${lastAttemptAt}`}
        empty={<p>{nobody(alert)}</p>}
      />
    </section>
  );
}

function nobody({ state, silenced }: Alert): string {
  if (silenced) return 'Nobody: a silence holds.';
  return state === 'pending' ? 'Nobody yet: it does not fire yet.' : 'Nobody: the rule names no channel.';
}
