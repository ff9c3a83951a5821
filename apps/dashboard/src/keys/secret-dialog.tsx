import { type ReactNode, useState } from 'react';
import type { NewSecret } from '../api/use-keys';
import { CopyButton } from '../ui/copy-button';
import { Dialog } from '../ui/dialog';

interface Props {
  made: NewSecret;
  onClose: () => void;
}

/** A secret, which is shown this once: unless it was copied, the dialog asks before it closes. */
export function SecretDialog({ made: { apiKey, key }, onClose }: Props): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const mayClose = (): boolean => {
    if (!isCopied) setAsking(true);
    return isCopied;
  };
  return (
    <Dialog title={`The secret of “${key.name}”`} wide mayClose={mayClose} onClose={onClose}>
      <div className="secret fields">
        <p>
          Copy it now and store it where your API or its users need it. <strong>It is shown this once</strong>: the
          service has only a hash of it.
        </p>
        <p className="secret-text">
          <code tabIndex={0}>{apiKey}</code>
          <CopyButton text={apiKey} label="Copy the secret" onCopied={() => setCopied(true)} />
        </p>
        {isAsking && !isCopied ? (
          <div role="alert" className="banner">
            <p>You have not copied it. Without it the key is of no use, and has to be rotated.</p>
            <button type="button" onClick={() => setAsking(false)}>
              Go back
            </button>
            <button type="button" onClick={onClose}>
              I have stored it
            </button>
          </div>
        ) : (
          <div className="actions">
            <button type="button" className="primary" onClick={() => mayClose() && onClose()}>
              Done
            </button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
