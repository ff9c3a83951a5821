import type { ReactNode } from 'react';

/** In place of the sign-in, in a frame whose token is missing or has ended. @param notice in the service's words */
export function Ended({ notice }: { notice: string | null }): ReactNode {
  return (
    <main className="ended">
      <h1>This view has ended</h1>
      {notice !== null && <p role="alert">{notice}</p>}
      <p className="note">Load the page that shows it again; if that does not help, ask its owner for a new one.</p>
    </main>
  );
}
