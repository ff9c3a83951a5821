/**
 * Cuts a span of time into whole days, whole hours and the minutes that are left, so that each is read from the
 * coarsest rollup that contains it exactly.
 */
import { DAY, HOUR, MINUTE, type Resolution, type Span, floorTo } from '@meterhouse/common';

/**
 * `traffic` knows keys alone, but for its days, which are those of `detail`; `detail` knows every dimension, and its
 * minutes are raw events.
 */
export type RollupSet = 'traffic' | 'detail';

/** What to read from each level; spans lie on whole minutes, are ascending and do not touch. */
export interface ReadPlan {
  rollupSet: RollupSet;
  spans: Record<Resolution, Span[]>;
  /** The beginning of a minute after all spans, read from raw events; left out where the last minute is whole. */
  rest?: Span;
}

/** Windows up to this are best read from one rollup: to plan a second takes longer than its rows. */
export const SHORT = 2 * DAY;

const STEPS: Record<Resolution, { step: number; finer: Resolution | null }> = {
  day: { step: DAY, finer: 'hour' },
  hour: { step: HOUR, finer: 'minute' },
  minute: { step: MINUTE, finer: null },
};

/**
 * @param span of whole minutes, but for its end
 * @param starts of the buckets that rows are grouped by; no span crosses one
 * @param coarsest the coarsest level that may be read
 */
export function readPlanOf(
  rollupSet: RollupSet,
  span: Span,
  starts: readonly number[],
  coarsest: Resolution,
): ReadPlan {
  const spans: ReadPlan['spans'] = { day: [], hour: [], minute: [] };
  const end = floorTo('minute', span.to);
  const edges = [span.from, ...starts.filter((start) => start > span.from && start < end), end];
  for (const [index, from] of edges.slice(0, -1).entries()) cut(spans, { from, to: edges[index + 1] ?? end }, coarsest);
  spans.minute.sort((a, b) => a.from - b.from);
  spans.hour.sort((a, b) => a.from - b.from);
  return {
    rollupSet,
    spans: { day: joined(spans.day), hour: joined(spans.hour), minute: joined(spans.minute) },
    ...(end < span.to ? { rest: { from: end, to: span.to } } : {}),
  };
}

/** The plan of two spans of whole minutes and of one rollupSet, the first of which ends where the second begins or before. */
export function joinPlans({ rollupSet, spans: first }: ReadPlan, { spans: second }: ReadPlan): ReadPlan {
  const both = (level: Resolution): Span[] => joined([...first[level], ...second[level]].map((span) => ({ ...span })));
  return { rollupSet, spans: { day: both('day'), hour: both('hour'), minute: both('minute') } };
}

/**
 * The plan of whole minutes before an instant and from it on; null for a side that has none.
 * @param at an edge of plan, or of a bucket of their level
 */
export function splitPlan(
  { rollupSet, spans }: ReadPlan,
  at: number,
): { before: ReadPlan | null; after: ReadPlan | null } {
  const side = (keep: (span: Span) => Span): ReadPlan | null => {
    const kept = (level: Resolution): Span[] => spans[level].map(keep).filter(({ from, to }) => from < to);
    const plan = { rollupSet, spans: { day: kept('day'), hour: kept('hour'), minute: kept('minute') } };
    return Object.values(plan.spans).some((level) => level.length > 0) ? plan : null;
  };
  return {
    before: side(({ from, to }) => ({ from, to: Math.min(to, at) })),
    after: side(({ from, to }) => ({ from: Math.max(from, at), to })),
  };
}

/** Where the last of the plan ends. */
export function endOf({ spans, rest }: ReadPlan): number {
  return Math.max(rest?.to ?? 0, ...Object.values(spans).map((level) => level.at(-1)?.to ?? 0));
}

/** Whether days of UTC can be put together to the buckets. */
export function isWholeDays(starts: readonly number[]): boolean {
  return starts.every((start) => start % DAY === 0);
}

/** Whole steps of the level in the middle, the ends by the finer one. */
function cut(spans: ReadPlan['spans'], { from, to }: Span, level: Resolution): void {
  if (from >= to) return;
  const { step, finer } = STEPS[level];
  const first = Math.ceil(from / step) * step;
  const last = Math.floor(to / step) * step;
  if (finer === null || (first === from && last === to)) {
    spans[level].push({ from, to });
  } else if (first >= last) {
    cut(spans, { from, to }, finer);
  } else {
    spans[level].push({ from: first, to: last });
    cut(spans, { from, to: first }, finer);
    cut(spans, { from: last, to }, finer);
  }
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { from, to } of spans) {
    const last = result.at(-1);
    if (last?.to === from) last.to = to;
    else result.push({ from, to });
  }
  return result;
}
