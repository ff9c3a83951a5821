/** Which figures have to be read to judge windows of rules: as few statements as there are kinds of windows. */
import { MINUTE, type Span } from '@meterhouse/common';
import { type Rule, cadenceOf, isPercentile, isStanding } from '../rules/rule';
import type { FiguresRead } from './figures.repository';
import { comparedEnds, lengthsOf, periodOf } from './judge';
import { type Selection, selectionOf } from './selection';

/** A rule with the ends of its windows that are to be judged, ascending. */
export interface Due {
  rule: Rule;
  ends: readonly number[];
}

/** Selections of one statement: each is bound with its filters. */
const MAX_SELECTIONS = 2_000;

interface Kind {
  length: number;
  step: number;
  withPercentiles: boolean;
  first: number;
  last: number;
}

/** The ends of the windows of a rule in `(from, to]`. */
export function endsBetween(rule: Pick<Rule, 'metric' | 'condition' | 'window'>, from: number, to: number): number[] {
  const { step } = cadenceOf(rule);
  const ends: number[] = [];
  for (let end = (Math.floor(from / step) + 1) * step; end <= to; end += step) ends.push(end);
  return ends;
}

/** The statements that read what all of these windows are judged by; standings are read beside them. */
export function readsOf(due: readonly Due[]): FiguresRead[] {
  const byKind = new Map<string, { kind: Kind; selections: Map<string, { selection: Selection; rule: Rule }> }>();
  for (const { rule, ends } of due) {
    if (isStanding(rule.metric)) continue;
    const selection = selectionOf(rule);
    for (const kind of kindsOf(rule, ends)) {
      const sharing = [kind, rule.groupBy, rule.accountId === null, selection.isDetail];
      const name = JSON.stringify(sharing);
      const group = byKind.get(name) ?? { kind, selections: new Map<string, { selection: Selection; rule: Rule }>() };
      byKind.set(name, group);
      group.selections.set(selection.id, { selection, rule });
    }
  }
  return [...byKind.values()].flatMap(({ kind, selections }) =>
    inParts([...selections.values()]).map((part) => ({
      ...kind,
      groupBy: part[0]?.rule.groupBy ?? null,
      selections: part.map(({ selection }) => selection),
    })),
  );
}

function inParts<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / MAX_SELECTIONS);
  return Array.from({ length: count }, (_, part) => all.slice(part * MAX_SELECTIONS, (part + 1) * MAX_SELECTIONS));
}

function kindsOf(rule: Rule, ends: readonly number[]): Kind[] {
  const withPercentiles = isPercentile(rule.metric);
  const { condition } = rule;
  if (condition.type === 'quota') {
    return ends.map((end) => ({
      length: end - periodOf(condition.window, end).from,
      step: MINUTE,
      withPercentiles,
      first: end,
      last: end,
    }));
  }
  const { step } = cadenceOf(rule);
  const compared = ends.flatMap((end) => comparedEnds(rule, end));
  const spans = runsOf([...ends, ...compared], step);
  return lengthsOf(rule).flatMap((length) =>
    spans.map(({ from, to }) => ({ length, step, withPercentiles, first: from, last: to })),
  );
}

/** Ends as runs of one a step. */
function runsOf(ends: readonly number[], step: number): Span[] {
  const runs: Span[] = [];
  for (const end of [...ends].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && end <= last.to + step) last.to = Math.max(last.to, end);
    else runs.push({ from: end, to: end });
  }
  return runs;
}
