/** Who is told of a rule's alerts. */
import type { ReactNode } from 'react';
import { useChannels } from '../api/use-channels';
import { type View, onScreen } from '../state/view';
import { FieldGroup } from '../ui/field';
import { ViewLink } from '../ui/view-link';
import { NumberField, type PartProps } from './fields';

interface Props extends PartProps {
  view: View;
  /** Whose channels a rule over all accounts names. */
  ownAccount: string;
}

export function TellingFields({ view, ownAccount, ...props }: Props): ReactNode {
  const { form, onChange, errors } = props;
  const query = useChannels({ accountId: form.accountId ?? ownAccount });
  const channels = query.data?.channels ?? [];
  const unknown = form.channels.filter((id) => query.data && !channels.some((channel) => channel.id === id));
  const toggle = (id: string, on: boolean): void => {
    const others = form.channels.filter((other) => other !== id);
    onChange({ channels: on ? [...others, id] : others });
  };
  return (
    <>
      <FieldGroup label="Channels" error={errors.channels}>
        {channels.length === 0 && (
          <p className="note">
            {query.isPending ? 'Loading the channels…' : 'There is none: alerts are shown here, and nobody is told. '}
            {query.data && <ViewLink view={onScreen(view, 'alerts/channels')}>Make a channel</ViewLink>}
          </p>
        )}
        <div className="columns checks">
          {channels.map(({ id, name, type, enabled }) => (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={form.channels.includes(id)}
                onChange={({ target }) => toggle(id, target.checked)}
              />
              <span>
                {name} <span className="note">{enabled ? type : `${type}, off`}</span>
              </span>
            </label>
          ))}
          {unknown.map((id) => (
            <label key={id} className="check">
              <input type="checkbox" checked onChange={() => toggle(id, false)} />
              <span>
                <code>{id}</code> <span className="note">deleted</span>
              </span>
            </label>
          ))}
        </div>
      </FieldGroup>
      <NumberField
        {...props}
        name="reminder"
        label="Remind every, minutes"
        hint="Until somebody acknowledges it; empty: never."
        step={1}
        min={5}
        error={errors.renotifyAfterMinutes}
      />
    </>
  );
}
