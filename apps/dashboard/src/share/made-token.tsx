import { type ReactNode, useState } from 'react';
import type { components } from '../api/schema';
import { dayAndTime } from '../format/format';
import type { ScreenProps } from '../screens';
import { EMBED_THEMES, type EmbedTheme } from '../state/view';
import { Choice } from '../ui/choice';
import { Snippet } from '../ui/snippet';
import { frameOf, linkOf } from './links';

interface Props extends ScreenProps {
  token: components['schemas']['CreatedTokenDto'];
  onClose: () => void;
}

/** The link and the frame; the token is shown this once. */
export function MadeToken({ token: { token, expiresAt }, view, zone, onClose }: Props): ReactNode {
  const [theme, setTheme] = useState<EmbedTheme | 'system'>('system');
  const { origin } = window.location;
  const link = linkOf(view, zone, token, origin);
  const frame = frameOf(view, zone, token, origin, theme === 'system' ? null : theme);
  return (
    <div className="fields share">
      <p role="status">
        Works until {dayAndTime(Date.parse(expiresAt), zone)} ({zone}). It is shown this once, and cannot be called back
        but by revoking the key that made it.
      </p>
      <Snippet title="Link" text={link} />
      <Snippet title="Frame for a page of yours" text={frame}>
        <Choice
          label="Theme of the frame"
          options={[
            { value: 'system', label: 'As the reader’s' },
            ...EMBED_THEMES.map((name) => ({ value: name, label: name === 'light' ? 'Light' : 'Dark' })),
          ]}
          chosen={theme}
          onChoose={setTheme}
        />
      </Snippet>
      <p className="note">
        A frame works on pages whose origin the setting <code>EMBED_ORIGINS</code> of this service names.
      </p>
      <div className="actions">
        <button type="button" className="primary" onClick={onClose}>
          Done
        </button>
      </div>
    </div>
  );
}
