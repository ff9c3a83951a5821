/** Every attempt to deliver a message, with what was answered. */
import { type ReactNode, useState } from 'react';
import { type Channel, type Delivery, useDeliveries, useReplay } from '../api/use-channels';
import { count, duration } from '../format/format';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { FormError } from '../ui/field';
import { Pagination } from '../ui/pagination';
import { notify } from '../ui/toast';
import { logColumns } from './log-columns';
import { DeliveryBadge } from './state';

const PAGE = 25;

interface Props extends ScreenProps {
  channel: Channel;
  mayChange: boolean;
}

export function ChannelLog({ channel, view, zone, mayChange }: Props): ReactNode {
  const [shown, setShown] = useState<Delivery | null>(null);
  const query = useDeliveries(channel.id, { limit: PAGE, offset: view.list.offset ?? 0 });
  const replay = useReplay(channel.id);
  const data = query.data;
  const again = ({ id }: Delivery): void =>
    replay.mutate(id, {
      onSuccess: ({ delivered, error }) =>
        notify(delivered ? 'It was sent again, and delivered.' : `It was sent again, and not delivered: ${error}`),
    });
  return (
    <section className="panel" aria-label="Log">
      <h2>Log of 30 days</h2>
      <CallState query={query} />
      <FormError error={replay.error?.message ?? null} />
      {!data && query.isPending && <p className="note table-empty">Loading the log…</p>}
      {data && (
        <>
          <DataTable
            caption="Attempts, the newest first"
            columns={logColumns({
              view,
              zone,
              onShow: setShown,
              onReplay: mayChange ? again : undefined,
              busy: replay.isPending,
            })}
            rows={data.deliveries}
            rowKey={({ id }) => id}
            empty={<p>Nothing was sent yet. A test message shows whether it arrives.</p>}
            stale={query.isPlaceholderData}
          />
          <Pagination
            pagination={data.pagination}
            things="attempts"
            onOffset={(offset) => go({ ...view, list: { offset } })}
          />
        </>
      )}
      {shown && <AnswerDialog of={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function AnswerDialog({ of, onClose }: { of: Delivery; onClose: () => void }): ReactNode {
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Status', <DeliveryBadge key="status" of={of} />],
    ['Took', duration(of.durationMs)],
    ['Attempt', count(of.attempt)],
    ['Message', <code key="id">{of.notificationId}</code>],
    ...(of.error === null ? [] : [['Why', of.error] as const]),
  ];
  return (
    <Dialog title="What was answered" onClose={onClose}>
      <div className="fields">
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {of.answer !== '' && (
          <pre className="answer-text" tabIndex={0} role="region" aria-label="The answer, its first KiB">
            {of.answer}
          </pre>
        )}
      </div>
    </Dialog>
  );
}
