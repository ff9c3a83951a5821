/** Counts requests by rules, for what is made of counts alone. */
import { Injectable } from '@nestjs/common';
import type { Span } from '@meterhouse/common';
import { splitPlan } from '../request/read-plan';
import { type ByRule, type CountRow, type CountsRead, NO_COUNT, type UsageCounts, countsOf } from './counts';
import { MAX_ROWS_OF_A_SET } from './sql/counts.sql';
import { type ReadOptions, UsageRepository } from './usage.repository';

export type { ReadOptions };

@Injectable()
export class CountsReader {
  constructor(private readonly repository: UsageRepository) {}

  /**
   * What is before today is read apart, since results about it stay cached while events of today arrive. Where a part has
   * too many rows to be added to another, the whole is read at once.
   */
  async counts(read: CountsRead, options: ReadOptions): Promise<UsageCounts> {
    const at = this.repository.historyEnd;
    const { before, after } = at === null ? { before: null, after: null } : splitPlan(read.plan, at);
    if (before && after) {
      const parts = await Promise.all(
        [before, after].map((plan) => this.repository.counts({ ...read, plan }, options)),
      );
      if (!parts.some(isCut)) return countsOf(parts.flat(), read.rules.length);
    }
    return countsOf(await this.repository.counts(read, options), read.rules.length);
  }

  /** Of a span that raw events reach back to: what follows a failed request within a minute, by rule. */
  async retries(read: CountsRead, span: Span, options: ReadOptions): Promise<ByRule> {
    const counts = await this.repository.retries(read, span, options);
    return [...read.rules, null].map((_, rule) => counts.get(rule) ?? NO_COUNT);
  }
}

/** Whether rows may have been left off. */
function isCut(rows: readonly CountRow[]): boolean {
  return rows.length >= MAX_ROWS_OF_A_SET;
}
