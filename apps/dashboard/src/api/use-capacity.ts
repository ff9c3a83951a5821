/** When limits are met: `GET /usage/capacity`, the nearest first, and `GET /usage/forecast`. */
import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import { type CallError, client, unwrap } from './client';
import type { components, paths } from './schema';

export type KeyLimit = components['schemas']['KeyLimitDto'];
export type Forecast = components['schemas']['ForecastResponseDto'];
export type ForecastQuery = NonNullable<paths['/usage/forecast']['get']['parameters']['query']>;
export type CapacityQuery = NonNullable<paths['/usage/capacity']['get']['parameters']['query']>;
export type Tiers = components['schemas']['TiersResponseDto'];
export type KeyBacktest = components['schemas']['KeyBacktestDto'];
export type TiersQuery = NonNullable<paths['/usage/tiers']['get']['parameters']['query']>;
export type Resource = components['schemas']['ResourceDto'];
type Capacity = components['schemas']['CapacityResponseDto'];

/** The most that one call answers. */
const LIMITS = 1_000;

/** Peaks of 30 days change slowly, and every key's are read for them. */
const STALE_MS = 300_000;

/** Of all keys. */
export const useFleetCapacity = (): UseQueryResult<Capacity, CallError> => useCapacity({ limit: LIMITS });

export function useCapacity(query: CapacityQuery): UseQueryResult<Capacity, CallError> {
  return useQuery<Capacity, CallError>({
    queryKey: ['capacity', query],
    queryFn: ({ signal }) => unwrap(client.GET('/usage/capacity', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  });
}

export function useForecast(query: ForecastQuery): UseQueryResult<Forecast, CallError> {
  return useQuery<Forecast, CallError>({
    queryKey: ['forecast', query],
    queryFn: ({ signal }) => unwrap(client.GET('/usage/forecast', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  });
}

/** What each tier, and a limit that is tried, would have refused. */
export function useTiers(query: TiersQuery): UseQueryResult<Tiers, CallError> {
  return useQuery<Tiers, CallError>({
    queryKey: ['tiers', query],
    queryFn: ({ signal }) => unwrap(client.GET('/usage/tiers', { params: { query }, signal }), signal),
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  });
}

/** Of the service itself, for admins. */
export function useResources(): UseQueryResult<readonly Resource[], CallError> {
  return useQuery<readonly Resource[], CallError>({
    queryKey: ['resources'],
    queryFn: async ({ signal }) => (await unwrap(client.GET('/admin/capacity', { signal }), signal)).resources,
    staleTime: STALE_MS,
    refetchOnWindowFocus: false,
  });
}
