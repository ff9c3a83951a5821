/** One channel: what it is, what can be done with it, and its log. */
import { type ReactNode, useState } from 'react';
import {
  type Channel,
  type Delivery,
  type MadeChannel,
  useChannel,
  useTestChannel,
  useUpdateChannel,
} from '../api/use-channels';
import type { Me } from '../api/use-me';
import { duration } from '../format/format';
import { Skeleton } from '../overview/skeleton';
import type { ScreenProps } from '../screens';
import { CallState } from '../shell/call-state';
import { go } from '../state/use-view';
import { withItem } from '../state/view';
import { FormError } from '../ui/field';
import { notify } from '../ui/toast';
import { ViewLink } from '../ui/view-link';
import { DeleteChannelDialog, EditChannelDialog, RotateChannelDialog } from './channel-dialogs';
import { ChannelLog } from './log';
import { ChannelSecretDialog } from './secret-dialog';
import { ChannelState } from './state';
import { TYPE_LABELS } from './types';

interface Props extends ScreenProps {
  id: string;
  caller: Me['caller'];
}

export function ChannelPage({ id, view, zone, caller }: Props): ReactNode {
  const query = useChannel(id);
  const channel = query.data;
  const mayChange = caller.permissions.includes('alerts:write');
  return (
    <>
      <p className="back">
        <ViewLink view={withItem(view, null)}>← All channels</ViewLink>
      </p>
      <CallState query={query} />
      {!channel && query.isPending && <Skeleton />}
      {channel && (
        <div className="figures">
          <Head channel={channel} mayChange={mayChange} onDeleted={() => go(withItem(view, null))} />
          <ChannelLog channel={channel} view={view} zone={zone} mayChange={mayChange} />
        </div>
      )}
    </>
  );
}

type Open = 'edit' | 'rotate' | 'delete' | null;

interface HeadProps {
  channel: Channel;
  mayChange: boolean;
  onDeleted: () => void;
}

function Head({ channel, mayChange, onDeleted }: HeadProps): ReactNode {
  const [open, setOpen] = useState<Open>(null);
  const [made, setMade] = useState<MadeChannel | null>(null);
  const test = useTestChannel(channel.id);
  const update = useUpdateChannel(channel.id);
  const close = (): void => setOpen(null);
  const turn = (enabled: boolean): void =>
    update.mutate({ enabled }, { onSuccess: () => notify(`“${channel.name}” is ${enabled ? 'on' : 'off'}.`) });
  return (
    <section className="panel alert-head" aria-label="The channel">
      <div className="alert-title">
        <div>
          <h2>{channel.name}</h2>
          <p>
            {TYPE_LABELS[channel.type]} to <code className="wrapped">{channel.target}</code>
          </p>
        </div>
        {mayChange && (
          <div className="actions">
            <button type="button" className="primary" disabled={test.isPending} onClick={() => test.mutate()}>
              {test.isPending ? 'Sending…' : 'Send a test'}
            </button>
            <button type="button" onClick={() => setOpen('edit')}>
              Edit…
            </button>
            {channel.type === 'webhook' && (
              <button type="button" onClick={() => setOpen('rotate')}>
                Rotate…
              </button>
            )}
            {channel.enabled && (
              <button type="button" disabled={update.isPending} onClick={() => turn(false)}>
                Switch off
              </button>
            )}
            <button type="button" onClick={() => setOpen('delete')}>
              Delete…
            </button>
          </div>
        )}
      </div>
      {channel.enabled ? (
        <p>
          <ChannelState of={channel} />
        </p>
      ) : (
        <Off channel={channel} onTurn={mayChange ? turn : undefined} />
      )}
      <FormError error={update.error?.message ?? test.error?.message ?? null} />
      {test.data && <TestResult of={test.data} />}
      {open === 'edit' && <EditChannelDialog channel={channel} onClose={close} />}
      {open === 'rotate' && <RotateChannelDialog channel={channel} onRotated={setMade} onClose={close} />}
      {open === 'delete' && <DeleteChannelDialog channel={channel} onDeleted={onDeleted} onClose={close} />}
      {made?.secret !== undefined && (
        <ChannelSecretDialog name={channel.name} secret={made.secret} onClose={() => setMade(null)} />
      )}
    </section>
  );
}

interface OffProps {
  channel: Channel;
  /** Undefined for who may only look. */
  onTurn: ((enabled: boolean) => void) | undefined;
}

/** Says that nothing is sent, and why where the service has decided it. */
function Off({ channel: { disabledReason }, onTurn }: OffProps): ReactNode {
  return (
    <div className={disabledReason === null ? 'banner' : 'banner error'}>
      <p>{disabledReason ?? 'It is switched off: nothing is sent to it.'}</p>
      {onTurn && (
        <button type="button" onClick={() => onTurn(true)}>
          Switch on
        </button>
      )}
    </div>
  );
}

/** What came of a test message. */
function TestResult({ of: { delivered, statusCode, durationMs, error } }: { of: Delivery }): ReactNode {
  const status = statusCode === null ? '' : ` with ${statusCode}`;
  return (
    <p role="status" className={delivered ? 'change good' : 'error'}>
      {delivered
        ? `The test was delivered${status}, in ${duration(durationMs)}.`
        : `The test was not delivered: ${error}`}
    </p>
  );
}
