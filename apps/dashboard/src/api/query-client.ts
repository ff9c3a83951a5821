/** How calls are repeated, and what ends the session. */
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { CallError } from './client';
import { signOut } from './session';

const MAX_RETRIES = 5;
const MAX_WAIT_MS = 60_000;

/** Only what may succeed later is tried again: a limit that is used up, a service that is busy or away. */
function isPassing(error: unknown): boolean {
  return error instanceof CallError && (error.status === 0 || error.status === 429 || error.status === 503);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof CallError && error.status === 401) {
        signOut(error.message);
        queryClient.clear();
      }
    },
  }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => isPassing(error) && failures < MAX_RETRIES,
      retryDelay: (failures, error) => {
        const seconds = error instanceof CallError ? error.retryAfterSeconds : null;
        return Math.min(MAX_WAIT_MS, (seconds ?? 2 ** failures) * 1_000);
      },
      // The service is often on this machine or network: being offline is no reason not to ask it.
      networkMode: 'always',
      staleTime: 10_000,
      refetchOnWindowFocus: true,
    },
  },
});
