import { type ReactNode, useState } from 'react';
import { CopyButton } from './copy-button';
import { Dialog } from './dialog';

interface Props {
  title: string;
  secret: string;
  /** What it is for. */
  children: ReactNode;
  /** What it means that it was not copied. */
  lost: string;
  onClose: () => void;
}

/** A secret, which is shown this once: unless it was copied, the dialog asks before it closes. */
export function SecretDialog({ title, secret, children, lost, onClose }: Props): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const mayClose = (): boolean => {
    if (!isCopied) setAsking(true);
    return isCopied;
  };
  return (
    <Dialog title={title} wide mayClose={mayClose} onClose={onClose}>
      <div className="secret fields">
        <p>{children}</p>
        <p className="secret-text">
          <code tabIndex={0}>{secret}</code>
          <CopyButton text={secret} label="Copy the secret" onCopied={() => setCopied(true)} />
        </p>
        {isAsking && !isCopied ? (
          <div role="alert" className="banner">
            <p>You have not copied it. {lost}</p>
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
