/** Judges one window of one group of a rule, by the figures that were read. */
import { DAY, MINUTE, HOUR, bucketStart, nextBucket, round6 } from '@meterhouse/common';
import type { RateLimit } from '../../auth/key';
import type { Traffic } from '../../usage/read/aggregates';
import { type Condition, type Rule, WINDOWS, cadenceOf, isCount, isStanding } from '../rules/rule';
import { AROUND, MIN_WEEKS, WEEKS, baselineOf, isOutOfLine, weeksBefore } from './anomaly';
import type { Standing } from './figure-table';
import { type Measured, measure } from './figures';

/**
 * `between`: a firing rule goes on, another does not begin. `skip`: nothing follows from the window.
 */
export type Verdict = 'breach' | 'between' | 'ok' | 'skip';

/** Why a window breaches, or is not judged. */
export type JudgedReason =
  | 'THRESHOLD'
  | 'CHANGE'
  | 'ANOMALY'
  | 'BURN_RATE'
  | 'QUOTA'
  | 'NO_DATA'
  | 'NOT_ENOUGH_HISTORY'
  | 'NO_LIMIT'
  | 'NO_PLAN'
  | 'NOT_READABLE';

export interface Judgement {
  from: number;
  end: number;
  verdict: Verdict;
  reason: JudgedReason | null;
  value: number | null;
  /** What the value is compared with; null where there is nothing to compare with. */
  threshold: number | null;
  requests: number;
  /** What the metric was in the window that it is compared with, or was expected to be. */
  previous: number | null;
  /** Of a quota: the percentages that are reached. */
  crossed: readonly number[];
}

/** What a judgement is made of. */
export interface Subject {
  rule: Rule;
  /** The figures of a window of the group that ends then. */
  traffic: (length: number, end: number) => Traffic;
  /** What the account stood at then, of a metric that is no figure of a window; undefined: it is not known any more. */
  standing: (end: number) => Standing | undefined;
  /** Limits of the keys in question together; null where they have none. */
  limits: RateLimit | null;
  /** When the account had its first event; null: never. */
  firstEvent: number | null;
}

/** The multi-window burn rates of the SRE Workbook: both windows of a pair have to burn that fast. */
export const BURN_RATES = [
  { factor: 14.4, long: HOUR, short: 5 * MINUTE },
  { factor: 6, long: 6 * HOUR, short: 30 * MINUTE },
] as const;

/** The lengths of the windows that a condition looks at. */
export function lengthsOf(rule: Pick<Rule, 'metric' | 'condition' | 'window'>): readonly number[] {
  if (rule.condition.type === 'burnRate') return BURN_RATES.flatMap(({ long, short }) => [long, short]);
  return [cadenceOf(rule).length];
}

/** Where the period of a quota begins and ends that a window lies in. */
export function periodOf(window: 'day' | 'month', end: number): { from: number; to: number } {
  const from = bucketStart(window, end - 1);
  return { from, to: nextBucket(window, from) };
}

export function timezoneOf({ schedule }: Pick<Rule, 'schedule'>): string {
  return schedule?.timezone ?? 'UTC';
}

/** The ends of the windows before that a window is compared with; of a week before the first event there are none. */
export function comparedEnds(rule: Pick<Rule, 'condition' | 'window' | 'schedule'>, end: number): readonly number[] {
  const { length, step } = WINDOWS[rule.window];
  const { condition } = rule;
  if (condition.type === 'change') return [condition.against === 'previous' ? end - length : end - 7 * DAY];
  if (condition.type !== 'anomaly') return [];
  const reach = AROUND * length;
  return Array.from({ length: WEEKS }, (_, index) => {
    const same = Math.floor(weeksBefore(end, index + 1, timezoneOf(rule)) / step) * step;
    return Array.from({ length: (2 * reach) / step + 1 }, (_, number) => same - reach + number * step);
  }).flat();
}

