import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Clock, HOUR, Serial, Settings, Slices, bucketStart, floorTo, iso } from '@meterhouse/common';
import { NotificationsService } from '../../alert-channels/notifications.service';
import { KeyRegistry } from '../../auth/key-registry';
import { AlertsRepository } from '../history/alerts.repository';
import { RuleRegistry } from '../rules/rule-registry';
import { type Rule, cadenceOf, delayOf, isMonotone } from '../rules/rule';
import { SilenceRegistry } from '../silences/silence-registry';
import { isRevoked } from '../views/rule-view';
import { type Decision, notificationsOf, toDecision } from './decision';
import { type RuleContext, definitionOf, evaluateRule } from './evaluate';
import { FigureTable } from './figure-table';
import { FiguresRepository } from './figures.repository';
import type { JudgedReason } from './judge';
import { type Change, type EndReason, type RuleState, endAll } from './machine';
import { endsBetween, readsOf } from './needs';
import { Standings } from './standings';
import { type Cursor, StatesRepository } from './states.repository';

/** Windows that ended longer ago than this, while nothing could be evaluated, are passed over. */
const MAX_CATCH_UP_MS = 6 * HOUR;

interface RuleTurn {
  rule: Rule;
  ends: readonly number[];
  running: readonly number[];
}

/**
 * Evaluates rules turn by turn. What a turn decides is written as one block together with how far it came, and passed on
 * after; so a turn that is broken off decided nothing, and one that was written is passed on whole, again where need be.
 */
@Injectable()
export class Evaluator {
  private readonly logger = new Logger('AlertRules');
  /** Names what this process writes. */
  private readonly writer = randomUUID();
  private readonly states = new Map<string, RuleState>();
  private readonly firstEvents = new Map<string | null, number>();
  private readonly notJudged = new Map<string, JudgedReason>();
  private readonly turns = new Serial();
  /** Null until it was read. */
  private cursor: Cursor | null = null;
  /** What was known of it last, also where it has to be read again. */
  private judgedTo: number | null = null;

