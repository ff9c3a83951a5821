/** Where alerts are sent, and one channel with its log. */
import { type ReactNode, useState } from 'react';
import { type Channel, type MadeChannel, useChannels } from '../api/use-channels';
import { type Me, useMe } from '../api/use-me';
import '../alerts/alerts.css';
import { Sections } from '../alerts/sections';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { withItem } from '../state/view';
import { type Column, DataTable } from '../ui/data-table';
import { ViewLink } from '../ui/view-link';
import { When } from '../ui/when';
import { ChannelPage } from './channel-page';
import './channels.css';
import { CreateChannelDialog } from './create-dialog';
import { ChannelSecretDialog } from './secret-dialog';
import { ChannelState, DeliveryBadge } from './state';
import { TYPE_LABELS } from './types';

export function Channels({ view, zone }: ScreenProps): ReactNode {
  const me = useMe().data;
  return (
    <>
      <Sections view={view} />
      {!me && <Skeleton />}
      {me && view.item && <ChannelPage key={view.item} id={view.item} view={view} zone={zone} caller={me.caller} />}
      {me && !view.item && <ChannelList view={view} zone={zone} caller={me.caller} />}
    </>
  );
}

function ChannelList({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): ReactNode {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeChannel | null>(null);
  const query = useChannels({ accountId: view.account });
  const mayChange = caller.permissions.includes('alerts:write');
  const data = query.data;
  return (
    <section className="panel" aria-label="Channels">
      <div className="list-head">
        <p className="note">Where rules send what fires and what has ended.</p>
        {mayChange && (
          <button type="button" className="primary" onClick={() => setMaking(true)}>
            New channel
          </button>
        )}
      </div>
      <CallState query={query} />
      {!data && query.isPending && <p className="note table-empty">Loading the channels…</p>}
      {data && (
        <DataTable
          caption="Channels"
          columns={channelColumns({ view, zone, caller })}
          rows={data.channels}
          rowKey={({ id }) => id}
          empty={<p>There is no channel yet: a webhook, Slack, PagerDuty, mail or Alertmanager.</p>}
          stale={query.isPlaceholderData}
        />
      )}
      {making && (
        <CreateChannelDialog caller={caller} account={view.account} onMade={setMade} onClose={() => setMaking(false)} />
      )}
      {made?.secret !== undefined && (
        <ChannelSecretDialog name={made.channel.name} secret={made.secret} onClose={() => setMade(null)} />
      )}
    </section>
  );
}

function channelColumns({ view, zone, caller }: ScreenProps & { caller: Me['caller'] }): Column<Channel>[] {
  const now = Date.now();
  const ofAll = caller.isAdmin && view.account === undefined;
  const account: Column<Channel> = { id: 'account', title: 'Account', cell: ({ accountId }) => accountId };
  return [
    {
      id: 'name',
      title: 'Channel',
      cell: ({ id, name, target }) => (
        <div className="row-title">
          <ViewLink className="row-link" view={withItem(view, id)}>
            {name}
          </ViewLink>
          <span className="note below">
            <code>{target}</code>
          </span>
        </div>
      ),
    },
    ...(ofAll ? [account] : []),
    { id: 'type', title: 'Type', cell: ({ type }) => TYPE_LABELS[type] },
    { id: 'state', title: 'State', cell: (channel) => <ChannelState of={channel} /> },
    {
      id: 'lastDelivery',
      title: 'Last message',
      cell: ({ lastDelivery }) =>
        lastDelivery === null ? (
          <span className="note">none in 30 days</span>
        ) : (
          <span className="badges">
            <DeliveryBadge of={lastDelivery} /> <When at={lastDelivery.at} zone={zone} now={now} />
          </span>
        ),
    },
  ];
}
