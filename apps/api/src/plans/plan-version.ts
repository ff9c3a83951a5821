/** Versions of plans, and which holds when. Instants are epoch milliseconds. */
import type { Span } from '@meterhouse/common';
import type { Plan } from '@meterhouse/pricing';

export interface PlanVersion {
  id: string;
  /** From 1. */
  version: number;
  effectiveFrom: number;
  plan: Plan;
}

/** A plan that an account has from an instant on. */
export interface Assignment {
  planId: string;
  from: number;
}

/** A stretch of time in which one version of a plan holds. */
export interface PlanStretch extends Span {
  version: PlanVersion;
}

/**
 * The version that holds at an instant: of those that are effective the last one made. Before any is, it is the first, so
 * that a plan can be tried on the time before it was made.
 * @param versions of one plan, ascending, at least one
 */
export function versionAt(versions: readonly PlanVersion[], at: number): PlanVersion | undefined {
  return versions.findLast(({ effectiveFrom }) => effectiveFrom <= at) ?? versions[0];
}

/** The stretches of a span in which one version each holds, ascending and without a gap. */
export function stretchesOf(versions: readonly PlanVersion[], { from, to }: Span): PlanStretch[] {
  const changes = versions.map(({ effectiveFrom }) => effectiveFrom).filter((at) => at > from && at < to);
  const edges = [from, ...new Set(changes.sort((a, b) => a - b)), to];
  const stretches: PlanStretch[] = [];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const version = versionAt(versions, start);
    if (version === undefined) continue;
    const end = edges[index + 1] ?? to;
    const last = stretches.at(-1);
    if (last?.version === version) last.to = end;
    else stretches.push({ from: start, to: end, version });
  }
  return stretches;
}

/** The assignments after one more: from its instant on it holds, whatever was to follow before. */
export function assigned(present: readonly Assignment[], next: Assignment): Assignment[] {
  return [...present.filter(({ from }) => from < next.from), next];
}

/** The assignment that holds at an instant. */
export function assignmentAt(assignments: readonly Assignment[], at: number): Assignment | undefined {
  return assignments.findLast(({ from }) => from <= at);
}
