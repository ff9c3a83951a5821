/**
 * The rows of usage as text to put into statements of other capabilities, which group them otherwise: the same windows,
 * filters and columns as `GET /usage` has.
 *
 *     const rows = new WindowRows({ scope: 'acme', filters });
 *     const sql = `SELECT key_id, sum(requests) FROM (${rows.usage(['key_id'], span)}) GROUP BY key_id`;
 *     await clickhouse.query(sql, rows.parameters);
 */
import type { Resolution, Span } from '@meterhouse/common';
import type { AccountScope } from '../../auth/key';
import { type Column, type Filters, NO_FILTERS } from '../request/filters';
import { readPlanOf } from '../request/read-plan';
import { BoundValues, filterConditions, ownerConditions, sourceSql } from './sql/source.sql';

export { millisecondsOf } from './sql/latency.sql';

/** Whose requests, and which of them. */
export interface RowsOf {
  scope: AccountScope;
  filters: Filters;
}

export class WindowRows {
  private readonly bound = new BoundValues();

  constructor(private readonly of: RowsOf) {}

  /** What the placeholders of all texts stand for. */
  get parameters(): BoundValues['parameters'] {
    return this.bound.parameters;
  }

  /**
   * A subquery of rollups, and raw events where a window begins or ends within an hour. Its columns: those asked for,
   * requests, failed, throttled, timed, latency_sum_us, latency_max_us, bytes, last_at and latency.
   * @param span of whole minutes
   * @param coarsest the coarsest buckets that rows may have
   */
  usage(columns: readonly (Column | 'bucket')[], span: Span, coarsest: Resolution = 'day'): string {
    return sourceSql({ ...this.of, plan: readPlanOf('detail', span, [], coarsest) }, columns, this.bound);
  }

  /** A condition on raw events. @param span in epoch milliseconds */
  events(span: Span): string {
    return this.within('timestamp', span, this.of.filters);
  }

  /** A condition on the rows of a rollup: account, keys and time, but no other filter. */
  ofKeys(span: Span): string {
    return this.within('bucket', span, { ...NO_FILTERS, keyIds: this.of.filters.keyIds });
  }

  /** A placeholder for a value. @example rows.bind('Array(String)', keyIds) */
  bind(type: string, value: Parameters<BoundValues['bind']>[1]): string {
    return this.bound.bind(type, value);
  }

  private within(column: 'bucket' | 'timestamp', { from, to }: Span, filters: Filters): string {
    const { bound, of } = this;
    return [
      ...ownerConditions(of, bound),
      ...filterConditions(filters, bound),
      `${column} >= ${bound.instant(from, column)}`,
      `${column} < ${bound.instant(to, column)}`,
    ].join(' AND ');
  }
}
