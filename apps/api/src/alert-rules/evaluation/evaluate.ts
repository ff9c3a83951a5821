/** Judges windows of rules by figures that were read: the one code behind the evaluation and the preview. */
import type { Key, RateLimit } from '../../auth/key';
import { activeOwn, limitsOf, limitsTogether } from '../../auth/key';
import { type Rule, definitionId, isMonotone, isStanding } from '../rules/rule';
import type { FigureTable } from './figure-table';
import { type JudgedReason, type Judgement, type Subject, judge, lengthsOf } from './judge';
import {
  type Change,
  type GroupState,
  NO_STATE,
  type RuleState,
  type Step,
  isQuiet,
  observe,
  passOver,
} from './machine';
import { isScheduled } from './schedule';
import { selectionOf } from './selection';

/** What the windows of a rule are judged with. */
export interface RuleContext {
  rule: Rule;
  /** The keys of the rule's account, or of all. */
  keys: readonly Key[];
  firstEvent: number | null;
  now: number;
  isSilenced: (group: string) => boolean;
  isAcknowledged: (alertId: string) => boolean;
  /** Told of every window of a group that has ended and was judged. */
  onJudged?: (judgement: Judgement) => void;
}

export interface Evaluated {
  /** Null where nothing has to be remembered. */
  state: RuleState | null;
  changes: Change[];
  /** Windows of groups that were judged. */
  evaluations: number;
  /** Why the latest windows could not be judged; null where they were. */
  notJudged: JudgedReason | null;
}

interface Windows {
  /** Ascending; all of them are complete. */
  ends: readonly number[];
  /** Windows that have not ended, for rules that more events can only confirm. */
  running: readonly number[];
}

/** Judges the windows of a rule that end after its state. */
export function evaluateRule(
  state: RuleState | null,
  { ends, running }: Windows,
  table: FigureTable,
  context: RuleContext,
): Evaluated {
  const { rule } = context;
  const evaluated: Evaluated = { state: null, changes: [], evaluations: 0, notJudged: null };
  const groups: Record<string, GroupState> = {};
  for (const group of groupsOf(state, table, context)) {
    let current = state?.groups[group] ?? NO_STATE;
    const subject = subjectOf(group, table, context);
    for (const end of ends) {
      if (end <= rule.definedAt) continue;
      const { step, judgement } = stepOf(current, end, subject, group, context, end === ends.at(-1));
      current = step.state;
      evaluated.changes.push(...step.changes);
      if (!judgement) continue;
      evaluated.evaluations++;
      context.onJudged?.(judgement);
      evaluated.notJudged = judgement.verdict === 'skip' ? judgement.reason : null;
    }
    if (isMonotone(rule)) {
      for (const end of running) {
        if (end <= rule.definedAt || end <= current.judgedTo) continue;
        // No request so far may still be one in the end; a sum that is passed stays passed.
        if (judge(subject, end).reason !== 'THRESHOLD' || !isScheduled(rule.schedule, end)) break;
        const { step } = stepOf(current, end, subject, group, context, true);
        current = step.state;
        evaluated.changes.push(...step.changes);
      }
    }
    if (!isQuiet(current)) groups[group] = current;
  }
  if (Object.keys(groups).length > 0) {
    evaluated.state = { ruleId: rule.id, accountId: rule.accountId, definition: definitionOf(rule), groups };
  }
  return evaluated;
}

/** What a state belongs to: a definition, from one time on. */
export function definitionOf(rule: Rule): string {
  return `${definitionId(rule)}.${rule.definedAt}`;
}

function stepOf(
  state: GroupState,
  end: number,
  subject: Subject,
  group: string,
  { rule, now, isSilenced, isAcknowledged }: RuleContext,
  isLatest: boolean,
): { step: Step; judgement: Judgement | null } {
  const context = { rule, group, now, isLatest, isSilenced: isSilenced(group), isAcknowledged };
  if (!isScheduled(rule.schedule, end)) return { step: passOver(state, end, context), judgement: null };
  const judgement = judge(subject, end);
  return { step: observe(state, judgement, context), judgement };
}

/** The groups that have requests or a state; of keys also those that could have requests. */
function groupsOf(state: RuleState | null, table: FigureTable, { rule, keys, now }: RuleContext): Iterable<string> {
  if (rule.groupBy === null) return [''];
  const { id } = selectionOf(rule);
  const groups = new Set(Object.keys(state?.groups ?? {}));
  for (const length of lengthsOf(rule)) for (const group of table.groups(id, length)) groups.add(group);
  if (rule.groupBy === 'key' && rule.accountId !== null) {
    for (const { id: keyId } of keysOf(rule, activeOwn(keys, now))) groups.add(keyId);
  }
  return groups;
}

/** What a group is judged by. */
export function subjectOf(
  group: string,
  table: FigureTable,
  { rule, keys, firstEvent, now }: Pick<RuleContext, 'rule' | 'keys' | 'firstEvent' | 'now'>,
): Subject {
  const { id } = selectionOf(rule);
  const needsLimits = rule.metric === 'utilization' || rule.condition.type === 'quota';
  const inGroup = rule.groupBy === 'key' ? keys.filter(({ id: keyId }) => keyId === group) : keysOf(rule, keys);
  return {
    rule,
    traffic: table.of(id, group),
    standing: standingOf(rule, inGroup, table),
    limits: needsLimits ? limitsOfAll(activeOwn(inGroup, now)) : null,
    firstEvent,
  };
}

function standingOf({ metric, accountId }: Rule, keys: readonly Key[], table: FigureTable): Subject['standing'] {
  if (!isStanding(metric) || accountId === null) return () => undefined;
  const keyIds = new Set(keys.map(({ id }) => id));
  return (end) => table.standing(metric, accountId)(keyIds, end);
}

function keysOf({ filters }: Rule, keys: readonly Key[]): readonly Key[] {
  return filters.keyId.length === 0 ? keys : keys.filter(({ id }) => filters.keyId.includes(id));
}

/** Null where there is no key. */
function limitsOfAll(keys: readonly Key[]): RateLimit | null {
  return keys.length === 0 ? null : limitsTogether(keys.map(limitsOf));
}
