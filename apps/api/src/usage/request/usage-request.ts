/** From a query to what is read. */
import { parseDate, parseInstant, startOfDateIn } from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import type { AccountScope } from '../../auth/key';
import { OTHER_ENDPOINT } from '../../endpoints/normalise-endpoint';
import { endpointName } from '../../endpoints/endpoint-names';
import type { UsageQueryDto } from './dto/usage-query.dto';
import { WindowQueryDto } from './dto/window-query.dto';
import type { FilterQuery } from './filter-query';
import type { WindowRequest } from './window';
import { type Filters, type GroupDimension, hasDetailFilters, type Column } from './filters';

export { WindowQueryDto };

const COLUMN: Record<GroupDimension, Column> = {
  endpoint: 'endpoint',
  method: 'method',
  statusCode: 'status_code',
  key: 'key_id',
  account: 'account_id',
};

/** What a window follows from. */
type WindowQuery = FilterQuery & Pick<WindowQueryDto, 'granularity' | 'timezone' | 'weekStart' | 'groupBy'>;

export function filtersOf(query: FilterQuery): Filters {
  const classes = query.statusCode.filter((code) => /x/i.test(code));
  return {
    keyIds: query.keyId,
    endpoints: [...new Set(query.endpoint.map(endpointName))],
    methods: query.method.map((method) => (method === OTHER_ENDPOINT ? method : method.toUpperCase())),
    statusCodes: query.statusCode.filter((code) => !classes.includes(code)).map(Number),
    statusClasses: classes.map((code) => Number(code[0])),
    errorTypes: query.errorType,
  };
}

/** @throws ApiException INVALID_PARAMETERS for parameters that contradict each other */
export function windowRequestOf(query: WindowQuery): WindowRequest {
  const { timezone, weekStart, granularity, timeframe } = query;
  if (timeframe !== undefined && (query.from !== undefined || query.to !== undefined)) {
    throw new ApiException('INVALID_PARAMETERS', 'Use either timeframe, or from and to.', [
      { field: 'timeframe', message: 'Leave timeframe out where from and to say which window is meant.' },
    ]);
  }
  if (query.to !== undefined && query.from === undefined) {
    throw new ApiException('INVALID_PARAMETERS', 'to needs from: the first instant of the window.', [
      { field: 'from', message: 'Add from.' },
    ]);
  }
  return {
    timeframe: query.from === undefined ? (timeframe ?? '24h') : null,
    from: instantOf(query.from, timezone),
    to: instantOf(query.to, timezone),
    granularity,
    calendar: { timezone, weekStart },
    detailed:
      hasDetailFilters(filtersOf(query)) ||
      query.groupBy.some((dimension) => dimension !== 'key' && dimension !== 'account'),
  };
}

/** A date is its start in the time zone. */
function instantOf(text: string | undefined, timezone: string): number | null {
  if (text === undefined) return null;
  const date = parseDate(text);
  return Number.isNaN(date) ? parseInstant(text) : startOfDateIn(date, timezone);
}

/** The columns that a series is split by. @throws ApiException INVALID_PARAMETERS */
export function groupColumnsOf(query: WindowQueryDto, scope: AccountScope): Column[] {
  const { groupBy } = query;
  if (groupBy.length > 2 || new Set(groupBy).size !== groupBy.length) {
    throw new ApiException('INVALID_PARAMETERS', 'groupBy should name one or two different dimensions.', [
      { field: 'groupBy', message: `Name at most two, each once, not "${groupBy.join(',')}".` },
    ]);
  }
  if (groupBy.includes('account') && scope !== null) {
    throw new ApiException('INVALID_PARAMETERS', 'groupBy=account needs an admin that reads all accounts together.', [
      { field: 'groupBy', message: 'Leave accountId out, as an admin, or group by something else.' },
    ]);
  }
  return groupBy.map((dimension) => COLUMN[dimension]);
}

const DEFAULT_GROUPS = 10;

/** How many groups have a series of their own. @throws ApiException INVALID_PARAMETERS where there are no groups */
export function groupLimitOf({ groupBy, groupLimit }: UsageQueryDto): number {
  if (groupLimit !== undefined && groupBy.length === 0) {
    throw new ApiException('INVALID_PARAMETERS', 'groupLimit needs groupBy: what the time series is split by.', [
      { field: 'groupLimit', message: 'Add groupBy, such as groupBy=endpoint, or leave groupLimit out.' },
    ]);
  }
  return groupLimit ?? DEFAULT_GROUPS;
}
