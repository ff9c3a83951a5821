/** Which requests a rule is about. Rules that select the same share their figures. */
import type { Definition, RuleFilters } from '../rules/rule';

export interface Selection {
  /** Names it: equal for equal ones. */
  id: string;
  /** Null: all accounts together. */
  accountId: string | null;
  filters: RuleFilters;
  /** Whether it looks at more than the key, which the rollups by minute do not have. */
  isDetail: boolean;
}

export function selectionOf({
  accountId,
  filters,
  groupBy,
}: Pick<Definition, 'filters' | 'groupBy'> & { accountId: string | null }): Selection {
  const { keyId, endpoint, method, statusCode, errorType } = filters;
  const isDetail = [endpoint, method, statusCode, errorType].some((values) => values.length > 0);
  const id = JSON.stringify([accountId, groupBy, keyId, endpoint, method, statusCode, errorType]);
  return { id, accountId, filters, isDetail };
}