export function judge(subject: Subject, end: number): Judgement {
  const { rule } = subject;
  const length =
    rule.condition.type === 'quota' ? end - periodOf(rule.condition.window, end).from : cadenceOf(rule).length;
  if (isStanding(rule.metric)) return judgeStanding(subject, end - length, end);
  const now = measured(subject, length, end);
  const base = fine(end - length, end, now);
  if (now.requests === 0 && rule.noData === 'alert') return { ...base, verdict: 'breach', reason: 'NO_DATA' };
  if (now.value === null && now.requests === 0) return rule.noData === 'keep' ? { ...base, verdict: 'skip' } : base;
  if (rule.metric === 'utilization' && now.value === null) return { ...base, verdict: 'skip', reason: 'NO_LIMIT' };
  return { ...base, ...compare(rule.condition, subject, now, end) };
}

function fine(from: number, end: number, { value, requests }: Measured): Judgement {
  return {
    from,
    end,
    verdict: 'ok',
    reason: null,
    value,
    threshold: null,
    requests,
    previous: null,
    crossed: [],
  };
}

/** Of an hour that is made up for there may be no standing any more: nothing follows from it. */
function judgeStanding({ rule, standing }: Subject, from: number, end: number): Judgement {
  const known = standing(end);
  const figure = { value: known && 'value' in known ? known.value : null, requests: 0 };
  const base = fine(from, end, figure);
  if (known === undefined) return { ...base, verdict: 'skip' };
  if ('missing' in known) return { ...base, verdict: 'skip', reason: known.missing };
  return rule.condition.type === 'threshold' ? { ...base, ...byThreshold(rule.condition, rule, figure) } : base;
}

function measured({ rule, traffic, limits }: Subject, length: number, end: number): Measured {
  return measure(rule.metric, traffic(length, end), length, limits);
}

/** Whether so many requests say enough; counts and standings always do. */
function isEnough({ metric, minimumRequests }: Rule, requests: number): boolean {
  return isCount(metric) || isStanding(metric) || requests >= minimumRequests;
}

function compare(condition: Condition, subject: Subject, now: Measured, end: number): Partial<Judgement> {
  switch (condition.type) {
    case 'threshold':
      return byThreshold(condition, subject.rule, now);
    case 'change':
      return byChange(condition, subject, now, end);
    case 'anomaly':
      return byAnomaly(condition, subject, now, end);
    case 'burnRate':
      return byBurnRate(condition, subject, end);
    case 'quota':
      return byQuota(condition, subject, now, end);
  }
}

function byThreshold(
  { operator, value: threshold, recovery = threshold }: Extract<Condition, { type: 'threshold' }>,
  rule: Rule,
  { value, requests }: Measured,
): Partial<Judgement> {
  if (value === null || !isEnough(rule, requests)) return { threshold };
  const passes = (bound: number): boolean => (operator === 'above' ? value > bound : value < bound);
  if (passes(threshold)) return { threshold, verdict: 'breach', reason: 'THRESHOLD' };
  return { threshold, verdict: passes(recovery) ? 'between' : 'ok' };
}

function byChange(
  { against, direction, percent }: Extract<Condition, { type: 'change' }>,
  subject: Subject,
  { value, requests }: Measured,
  end: number,
): Partial<Judgement> {
  const { length } = WINDOWS[subject.rule.window];
  const before = measured(subject, length, against === 'previous' ? end - length : end - 7 * DAY);
  const previous = before.value;
  // Of counts the larger of the two decides whether there is enough: a drop to nothing is a change.
  const enough = isCount(subject.rule.metric)
    ? Math.max(before.requests, requests) >= subject.rule.minimumRequests
    : isEnough(subject.rule, requests) && isEnough(subject.rule, before.requests);
  if (value === null || previous === null || previous === 0 || !enough) return { previous };
  const change = ((value - previous) / previous) * 100;
  const isBreach = (direction !== 'down' && change > percent) || (direction !== 'up' && change < -percent);
  const threshold = round6(previous * (1 + (change < 0 ? -percent : percent) / 100));
  return { previous, threshold, ...(isBreach ? { verdict: 'breach', reason: 'CHANGE' } : {}) };
}

