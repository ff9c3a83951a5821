import type { ReactNode } from 'react';
import { SecretDialog } from '../ui/secret-dialog';

interface Props {
  name: string;
  secret: string;
  onClose: () => void;
}

/** The secret by which a webhook's receiver verifies messages. */
export function ChannelSecretDialog({ name, secret, onClose }: Props): ReactNode {
  return (
    <SecretDialog
      title={`The secret of “${name}”`}
      secret={secret}
      lost="Without it your receiver cannot verify messages, and the secret has to be rotated."
      onClose={onClose}
    >
      Your receiver verifies the signature of each message by it. Copy it now: <strong>it is shown this once</strong>.
    </SecretDialog>
  );
}
