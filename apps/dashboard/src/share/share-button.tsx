import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useMe } from '../api/use-me';
import type { ScreenProps } from '../screens';

const ShareDialog = lazy(async () => ({ default: (await import('./share-dialog')).ShareDialog }));

/** Opens the dialog that makes a link of the screen; a token makes no other tokens. */
export function ShareButton(props: ScreenProps): ReactNode {
  const me = useMe().data;
  const [open, setOpen] = useState(false);
  if (me?.caller.kind !== 'key' || !me.caller.permissions.includes('usage:read')) return null;
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Share…
      </button>
      {open && (
        <Suspense>
          <ShareDialog {...props} me={me} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
