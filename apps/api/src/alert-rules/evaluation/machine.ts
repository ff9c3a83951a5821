/**
 * The states of a rule's groups: plain functions from a state and a judgement to the next state and what is to be told. They
 * know no clock and no storage, and all ids follow from the input, so that whoever repeats a step decides the same.
 */
import { MINUTE } from '@meterhouse/common';
import { type Rule, definitionId, hashId } from '../rules/rule';
import type { JudgedReason, Judgement } from './judge';
import { periodOf } from './judge';

/** Why an alert ended. */
export type EndReason =
  'RECOVERED' | 'PERIOD_ENDED' | 'RULE_CHANGED' | 'RULE_DISABLED' | 'RULE_DELETED' | 'KEY_REVOKED' | 'SCHEDULE_ENDED';

export type NotificationKind = 'firing' | 'reminder' | 'resolved';

/** An alert that has not ended. Instants are epoch milliseconds. */
export interface OpenAlert {
  id: string;
  state: 'pending' | 'firing';
  reason: JudgedReason;
  /** Of the window that made it fire; before that, of the latest that breached. */
  value: number | null;
  threshold: number | null;
  requests: number;
  previous: number | null;
  window: { from: number; to: number };
  startedAt: number;
  firingAt: number | null;
  /** When somebody was told last; null: nobody was. */
  notifiedAt: number | null;
  silenced: boolean;
}

/** What is known of a group between windows. */
export interface GroupState {
  /** The end of the last window that was judged; 0: none since the rule began. */
  judgedTo: number;
  /** One letter for each of the last windows, the newest last: `1` breached, `-` was between, `0` did not. */
  marks: string;
  alerts: readonly OpenAlert[];
  /** Of a quota: the end of the period in which the percentages were reached. */
  periodEnd: number;
  crossed: readonly number[];
}

/** What is known of a rule between windows; a rule whose groups all are as they began has none. */
export interface RuleState {
  ruleId: string;
  accountId: string | null;
  definition: string;
  groups: Readonly<Record<string, GroupState>>;
}

export const NO_STATE: GroupState = { judgedTo: 0, marks: '', alerts: [], periodEnd: 0, crossed: [] };

/** A change of an alert: how it is now, and whether somebody is to be told. */
export interface Change {
  alert: EndedAlert | OpenAlert;
  group: string;
  notify: { id: string; kind: NotificationKind } | null;
}

export interface EndedAlert extends Omit<OpenAlert, 'state' | 'reason'> {
  state: 'resolved';
  reason: EndReason;
  resolvedAt: number;
}

/** What a step is about, beside the judgement. */
export interface StepContext {
  rule: Rule;
  group: string;
  /** Epoch milliseconds: what is decided now is dated the end of its window, or this where that is yet to come. */
  now: number;
  isSilenced: boolean;
  /** Whether reminders may be due: not at windows that are made up for. */
  isLatest: boolean;
  isAcknowledged: (alertId: string) => boolean;
}

export interface Step {
  state: GroupState;
  changes: readonly Change[];
}

/** The state after a window. Windows come in the order of their ends; one that was judged is passed over. */
export function observe(state: GroupState, judgement: Judgement, context: StepContext): Step {
  if (judgement.end <= state.judgedTo) return { state, changes: [] };
  if (context.rule.condition.type === 'quota') return observeQuota(state, judgement, context);
  const next = { ...state, judgedTo: judgement.end };
  if (judgement.verdict === 'skip') return { state: next, changes: [] };
  const { windows, of } = context.rule.breaching;
  const mark = judgement.verdict === 'breach' ? '1' : judgement.verdict === 'between' ? '-' : '0';
  const marks = (state.marks + mark).slice(-of);
  const [open] = state.alerts;
  const counted = countOf(marks, open?.state === 'firing' ? /[1-]/g : /1/g);
  if (!open) {
    if (judgement.verdict !== 'breach' || judgement.reason === null) return { state: { ...next, marks }, changes: [] };
    const begun = beginAlert(judgement, context, judgement.end);
    return kept({ ...next, marks }, counted >= windows ? fire(begun, judgement, context) : told(begun, null, context));
  }
  if (open.state === 'pending') {
    if (counted >= windows) return kept({ ...next, marks }, fire(open, judgement, context));
    if (counted === 0) return ended({ ...next, marks }, open, 'RECOVERED', context, judgement.end);
    return { state: { ...next, marks }, changes: [] };
  }
  if (counted < windows) return ended({ ...next, marks }, open, 'RECOVERED', context, judgement.end);
  return kept({ ...next, marks }, goOn(open, context, judgement.end));
}

/** The state after a window that is not to be judged: what was pending is dropped, what fires goes on. */
export function passOver(state: GroupState, end: number, context: StepContext): Step {
  if (end <= state.judgedTo) return { state, changes: [] };
  const next = { ...state, judgedTo: end, marks: '' };
  const [open] = state.alerts;
  return open?.state === 'pending' ? ended(next, open, 'SCHEDULE_ENDED', context, end) : { state: next, changes: [] };
}

/** The end of all alerts of a group, as where its rule has changed. */
export function endAll(state: GroupState, reason: EndReason, context: StepContext): readonly Change[] {
  return state.alerts.map((open) => endOf(open, reason, context, context.now));
}

