/** Which time is tested: whole UTC days of which minutes are stored. All instants are epoch milliseconds. */
import { DAY, HOUR, type Retention, type Span, floorTo, iso } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { windowRequestOf } from '../usage/request/usage-request';
import { windowOf } from '../usage/request/window';
import type { TiersQueryDto } from './dto/tiers-query.dto';

/** Time that is tested, and what is said of the rest. */
export interface TestedWindow extends Span {
  /** The end of the hour that `to` is in: the running hour is read as far as it goes. */
  readTo: number;
  /** Null where all that was asked for is tested. */
  notice: string | null;
}

const ALL_REQUESTS = { endpoint: [], method: [], statusCode: [], errorType: [], groupBy: [] };

/** @throws ApiException INVALID_PARAMETERS for a window that is empty, to come, or before all minutes that are stored */
export function testedWindowOf(
  query: Pick<TiersQueryDto, 'timeframe' | 'from' | 'to' | 'keyId'>,
  now: number,
  { minuteDays, hourDays, rawDays }: Retention,
): TestedWindow {
  const isOpen = query.from === undefined && query.to === undefined;
  const request = windowRequestOf({
    ...query,
    ...ALL_REQUESTS,
    ...(isOpen ? { timeframe: query.timeframe ?? '30d' } : {}),
    granularity: 'day',
    timezone: 'UTC',
    weekStart: 'monday',
  });
  // The hours say how many requests there were.
  const since = floorTo('day', now - Math.min(minuteDays, hourDays) * DAY);
  const asked = windowOf(request, now, since, { minuteDays, hourDays, rawDays });
  const [from, to] = [floorTo('day', asked.from), asked.to];
  if (to <= since) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      `The window ends at ${iso(to)}, but minutes are stored since ${iso(since)} only, and limits can be tested by minutes alone.`,
      [{ field: 'to', message: `Use a window that ends after ${iso(since)}.` }],
    );
  }
  return {
    from: Math.max(from, since),
    to,
    readTo: Math.ceil((to + (to === now ? 1 : 0)) / HOUR) * HOUR,
    notice: from >= since ? null : `Minutes are stored since ${iso(since)}; what was sent before could not be tested.`,
  };
}