  constructor(
    private readonly rules: RuleRegistry,
    private readonly silences: SilenceRegistry,
    private readonly keys: KeyRegistry,
    private readonly figures: FiguresRepository,
    private readonly standings: Standings,
    private readonly repository: StatesRepository,
    private readonly alerts: AlertsRepository,
    private readonly notifications: NotificationsService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Why the latest windows of a rule could not be judged, as far as this instance evaluates; null where they were. */
  notJudgedBecause(ruleId: string): JudgedReason | null {
    return this.notJudged.get(ruleId) ?? null;
  }

  /** Windows that end by then are judged, as far as this instance knows; epoch milliseconds, null until it was read. */
  get evaluatedTo(): number | null {
    return this.judgedTo;
  }

  /** Forgets where it stands: another process may have gone on. */
  stepBack(): void {
    this.cursor = null;
    this.judgedTo = null;
  }

  /**
   * Judges what has become complete since the last turn; one turn at a time.
   * @param watermark every event that was accepted before is visible; epoch milliseconds
   * @param early also judges windows that run, of rules that more events can only confirm
   * @throws StorageFailure when ClickHouse is away: nothing was decided, or it is passed on in the next turn
   */
  turn(watermark: number, early: boolean): Promise<void> {
    return this.turns.run(() => this.judgeNew(watermark, early));
  }

  private async judgeNew(watermark: number, early: boolean): Promise<void> {
    const now = this.clock.now();
    const to = floorTo('minute', Math.min(watermark, now));
    // Nothing is known yet of what an earlier process accepted.
    if (to === 0) return;
    try {
      const cursor = this.cursor ?? (await this.open(to));
      const from = Math.max(cursor.evaluatedTo, to - MAX_CATCH_UP_MS);
      if (from > cursor.evaluatedTo && cursor.number > 0) {
        this.logger.warn(`Alert rules were not evaluated from ${iso(cursor.evaluatedTo)} to ${iso(from)}.`);
      }
      const ended = this.endedStates(now);
      const turns = this.turnsOf(from, to, now, early);
      if (to <= cursor.evaluatedTo && turns.length === 0 && ended.length === 0) return;
      await this.evaluate(cursor, Math.max(to, cursor.evaluatedTo), turns, ended, now);
    } catch (error) {
      this.cursor = null;
      throw error;
    }
  }

  /** Reads where the evaluation stands, and passes on what it decided last. */
  private async open(to: number): Promise<Cursor> {
    // Before the first evaluation: no window that ended before its rule was made is judged anyhow.
    const beginning = { number: 0, evaluatedTo: to - MAX_CATCH_UP_MS, decisions: [] };
    const cursor = (await this.repository.cursor()) ?? beginning;
    this.states.clear();
    for (const state of await this.repository.states()) this.states.set(state.ruleId, state);
    await this.passOn(cursor);
    this.cursor = cursor;
    this.judgedTo = cursor.evaluatedTo;
    return cursor;
  }

  private turnsOf(from: number, to: number, now: number, early: boolean): RuleTurn[] {
    const find = this.keys.find.bind(this.keys);
    const turns: RuleTurn[] = [];
    for (const rule of this.rules.list()) {
      if (!rule.enabled || isRevoked(rule, find, now)) continue;
      const delay = delayOf(rule);
      const ends = latestOfQuota(rule, endsBetween(rule, Math.max(from - delay, rule.definedAt), to - delay));
      const running =
        early && isMonotone(rule) ? endsBetween(rule, Math.max(to, rule.definedAt), now + cadenceOf(rule).step) : [];
      if (ends.length + running.length > 0) turns.push({ rule, ends, running });
    }
    return turns;
  }

  /** States of rules that have changed or ended since. */
  private endedStates(now: number): { state: RuleState; rule: Rule | null; reason: EndReason }[] {
    const find = this.keys.find.bind(this.keys);
    return [...this.states.values()].flatMap((state) => {
      const known = this.rules.find(state.ruleId);
      const reason = reasonToEnd(known, state, () => known !== undefined && isRevoked(known.rule, find, now));
      return reason === null ? [] : [{ state, rule: known?.rule ?? null, reason }];
    });
  }

  private async evaluate(
    cursor: Cursor,
    to: number,
    turns: readonly RuleTurn[],
    ended: ReturnType<Evaluator['endedStates']>,
    now: number,
  ): Promise<void> {
    const decisions: Decision[] = [];
    const decide = (rule: Rule, changes: readonly Change[]): void => {
      for (const change of changes) decisions.push(toDecision(change, rule, to));
    };
    const quiet = new Set<string>();
    const states = new Map<string, RuleState>();
    const isSilenced = this.silences.at(now);
    for (const { state, rule, reason } of ended) {
      quiet.add(state.ruleId);
      if (rule === null) continue;
      for (const [group, groupState] of Object.entries(state.groups)) {
        const context = {
          rule,
          group,
          now,
          isSilenced: isSilenced(rule, group),
          isLatest: true,
          isAcknowledged: () => false,
        };
        decide(rule, endAll(groupState, reason, context));
      }
    }
    const table = await this.read(turns);
    const contextOf = await this.contexts(turns, isSilenced, now);
    await new Slices(null).each(turns, ({ rule, ends, running }) => {
      const before = quiet.has(rule.id) ? null : (this.states.get(rule.id) ?? null);
      const { state, changes, notJudged } = evaluateRule(before, { ends, running }, table, contextOf(rule));
      decide(rule, changes);
      if (ends.length > 0) this.noteNotJudged(rule.id, notJudged);
      if (state) states.set(rule.id, state);
      else if (before) quiet.add(rule.id);
    });
    for (const id of states.keys()) quiet.delete(id);
    await this.commit({ number: cursor.number + 1, evaluatedTo: to, decisions }, states, quiet);
  }

  private async commit(
    next: Cursor,
    states: ReadonlyMap<string, RuleState>,
    quiet: ReadonlySet<string>,
  ): Promise<void> {
    const changed = [...states.values()];
    const stored = await this.repository.commit({ ...next, states: changed, quiet: [...quiet] }, this.writer);
    if (stored !== 'own') {
      // Another instance has made this step, and what it decided counts; or it is made again.
      this.cursor = null;
      return;
    }
    for (const id of quiet) this.states.delete(id);
    for (const [id, state] of states) this.states.set(id, state);
    await this.passOn(next);
    this.cursor = { ...next, decisions: [] };
    this.judgedTo = next.evaluatedTo;
  }

  /** Stores and sends what was decided; doing it again changes nothing. */
  private async passOn({ number, decisions }: Cursor): Promise<void> {
    if (decisions.length === 0) return;
    const latest = new Map(decisions.map(({ alert }) => [alert.id, alert]));
    await this.alerts.insert(number, [...latest.values()]);
    await this.notifications.enqueue(
      decisions.flatMap((decision) => notificationsOf(decision, this.settings.server.publicUrl)),
    );
  }

  private async read(turns: readonly RuleTurn[]): Promise<FigureTable> {
    const table = new FigureTable();
    const due = turns.map(({ rule, ends, running }) => ({ rule, ends: [...ends, ...running] }));
    for (const read of readsOf(due)) await this.figures.read(read, table);
    await this.standings.read(due, table);
    return table;
  }

  private async contexts(
    turns: readonly RuleTurn[],
    isSilenced: ReturnType<SilenceRegistry['at']>,
    now: number,
  ): Promise<(rule: Rule) => RuleContext> {
    const anomalies = turns.filter(({ rule }) => rule.condition.type === 'anomaly').map(({ rule }) => rule.accountId);
    await this.readFirstEvents(new Set(anomalies));
    const acknowledged = await this.acknowledged(turns);
    const keysOf = new Map<string | null, RuleContext['keys']>();
    return (rule) => {
      const keys = keysOf.get(rule.accountId) ?? this.keys.list(rule.accountId);
      keysOf.set(rule.accountId, keys);
      return {
        rule,
        keys,
        firstEvent: this.firstEvents.get(rule.accountId) ?? null,
        now,
        isSilenced: (group) => isSilenced(rule, group),
        isAcknowledged: (id) => acknowledged.has(id),
      };
    };
  }

  /** When accounts began is read once: an event before that comes late, and says nothing about the time between. */
  private async readFirstEvents(accountIds: ReadonlySet<string | null>): Promise<void> {
    const unknown = [...accountIds].filter((id) => !this.firstEvents.has(id));
    if (unknown.length === 0) return;
    for (const [id, at] of await this.figures.firstEvents(unknown)) this.firstEvents.set(id, at);
  }

  /** Those of the alerts that may be due for a reminder. */
  private async acknowledged(turns: readonly RuleTurn[]): Promise<ReadonlySet<string>> {
    const ids = turns
      .filter(({ rule }) => rule.renotifyAfterMinutes !== null)
      .flatMap(({ rule }) => Object.values(this.states.get(rule.id)?.groups ?? {}))
      .flatMap(({ alerts }) => alerts.map(({ id }) => id));
    const notes = await this.alerts.notes(ids);
    return new Set([...notes].filter(([, { acknowledgedAt }]) => acknowledgedAt !== null).map(([id]) => id));
  }

  private noteNotJudged(ruleId: string, reason: JudgedReason | null): void {
    if (reason === null) this.notJudged.delete(ruleId);
    else this.notJudged.set(ruleId, reason);
  }
}

function reasonToEnd(
  known: ReturnType<RuleRegistry['find']>,
  state: RuleState,
  revoked: () => boolean,
): EndReason | null {
  if (!known || known.deleted) return 'RULE_DELETED';
  if (!known.rule.enabled) return 'RULE_DISABLED';
  if (definitionOf(known.rule) !== state.definition) return 'RULE_CHANGED';
  return revoked() ? 'KEY_REVOKED' : null;
}

/** A quota only grows within a period: of several windows the latest of each says it all. */
function latestOfQuota({ condition }: Rule, ends: number[]): number[] {
  if (condition.type !== 'quota') return ends;
  const period = (end: number): number => bucketStart(condition.window, end - 1);
  return ends.filter((end, index) => period(end) !== period(ends[index + 1] ?? Infinity));
}