/** Whether nothing is lost when the state is forgotten. */
export function isQuiet({ alerts, marks, crossed }: GroupState): boolean {
  return alerts.length === 0 && crossed.length === 0 && !/[1-]/.test(marks);
}

/** Each percentage once a period; what was reached stays so until the period ends. */
function observeQuota(state: GroupState, judgement: Judgement, context: StepContext): Step {
  const { condition } = context.rule;
  if (condition.type !== 'quota') return { state, changes: [] };
  const period = periodOf(condition.window, judgement.end);
  const isNew = period.to !== state.periodEnd;
  const over = isNew ? state.alerts.map((open) => endOf(open, 'PERIOD_ENDED', context, state.periodEnd)) : [];
  const before = isNew ? [] : state.crossed;
  const crossed = judgement.crossed.filter((percent) => !before.includes(percent));
  const fired = crossed.map((percent) =>
    fire(beginAlert(judgement, context, [period.from, percent]), { ...judgement, threshold: percent }, context),
  );
  const waiting = isNew ? [] : state.alerts.map((open) => goOn(open, context, judgement.end));
  const alerts = [...waiting, ...fired];
  return {
    state: {
      ...state,
      judgedTo: judgement.end,
      periodEnd: period.to,
      crossed: [...before, ...crossed],
      alerts: alerts.map(({ alert }) => alert),
    },
    changes: [...over, ...alerts.flatMap(({ change }) => change ?? [])],
  };
}

interface Kept {
  alert: OpenAlert;
  change: Change | null;
}

function kept(state: GroupState, { alert, change }: Kept): Step {
  return { state: { ...state, alerts: [alert] }, changes: change ? [change] : [] };
}

/** @param occasion tells it from other alerts of the group */
function beginAlert(judgement: Judgement, { rule, group, now }: StepContext, occasion: unknown): OpenAlert {
  const id = `alr_${hashId([rule.id, definitionId(rule), rule.definedAt, group, occasion], 20)}`;
  return {
    id,
    state: 'pending',
    ...figuresOf(judgement),
    startedAt: Math.min(judgement.end, now),
    firingAt: null,
    notifiedAt: null,
    silenced: false,
  };
}

function figuresOf({ reason, value, threshold, requests, previous, from, end }: Judgement) {
  return { reason: reason ?? ('THRESHOLD' as const), value, threshold, requests, previous, window: { from, to: end } };
}

function fire(open: OpenAlert, judgement: Judgement, context: StepContext): Kept {
  const figures = judgement.reason === null ? {} : figuresOf(judgement);
  return told(
    { ...open, ...figures, state: 'firing', firingAt: Math.min(judgement.end, context.now) },
    'firing',
    context,
  );
}

/** A firing alert that goes on: told late where a silence has ended, and again where that is due. */
function goOn(open: OpenAlert, context: StepContext, end: number): Kept {
  const at = Math.min(end, context.now);
  if (!context.isLatest) return { alert: open, change: null };
  if (open.notifiedAt === null)
    return context.isSilenced ? told(open, null, context) : told(open, 'firing', context, at);
  const after = context.rule.renotifyAfterMinutes;
  const isDue = after !== null && at >= open.notifiedAt + after * MINUTE && !context.isAcknowledged(open.id);
  if (isDue && !context.isSilenced) return told(open, 'reminder', context, at);
  return told(open, null, context);
}

/** @param kind null: nobody is told, and there is a change only where the alert is new or a silence begins or ends */
function told(open: OpenAlert, kind: 'firing' | 'reminder' | null, context: StepContext, at = open.firingAt): Kept {
  const isTold = kind !== null && !context.isSilenced;
  const alert = { ...open, silenced: context.isSilenced, notifiedAt: isTold ? at : open.notifiedAt };
  const isNew = open.firingAt === null || kind !== null;
  if (!isNew && open.silenced === alert.silenced) return { alert, change: null };
  const id = kind === 'reminder' ? messageId(open, 'reminder', at) : messageId(open, 'firing', null);
  return {
    alert,
    change: { alert, group: context.group, notify: isTold ? { id, kind } : null },
  };
}

function ended(state: GroupState, open: OpenAlert, reason: EndReason, context: StepContext, end: number): Step {
  return { state: { ...state, alerts: [] }, changes: [endOf(open, reason, context, end)] };
}

/** Who was told of an alert is told of its end, also in a silence: an incident that was opened is closed. */
function endOf(open: OpenAlert, reason: EndReason, context: StepContext, end: number): Change {
  const alert: EndedAlert = { ...open, state: 'resolved', reason, resolvedAt: Math.min(end, context.now) };
  const isTold = open.notifiedAt !== null;
  return {
    alert,
    group: context.group,
    notify: isTold ? { id: messageId(open, 'resolved', null), kind: 'resolved' } : null,
  };
}

function messageId(open: OpenAlert, kind: NotificationKind, at: number | null): string {
  return `msg_${hashId([open.id, kind, at], 24)}`;
}

function countOf(marks: string, form: RegExp): number {
  return marks.match(form)?.length ?? 0;
}
