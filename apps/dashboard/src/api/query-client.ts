/** How calls are repeated, and what ends the session. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { CallError } from './client';
import { signOut } from './session';

const MAX_RETRIES = 5;
const MAX_WAIT_MS = 60_000;

function endWhereRefused(error: unknown): void {
  if (error instanceof CallError && error.status === 401) endSession(error.message);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endWhereRefused }),
  mutationCache: new MutationCache({ onError: endWhereRefused }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => error instanceof CallError && error.isPassing && failures < MAX_RETRIES,
      retryDelay: (failures, error) => {
        const seconds = error instanceof CallError ? error.retryAfterSeconds : null;
        return Math.min(MAX_WAIT_MS, (seconds ?? 2 ** failures) * 1_000);
      },
      // The service is often on this machine or network: being offline is no reason not to ask it.
      networkMode: 'always',
      staleTime: 10_000,
      refetchOnWindowFocus: true,
    },
    // A change is made once, by whoever pressed the button: what failed is said and left to them.
    mutations: { retry: false, networkMode: 'always' },
  },
});

/**
 * Signs out, and forgets what the service answered to this key.
 * @param reason what the sign-in should say; none when it was asked for
 */
export function endSession(reason: string | null = null): void {
  signOut(reason);
  queryClient.clear();
}
