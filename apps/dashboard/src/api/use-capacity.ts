/** `GET /usage/capacity` of all keys, the nearest to their limits first. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type CallError, client, unwrap } from './client';
import type { components } from './schema';

export type KeyLimit = components['schemas']['KeyLimitDto'];
type Capacity = components['schemas']['CapacityResponseDto'];

/** The most that one call answers. */
const LIMITS = 1_000;

/** Peaks of 30 days change slowly, and every key's are read for them. */
const STALE_MS = 300_000;

export function useFleetCapacity(): UseQueryResult<Capacity, CallError> {
  return useQuery<Capacity, CallError>({
    queryKey: ['capacity', 'fleet'],
    queryFn: ({ signal }) =>
      unwrap(client.GET('/usage/capacity', { params: { query: { limit: LIMITS } }, signal }), signal),
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  });
}