function byAnomaly(
  { direction, sensitivity }: Extract<Condition, { type: 'anomaly' }>,
  subject: Subject,
  now: Measured,
  end: number,
): Partial<Judgement> {
  const { rule, firstEvent } = subject;
  const { length } = WINDOWS[rule.window];
  const ends = comparedEnds(rule, end);
  const perWeek = ends.length / WEEKS;
  const isComplete = (week: number): boolean => {
    const first = ends[week * perWeek];
    return first !== undefined && firstEvent !== null && first - length >= firstEvent;
  };
  const weeks = Array.from({ length: WEEKS }, (_, week) => week).filter(isComplete);
  if (weeks.length < MIN_WEEKS) return { verdict: 'skip', reason: 'NOT_ENOUGH_HISTORY' };
  const samples = weeks
    .flatMap((week) => ends.slice(week * perWeek, (week + 1) * perWeek))
    .map((sampleEnd) => measured(subject, length, sampleEnd))
    .filter(
      ({ value, requests }) => value !== null && (requests > 0 || isCount(rule.metric)) && isEnough(rule, requests),
    );
  const values = samples.flatMap(({ value }) => value ?? []);
  const baseline = baselineOf(rule.metric, values, now.requests, sensitivity);
  if (!baseline) return { verdict: 'skip', reason: 'NOT_ENOUGH_HISTORY' };
  const { expected, low, high } = baseline;
  const isAbove = (now.value ?? 0) > expected;
  const threshold = direction === 'up' || (direction === 'both' && isAbove) ? high : low;
  const enough = isCount(rule.metric)
    ? Math.max(now.requests, ...samples.map(({ requests }) => requests)) >= rule.minimumRequests
    : isEnough(rule, now.requests);
  const isBreach = enough && isOutOfLine(now, baseline, direction);
  return { previous: expected, threshold, ...(isBreach ? { verdict: 'breach', reason: 'ANOMALY' } : {}) };
}

function byBurnRate(
  { objective }: Extract<Condition, { type: 'burnRate' }>,
  subject: Subject,
  end: number,
): Partial<Judgement> {
  const budget = 100 - objective;
  let shown: Partial<Judgement> = { threshold: round6(BURN_RATES[0].factor * budget) };
  for (const { factor, long, short } of BURN_RATES) {
    const [over, recent] = [measured(subject, long, end), measured(subject, short, end)];
    const threshold = round6(factor * budget);
    const burns = ({ value, requests }: Measured): boolean => value !== null && value >= threshold && requests > 0;
    if (!burns(over) || !burns(recent) || !isEnough(subject.rule, over.requests)) continue;
    shown = {
      from: end - long,
      value: over.value,
      requests: over.requests,
      threshold,
      verdict: 'breach',
      reason: 'BURN_RATE',
    };
    break;
  }
  return shown;
}

/** The value of a quota is in percent of what the limits of a day allow over the period. */
function byQuota(
  { window, percent }: Extract<Condition, { type: 'quota' }>,
  { limits }: Subject,
  { requests }: Measured,
  end: number,
): Partial<Judgement> {
  const perDay = limits?.requestsPerDay ?? null;
  if (perDay === null || perDay === 0) return { verdict: 'skip', reason: 'NO_LIMIT', value: null };
  const { from, to } = periodOf(window, end);
  const value = round6((requests / (perDay * ((to - from) / DAY))) * 100);
  const crossed = percent.filter((level) => value >= level);
  const next = percent.find((level) => value < level) ?? null;
  return {
    value,
    crossed,
    threshold: crossed.at(-1) ?? next,
    ...(crossed.length > 0 ? { verdict: 'breach', reason: 'QUOTA' } : {}),
  };
}
