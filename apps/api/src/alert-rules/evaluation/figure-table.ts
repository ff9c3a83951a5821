/** The figures that were read, by selection, length of window, group and end. */
import { NO_TRAFFIC, type Traffic } from '../../usage/read/aggregates';
import type { StandingMetric } from '../rules/rule';

/** What an account stood at: a figure, or why there is none. The value is null where no limit is met within the horizon. */
export type Standing =
  { value: number | null } | { missing: 'NO_PLAN' | 'NO_LIMIT' | 'NOT_ENOUGH_HISTORY' | 'NOT_READABLE' };

/** What some keys of an account stood at; undefined of an instant that nothing is known of. */
export type StandingOf = (keyIds: ReadonlySet<string>, end: number) => Standing | undefined;

type ByEnd = Map<number, Traffic>;

export class FigureTable {
  private readonly windows = new Map<string, Map<string, ByEnd>>();
  private readonly standings = new Map<string, StandingOf>();

  addStanding(metric: StandingMetric, accountId: string, standing: StandingOf): void {
    this.standings.set(`${metric} ${accountId}`, standing);
  }

  standing(metric: StandingMetric, accountId: string): StandingOf {
    return this.standings.get(`${metric} ${accountId}`) ?? (() => undefined);
  }

  /** @param end epoch milliseconds, as everywhere */
  add(selectionId: string, length: number, group: string, end: number, traffic: Traffic): void {
    const key = keyOf(selectionId, length);
    const groups = this.windows.get(key) ?? new Map<string, ByEnd>();
    this.windows.set(key, groups);
    const byEnd = groups.get(group) ?? new Map<number, Traffic>();
    groups.set(group, byEnd);
    byEnd.set(end, traffic);
  }

  /** The figures of a window that was read; all 0 where it had no request. */
  at(selectionId: string, length: number, group: string, end: number): Traffic {
    return this.of(selectionId, group)(length, end);
  }

  /** The same for many windows of one group. */
  of(selectionId: string, group: string): (length: number, end: number) => Traffic {
    const byLength = new Map<number, ByEnd | undefined>();
    return (length, end) => {
      if (!byLength.has(length)) byLength.set(length, this.windows.get(keyOf(selectionId, length))?.get(group));
      return byLength.get(length)?.get(end) ?? NO_TRAFFIC;
    };
  }

  /** The groups with a request in some window of this length that was read. */
  groups(selectionId: string, length: number): Iterable<string> {
    return this.windows.get(keyOf(selectionId, length))?.keys() ?? [];
  }
}

function keyOf(selectionId: string, length: number): string {
  return `${length} ${selectionId}`;
}
