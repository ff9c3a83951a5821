/** The figures of a view with those it is compared with: where weekdays are matched, by a second `GET /usage`. */
import { useMemo } from 'react';
import { hashKey, useQuery } from '@tanstack/react-query';
import type { View } from '../state/view';
import { type Shifted, pairByClock, weekdaysBefore } from '../time/weekdays';
import { type CallError, type Usage, getUsage } from './client';
import { usageQuery } from './use-usage';

const DETAILS = { includeBreakdown: false, includeErrors: false } as const;

/**
 * @param usage of the view
 * @param isOlder whether that is the answer to an earlier view, which is still on the screen
 */
export function useCompared(view: View, zone: string, usage: Usage | undefined, isOlder: boolean): Usage | undefined {
  const shifted = view.compare === 'weekday' && usage && !isOlder ? weekdaysBefore(usage.period) : null;
  const asked = usageQuery(view, zone, Date.now());
  const { timeframe: _, compare: __, limit: ___, ...rest } = asked;
  const query = { ...rest, ...DETAILS, from: shifted?.from ?? '', to: shifted?.to ?? '' };
  const { data, isError } = useQuery<Usage, CallError>({
    queryKey: ['usage', 'weekday', asked, query.from, query.to],
    queryFn: ({ signal }) => getUsage(query, signal),
    enabled: shifted !== null,
    // The window moves with the clock: what it was compared with a minute ago stays until the next is there.
    placeholderData: (before, last) => (hashKey([last?.queryKey[2]]) === hashKey([asked]) ? before : undefined),
    staleTime: Infinity,
  });
  const days = shifted?.days;
  return useMemo(() => {
    if (!usage || days === undefined) return usage;
    return withWeekdays(usage, data, isError, days);
  }, [usage, data, isError, days]);
}

/** Until the other window is there nothing is compared; where it cannot be had there is none. */
function withWeekdays(usage: Usage, before: Usage | undefined, isError: boolean, days: Shifted['days']): Usage {
  const { comparison: _, ...rest } = usage;
  if (!before) return isError ? { ...rest, comparison: null } : rest;
  const starts = usage.timeSeries.map(({ timestamp }) => Date.parse(timestamp));
  return {
    ...rest,
    comparison: {
      period: { from: before.period.from, to: before.period.to },
      usage: before.usage,
      ...(before.latency ? { latency: before.latency } : {}),
      timeSeries: pairByClock(starts, before.timeSeries, days, usage.period.timezone),
    },
  };
}
