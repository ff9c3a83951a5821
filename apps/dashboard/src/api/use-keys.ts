/** `GET /keys`, and what is done to keys; after each change the lists are asked for again. */
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

export type Key = components['schemas']['KeyResponse'];
export type Keys = components['schemas']['KeysResponse'];
export type Tier = components['schemas']['Tier'];
export type KeysQuery = NonNullable<paths['/keys']['get']['parameters']['query']>;
export type CreateKey = components['schemas']['CreateKeyDto'];
export type UpdateKey = components['schemas']['UpdateKeyDto'];
/** The only answers with a secret; they are in no cache. */
export type NewSecret = components['schemas']['NewSecretResponse'];

export function useKeys(query: KeysQuery): UseQueryResult<Keys, CallError> {
  return useQuery<Keys, CallError>({
    queryKey: ['keys', query],
    queryFn: ({ signal }) => unwrap(client.GET('/keys', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
  });
}

/** A change of keys, which also changes what accounts have. */
function useKeyChange<Sent, Answer>(
  change: (sent: Sent) => Promise<Answer>,
): UseMutationResult<Answer, CallError, Sent> {
  const queries = useQueryClient();
  return useMutation<Answer, CallError, Sent>({
    mutationFn: change,
    // A secret must not stay in the cache after its dialog.
    gcTime: 0,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['keys'] });
      void queries.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
}

const at = (keyId: string) => ({ path: { keyId } });

export function useCreateKey(): UseMutationResult<NewSecret, CallError, CreateKey> {
  return useKeyChange((body) => unwrap(client.POST('/keys', { body })));
}

export function useUpdateKey(keyId: string): UseMutationResult<unknown, CallError, UpdateKey> {
  return useKeyChange((body) => unwrap(client.PATCH('/keys/{keyId}', { params: at(keyId), body })));
}

/** Takes the seconds for which the old secret still works. */
export function useRotateKey(keyId: string): UseMutationResult<NewSecret, CallError, number> {
  return useKeyChange((gracePeriodSeconds) =>
    unwrap(client.POST('/keys/{keyId}/rotate', { params: at(keyId), body: { gracePeriodSeconds } })),
  );
}

export function useRevokeKey(keyId: string): UseMutationResult<unknown, CallError, void> {
  return useKeyChange(() => unwrap(client.DELETE('/keys/{keyId}', { params: at(keyId) })));
}
