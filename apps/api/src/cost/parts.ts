/** Cuts a window into what is priced together. Instants are epoch milliseconds. */
import type { Span } from '@meterhouse/common';
import { periodAt } from '@meterhouse/pricing';
import { type Assignment, type PlanStretch, type PlanVersion, stretchesOf } from '../plans/plan-version';

/** Plans begin and end within these. */
const EVER: Span = { from: Date.UTC(2000, 0, 1), to: Date.UTC(2100, 0, 1) };

/** A part of a billing period in which one version of a plan holds: the whole period, unless the plan changes in it. */
export interface Part extends Span {
  period: Span;
}

/** Parts that follow one another without a gap and have one version of a plan; null: a time without a plan. */
export interface Piece extends Span {
  version: PlanVersion | null;
  /** Those that overlap the window, from their own beginning to their own end; none without a plan. */
  parts: readonly Part[];
}

/** Which version of which plan holds when, for an account with assigned plans. */
export function stretchesOfAccount(
  assignments: readonly Assignment[],
  versionsOf: (planId: string) => readonly PlanVersion[],
): PlanStretch[] {
  return assignments.flatMap(({ planId, from }, index) => {
    const to = assignments[index + 1]?.from ?? EVER.to;
    return stretchesOf(versionsOf(planId), { from, to });
  });
}

/** Which version holds when, for a plan that is tried on all time. */
export function stretchesOfPlan(versions: readonly PlanVersion[]): PlanStretch[] {
  return stretchesOf(versions, EVER);
}

/** The pieces of a window, ascending; they cover it. @param stretches ascending */
export function piecesOf(stretches: readonly PlanStretch[], { from, to }: Span): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const stretch of stretches) {
    if (stretch.to <= at || stretch.from >= to) continue;
    if (stretch.from > at) pieces.push({ from: at, to: stretch.from, version: null, parts: [] });
    const start = Math.max(at, stretch.from);
    const end = Math.min(to, stretch.to);
    pieces.push({ from: start, to: end, version: stretch.version, parts: partsOf(stretch, { from: start, to: end }) });
    at = end;
  }
  if (at < to) pieces.push({ from: at, to, version: null, parts: [] });
  return pieces;
}

/** The parts of a stretch that overlap a span. */
function partsOf(stretch: PlanStretch, { from, to }: Span): Part[] {
  const { plan } = stretch.version;
  const parts: Part[] = [];
  for (let period = periodAt(from, plan); period.from < to; period = periodAt(period.to, plan)) {
    parts.push({
      from: Math.max(period.from, stretch.from),
      to: Math.min(period.to, stretch.to),
      period,
    });
  }
  return parts;
}
