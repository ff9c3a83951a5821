/** `GET /usage/cost` for a view. */
import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import type { View } from '../state/view';
import { CallError, client, unwrap } from './client';
import type { components, paths } from './schema';

export type Cost = components['schemas']['CostResponseDto'];
export type CostQuery = NonNullable<paths['/usage/cost']['get']['parameters']['query']>;
export type Plan = components['schemas']['PlanDto'];

/** Of a period that ends now. */
const AGAIN_MS = 60_000;

/** The query of a view: a billing period, or its window where that is a custom one. */
export function costQuery(view: View): CostQuery {
  const { from, to } = 'from' in view.period ? view.period : {};
  return {
    ...(view.account === undefined ? {} : { accountId: view.account }),
    ...(from === undefined ? { period: view.billing ?? 'current' } : { from, ...(to === undefined ? {} : { to }) }),
    ...Object.fromEntries(Object.entries(view.filters).filter(([, values]) => values.length > 0)),
  };
}

async function getCost(query: CostQuery, signal: AbortSignal): Promise<Cost> {
  const answer = await unwrap(client.GET('/usage/cost', { params: { query }, signal }), signal);
  if (typeof answer === 'string') throw new CallError(0, 'The service answered with a file in place of figures.');
  return answer;
}

/** @param query null: nothing is asked for */
export function useCost(query: CostQuery | null): UseQueryResult<Cost, CallError> {
  return useQuery<Cost, CallError>({
    queryKey: ['cost', query],
    queryFn: ({ signal }) => getCost(query ?? {}, signal),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.period.complete === true ? false : AGAIN_MS),
  });
}
