/** Who is signed in and what this service can do; it stays for the session. */
import { type UseQueryResult, queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from './schema';
import { type CallError, client, unwrap } from './client';

export type Me = Pick<components['schemas']['MeResponseDto'], 'caller' | 'features'>;
export type Permission = components['schemas']['Permission'];
export type Feature = keyof Me['features'];

export const ME = queryOptions<Me, CallError>({
  queryKey: ['me'],
  queryFn: ({ signal }) => unwrap(client.GET('/me', { signal }), signal),
  staleTime: Infinity,
});

export function useMe(): UseQueryResult<Me, CallError> {
  return useQuery(ME);
}
