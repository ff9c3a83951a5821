/** In place of a bill, where there is none to show. */
import type { ReactNode } from 'react';
import { type View, onScreen } from '../state/view';
import { ViewLink } from '../ui/view-link';

/** For an admin who looks at all accounts: bills are of one. */
export function NoAccount(): ReactNode {
  return (
    <section className="panel empty" aria-label="No account is chosen">
      <h2>Whose cost?</h2>
      <p>Each account has a plan of its own. Choose an account beside the screens.</p>
    </section>
  );
}

interface Props {
  isAdmin: boolean;
  view: View;
}

export function NoPlan({ isAdmin, view }: Props): ReactNode {
  return (
    <section className="panel empty" aria-label="No plan">
      <h2>There is no plan</h2>
      {isAdmin ? (
        <>
          <p>
            Usage has a price when the account has a plan. Make one on the screen{' '}
            <ViewLink view={onScreen(view, 'plans')}>Plans</ViewLink>, or apply a file:
          </p>
          <pre tabIndex={0} role="region" aria-label="Commands">
            {`npx meterhouse plans apply plans.yaml\nnpx meterhouse plans assign ${view.account ?? 'ACCOUNT'} PLAN`}
          </pre>
        </>
      ) : (
        <p>Usage has a price when the account has a plan, which the provider of the API assigns.</p>
      )}
    </section>
  );
}
