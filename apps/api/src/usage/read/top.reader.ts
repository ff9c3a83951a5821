/** Reads the breakdown of an account with more values of a dimension than one statement may return. */
import { Injectable } from '@nestjs/common';
import { Slices } from '@meterhouse/common';
import { OTHER_ENDPOINT } from '../../endpoints/normalise-endpoint';
import type { Source, UsageBreakdown } from './aggregates';
import { MAX_VALUES, type Page, shownBreakdownOf } from './breakdown-rows';
import type { SumsRead } from './sums-read';
import { type ReadOptions, type TopNames, UsageRepository } from './usage.repository';
import type { NamedColumn } from './sql/top.sql';
import type { Sorting } from './sql/breakdown.sql';

const MOST_REQUESTS = { sort: 'requests', order: 'desc', failedOnly: false } as const;
const MOST_FAILURES = { sort: 'errors', order: 'desc', failedOnly: true } as const;

type Ranking = Sorting & { failedOnly: boolean };

const NOTHING: TopNames = { names: [], count: 0 };

/**
 * Two steps, each of which returns a bounded number of rows: which values come first, and the sums of these, with all others
 * together. The sums are of one statement, so that they agree.
 */
@Injectable()
export class TopReader {
  constructor(private readonly repository: UsageRepository) {}

  async breakdown(read: SumsRead, options: ReadOptions): Promise<UsageBreakdown> {
    const { scope, filters, window, withLatency, sorting, page, withErrors } = read;
    const source: Source = { scope, filters, plan: window.whole };
    const top = (column: NamedColumn, given: Ranking, { limit, offset } = { limit: MAX_VALUES, offset: 0 }) =>
      this.repository.topNames(source, { column, ...given, limit, offset }, options);
    // One after the other: each takes memory for every endpoint.
    const used = await top('endpoint', MOST_REQUESTS);
    const failing = withErrors ? await top('endpoint', MOST_FAILURES) : NOTHING;
    const onPage =
      page === null
        ? NOTHING
        : (pageOf(used, sorting, page) ?? (await top('endpoint', { ...sorting, failedOnly: false }, page)));
    const [methods, keys, errorTypes] = await Promise.all([
      page ? top('method', MOST_REQUESTS) : NOTHING,
      page ? top('key_id', MOST_REQUESTS) : NOTHING,
      withErrors ? top('error_type', MOST_FAILURES) : NOTHING,
    ]);
    const shown = {
      endpoint: [...new Set([...used.names, ...failing.names, ...onPage.names, OTHER_ENDPOINT])],
      method: methods.names,
      key_id: keys.names,
      // That of requests that did not fail.
      error_type: [...errorTypes.names, ''],
    };
    const rows = await this.repository.shownBreakdown(source, shown, withLatency, options);
    const names = { count: used.count, page: onPage.names, mostUsed: used.names, mostFailing: failing.names };
    return shownBreakdownOf(rows, names, new Slices(scope, options.signal));
  }
}

/** A page that is among the first by requests. */
function pageOf({ names, count }: TopNames, { sort, order }: Sorting, { limit, offset }: Page): TopNames | null {
  if (sort !== 'requests' || order !== 'desc' || offset + limit > MAX_VALUES) return null;
  return { names: names.slice(offset, offset + limit), count };
}
