/** When the requests of a view were first and last seen, over all the time that is kept. */
import { useQuery } from '@tanstack/react-query';
import { type CallError, type Usage, getUsage } from '../api/client';
import { usageQuery } from '../api/use-usage';
import type { View } from '../state/view';

export interface Seen {
  /** Start of the first day of the zone with a request. */
  firstDay: number;
  /** Of the last request. */
  last: number | null;
}

/** Undefined until it is known, and where it cannot be. @param view without other filters than what it is about */
export function useSeen(view: View, zone: string): Seen | undefined {
  const { compare: _, ...query } = usageQuery({ ...view, period: { timeframe: 'all' }, granularity: 'day' }, zone, 0);
  return useQuery<Usage, CallError, Seen | undefined>({
    queryKey: ['usage', 'seen', query],
    queryFn: ({ signal }) =>
      getUsage({ ...query, sort: 'timestamp', limit: 1, includeErrors: false, includeLatency: false }, signal),
    select: seenOf,
    retry: false,
    staleTime: 60_000,
  }).data;
}

function seenOf({ timeSeries, breakdown }: Usage): Seen | undefined {
  const first = timeSeries.find(({ requests }) => requests > 0);
  const last = breakdown?.byEndpoint[0]?.lastRequestAt;
  return first && { firstDay: Date.parse(first.timestamp), last: last === undefined ? null : Date.parse(last) };
}
