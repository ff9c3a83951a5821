import type { ReactNode } from 'react';
import type { NewSecret } from '../api/use-keys';
import { SecretDialog } from '../ui/secret-dialog';

interface Props {
  made: NewSecret;
  onClose: () => void;
}

/** The secret of a key that was made or rotated. */
export function KeySecretDialog({ made: { apiKey, key }, onClose }: Props): ReactNode {
  return (
    <SecretDialog
      title={`The secret of “${key.name}”`}
      secret={apiKey}
      lost="Without it the key is of no use, and has to be rotated."
      onClose={onClose}
    >
      Copy it now and store it where your API or its users need it. <strong>It is shown this once</strong>: the service
      has only a hash of it.
    </SecretDialog>
  );
}
