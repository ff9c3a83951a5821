/** `GET /usage` for a view, kept on the screen while the next answer comes. */
import { type UseQueryResult, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { defaultGranularity } from '../state/granularity';
import { weekStart } from '../state/preferences';
import { type View, endsNow } from '../state/view';
import { CallError, type Usage, type UsageQuery, getUsage } from './client';

/** A window that ends now is asked for again as often; one without any request more often, to see the first arrive. */
const AGAIN_MS = 30_000;
const AGAIN_EMPTY_MS = 3_000;

/** How many endpoints the tables show. */
const ENDPOINTS = 100;

/** The query of a view; also what "as a call" shows. */
export function usageQuery(view: View, zone: string, now: number): UsageQuery {
  const { filters } = view;
  const granularity = view.granularity ?? defaultGranularity(view.period, now);
  return {
    ...(view.account === undefined ? {} : { accountId: view.account }),
    ...view.period,
    granularity,
    ...(granularity === 'week' ? { weekStart: weekStart() } : {}),
    timezone: zone,
    compare: 'previous',
    limit: ENDPOINTS,
    ...Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0)),
  };
}

/** The question of a view; asked twice at once it is sent once. */
export function usageOptions(view: View, zone: string) {
  const query = usageQuery(view, zone, Date.now());
  return queryOptions<Usage, CallError>({
    queryKey: ['usage', query],
    queryFn: ({ signal }) => getUsage(query, signal),
  });
}

/** @param again false leaves a window that ends now as it was answered */
export function useUsage(view: View, zone: string, again = true): UseQueryResult<Usage, CallError> {
  return useQuery<Usage, CallError>({
    ...usageOptions(view, zone),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      // A service that was away is found again, also by a window of the past.
      if (state.error?.isPassing) return AGAIN_MS;
      if (!again || !endsNow(view.period, Date.now())) return false;
      return state.data?.usage.totalRequests === 0 ? AGAIN_EMPTY_MS : AGAIN_MS;
    },
  });
}
