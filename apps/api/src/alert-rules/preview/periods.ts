/** The figures of a quota's growing windows, added up from steps: so they are read once, whatever their number. */
import { NO_TRAFFIC } from '../../usage/read/aggregates';
import { FigureTable } from '../evaluation/figure-table';
import type { FiguresRepository } from '../evaluation/figures.repository';
import { periodOf } from '../evaluation/judge';
import { selectionOf } from '../evaluation/selection';
import { type Condition, type Rule, cadenceOf } from '../rules/rule';

/**
 * Adds the requests from the start of each period to each of the ends.
 * @param ends ascending, one a step
 */
export async function addPeriods(
  rule: Rule,
  { window }: Extract<Condition, { type: 'quota' }>,
  ends: readonly number[],
  into: FigureTable,
  figures: FiguresRepository,
  options: Parameters<FiguresRepository['read']>[2],
): Promise<void> {
  const [first, last] = [ends[0], ends.at(-1)];
  if (first === undefined || last === undefined) return;
  const { step } = cadenceOf(rule);
  const selection = selectionOf(rule);
  const steps = new FigureTable();
  const begin = periodOf(window, first).from + step;
  const read = {
    selections: [selection],
    groupBy: rule.groupBy,
    length: step,
    step,
    first: begin,
    last,
    withPercentiles: false,
  };
  await figures.read(read, steps, options);
  for (const group of steps.groups(selection.id, step)) {
    let requests = 0;
    for (let end = begin; end <= last; end += step) {
      const { from } = periodOf(window, end);
      const added = steps.at(selection.id, step, group, end).requests;
      requests = end - step === from ? added : requests + added;
      if (end >= first) into.add(selection.id, end - from, group, end, { ...NO_TRAFFIC, requests });
    }
  }
}
