import { useQuery } from '@tanstack/react-query';
import { client, unwrap } from '../api/client';
import type { Me } from '../api/use-me';

/** Enough to choose from; the rest is chosen by filtering the screen. */
const MOST = 100;

/** The active keys of an account with their names, where the caller may list them; else none. */
export function useKeyNames(account: string | undefined, me: Me): ReadonlyMap<string, string> {
  const allowed = me.caller.permissions.includes('keys:read') && (account !== undefined || !me.caller.isAdmin);
  const { data } = useQuery({
    queryKey: ['keys', 'names', account],
    queryFn: ({ signal }) => {
      const query = {
        status: 'active',
        limit: MOST,
        ...(account === undefined ? {} : { accountId: account }),
      } as const;
      return unwrap(client.GET('/keys', { params: { query }, signal }), signal);
    },
    enabled: allowed,
  });
  return new Map(data?.keys.map(({ id, name }) => [id, name]));
}
