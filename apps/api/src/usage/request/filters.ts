/** What a query may filter, group and sort by. */

/** Which requests count. An empty list of a dimension lets all through. */
export interface Filters {
  keyIds: readonly string[];
  endpoints: readonly string[];
  methods: readonly string[];
  statusCodes: readonly number[];
  /** First digits: 5 for 5xx. */
  statusClasses: readonly number[];
  errorTypes: readonly string[];
}

export const NO_FILTERS: Filters = {
  keyIds: [],
  endpoints: [],
  methods: [],
  statusCodes: [],
  statusClasses: [],
  errorTypes: [],
};

/** Whether filters look at more than the key. */
export function hasDetailFilters({ endpoints, methods, statusCodes, statusClasses, errorTypes }: Filters): boolean {
  return [endpoints, methods, statusCodes, statusClasses, errorTypes].some((values) => values.length > 0);
}

/** The filters on keys alone. */
export function withoutDetailFilters({ keyIds }: Filters): Filters {
  return { ...NO_FILTERS, keyIds };
}

/** The columns that usage is grouped by, named as in ClickHouse. */
export type Column = 'account_id' | 'key_id' | 'endpoint' | 'method' | 'status_code' | 'error_type';

/** The dimensions that a series can be split by. */
export const GROUP_DIMENSIONS = ['endpoint', 'method', 'statusCode', 'key', 'account'] as const;
export type GroupDimension = (typeof GROUP_DIMENSIONS)[number];

export const ENDPOINT_SORTS = ['requests', 'errors', 'latency', 'timestamp'] as const;
export type EndpointSort = (typeof ENDPOINT_SORTS)[number];
