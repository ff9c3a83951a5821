/** `GET /accounts` for admins, and the limits that they set. */
import {
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallError, client, unwrap } from './client';
import type { components, paths } from './schema';

export type Account = components['schemas']['AccountDto'];
export type Accounts = components['schemas']['AccountsResponseDto'];
export type AccountsQuery = NonNullable<paths['/accounts']['get']['parameters']['query']>;
export type LimitChanges = components['schemas']['LimitChangesDto'];

export function useAccounts(asked: AccountsQuery): UseQueryResult<Accounts, CallError> {
  const { search, ...rest } = asked;
  const query = { ...rest, ...(search ? { search } : {}) };
  return useQuery<Accounts, CallError>({
    queryKey: ['accounts', query],
    queryFn: ({ signal }) => unwrap(client.GET('/accounts', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
  });
}

/** Sets limits of an account; the lists of accounts are asked for again. */
export function useSetLimits(accountId: string): UseMutationResult<unknown, CallError, LimitChanges> {
  const queries = useQueryClient();
  return useMutation<unknown, CallError, LimitChanges>({
    mutationFn: (limits) =>
      unwrap(client.PATCH('/accounts/{accountId}', { params: { path: { accountId } }, body: { limits } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
}
