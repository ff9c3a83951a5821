/** Failed requests over time by who is at fault: the service (5xx), its callers (4xx), the limit (429). */
import { type ReactNode, useMemo } from 'react';
import { hashKey, useQuery } from '@tanstack/react-query';
import { type CallError, type Point, type Usage, getUsage } from '../api/client';
import { usageQuery } from '../api/use-usage';
import { Legend } from '../chart/legend';
import { linesOver } from '../chart/series';
import { count, shortCount } from '../format/format';
import { Panel } from '../overview/series-panel';
import type { View } from '../state/view';

interface Props {
  usage: Usage;
  view: View;
}

/** Left out where status codes are filtered by: a filter of the API cannot be narrowed by another. */
export function Classes(props: Props): ReactNode {
  const { usage, view } = props;
  if (view.filters.statusCode.length > 0 || usage.usage.failedRequests === 0) return null;
  return <Shown {...props} />;
}

function Shown({ usage, view }: Props): ReactNode {
  const server = useServerErrors(usage, view);
  const series = useMemo(() => (server ? classesOf(usage, server) : null), [usage, server]);
  if (!series) return null;
  return (
    <div className="panel main-panel">
      <Panel usage={usage} view={view} series={series} legend={<Legend series={series} previous="" />} />
    </div>
  );
}

/** The answer to the same question about 5xx alone; undefined until it is there. */
function useServerErrors({ period }: Usage, view: View): Usage | undefined {
  const asked = usageQuery(view, period.timezone, Date.now());
  const { timeframe: _, compare: __, limit: ___, ...rest } = asked;
  const query = {
    ...rest,
    from: period.from,
    to: period.to,
    granularity: period.granularity,
    statusCode: ['5xx'],
    includeBreakdown: false,
    includeErrors: false,
    includeLatency: false,
  };
  const { data } = useQuery<Usage, CallError>({
    queryKey: ['usage', '5xx', asked, query.from, query.to],
    queryFn: ({ signal }) => getUsage(query, signal),
    placeholderData: (before, last) => (hashKey([last?.queryKey[2]]) === hashKey([asked]) ? before : undefined),
    staleTime: Infinity,
  });
  return data;
}

function classesOf(usage: Usage, { timeSeries }: Usage): ReturnType<typeof linesOver> {
  const serverAt = new Map(timeSeries.map(({ timestamp, failedRequests }) => [timestamp, failedRequests]));
  const server = (point: Point): number => serverAt.get(point.timestamp) ?? 0;
  const throttled = (point: Point): number => point.throttledRequests;
  // The two answers may be some events apart.
  const client = (point: Point): number => Math.max(0, point.failedRequests - server(point) - throttled(point));
  const line = (of: (point: Point) => number): number[] => usage.timeSeries.map(of);
  return linesOver(usage, {
    label: 'Failed requests',
    lines: [
      { name: 'server', label: '5xx', values: line(server) },
      { name: 'client', label: '4xx without 429', values: line(client) },
      { name: 'throttled', label: '429', values: line(throttled) },
    ],
    format: count,
    short: shortCount,
    wholeOnly: true,
  });
}
