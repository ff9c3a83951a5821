/** What is said in place of figures, or beside older ones: an error with a retry, a wait. */
import { type ReactNode, useEffect, useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { CallError } from '../api/client';

/** While a call fails and will be tried again, and when it has failed for good. */
export function CallState({ query }: { query: UseQueryResult<unknown, CallError> }): ReactNode {
  const { error, failureReason, failureCount, isFetching, refetch } = query;
  if (isFetching && failureReason) return <Waiting key={failureCount} reason={failureReason} />;
  if (!error) return null;
  return (
    <div role="alert" className="banner error">
      <p>{error.message}</p>
      <button type="button" onClick={() => void refetch()}>
        Try again
      </button>
    </div>
  );
}

function Waiting({ reason }: { reason: CallError }): ReactNode {
  const [left, setLeft] = useState(reason.retryAfterSeconds);
  useEffect(() => {
    if (left === null || left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <div role="status" className="banner">
      <p>{reason.message}</p>
      <p className="note">{left !== null && left > 0 ? `Trying again in ${left}\u202fs.` : 'Trying again…'}</p>
    </div>
  );
}
