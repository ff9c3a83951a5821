import { Injectable } from '@nestjs/common';
import { Clock, DAY, HOUR, Settings, Slices, floorTo, iso } from '@meterhouse/common';
import { QueryGate } from '../../admission/query-gate';
import type { Identity } from '../../auth/identity';
import { KeyRegistry } from '../../auth/key-registry';
import { ApiException } from '../../http/api-exception';
import { Watermark } from '../../storage/watermark';
import { type RuleContext, evaluateRule } from '../evaluation/evaluate';
import { FigureTable } from '../evaluation/figure-table';
import { FiguresRepository } from '../evaluation/figures.repository';
import { type Judgement, lengthsOf } from '../evaluation/judge';
import type { Change, RuleState } from '../evaluation/machine';
import { endsBetween, readsOf } from '../evaluation/needs';
import { Standings } from '../evaluation/standings';
import { selectionOf } from '../evaluation/selection';
import { Reader } from '../rules/reader';
import { type Rule, cadenceOf, isCount, isStanding } from '../rules/rule';
import { RulesService } from '../rules/rules.service';
import { groupOf } from '../views/alert-view';
import { type FiringDto, PREVIEW_TIMEFRAMES, type PreviewDto, type PreviewRuleDto } from './dto/preview.dto';
import { addPeriods } from './periods';
import { PreviewSeries } from './series';

const DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const;

/** Windows that are read and judged together; of a rule with groups there are figures for each. */
const WINDOWS_AT_ONCE = 30_000;
const GROUPED_WINDOWS_AT_ONCE = 1_000;

/** Judged without a look at the clock: less than a millisecond for each group. */
const WINDOWS_OF_A_SLICE = 50;

const MAX_FIRINGS = 10_000;

/** Tries rules on the past. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly rules: RulesService,
    private readonly figures: FiguresRepository,
    private readonly standings: Standings,
    private readonly keys: KeyRegistry,
    private readonly gate: QueryGate,
    private readonly watermark: Watermark,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * @param signal fires when the client has disconnected
   * @throws ApiException as `RulesService.create`, and OVERLOADED when too many reads wait
   */
  async preview(caller: Identity, body: PreviewRuleDto, signal: AbortSignal): Promise<PreviewDto> {
    const reader = Reader.of(body);
    const timeframe = reader.oneOf('timeframe', PREVIEW_TIMEFRAMES, '7d');
    const given = reader.object('rule', 'a rule as POST /alerts/rules takes it', (fields) => fields.all());
    if (given === undefined) reader.wrong('rule', 'a rule as POST /alerts/rules takes it');
    reader.check();
    const { accountId, ...fields } = given ?? {};
    const rule = { ...(await this.rules.ruleOf(caller, accountId, fields)), definedAt: 0 };
    const now = this.clock.now();
    const to = floorTo('minute', Math.min(now, this.watermark.at() ?? now));
    const from = Math.max(to - DAYS[timeframe] * DAY, this.keptFrom(rule, now));
    const ends = endsBetween(rule, from, to);
    if (isStanding(rule.metric)) return this.previewStanding(rule, ends, from, now, signal);
    return this.gate.run(rule.accountId, signal, async (running, limits) => {
      const run = new PreviewRun(rule, await this.contextOf(rule, now), new PreviewSeries(ends));
      const count = rule.groupBy === null ? WINDOWS_AT_ONCE : GROUPED_WINDOWS_AT_ONCE;
      for (let start = 0; start < ends.length; start += count) {
        const part = ends.slice(start, start + count);
        const options = { signal: running, limits, account: rule.accountId };
        const table = new FigureTable();
        if (rule.condition.type === 'quota') await addPeriods(rule, rule.condition, part, table, this.figures, options);
        else for (const read of readsOf([{ rule, ends: part }])) await this.figures.read(read, table, options);
        running.throwIfAborted();
        await run.add(part, table, running);
      }
      return run.answer(from, now);
    });
  }

  /** Of what is forecast only the present is known. The reads have their own place in the gate. */
  private async previewStanding(
    rule: Rule,
    ends: readonly number[],
    from: number,
    now: number,
    signal: AbortSignal,
  ): Promise<PreviewDto> {
    if (rule.metric !== 'cost') {
      const message =
        `metric ${rule.metric} cannot be tried on the past: what was forecast then is not stored. ` +
        'Its figure of now is in GET /usage/cost and GET /usage/capacity.';
      throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'rule.metric', message }]);
    }
    const run = new PreviewRun(rule, await this.contextOf(rule, now), new PreviewSeries(ends));
    const table = new FigureTable();
    await this.standings.read([{ rule, ends }], table, signal);
    await run.add(ends, table, signal);
    return run.answer(from, now);
  }

  private async contextOf(rule: Rule, now: number): Promise<RuleContext> {
    const firstEvents =
      rule.condition.type === 'anomaly'
        ? await this.figures.firstEvents([rule.accountId])
        : new Map<string | null, number>();
    return {
      rule,
      keys: this.keys.list(rule.accountId),
      firstEvent: firstEvents.get(rule.accountId) ?? null,
      now,
      isSilenced: () => false,
      isAcknowledged: () => true,
    };
  }

  /** From where on windows can be judged, by what they are read from. */
  private keptFrom(rule: Rule, now: number): number {
    const { rawDays, minuteDays, hourDays } = this.settings.retention;
    const isDetail = selectionOf(rule).isDetail || rule.groupBy === 'endpoint';
    const days = cadenceOf(rule).step % HOUR === 0 ? hourDays : isDetail ? rawDays : minuteDays;
    const longest = Math.max(...lengthsOf(rule));
    return floorTo('day', now) - (days - 1) * DAY + longest + (rule.condition.type === 'anomaly' ? 0 : backOf(rule));
  }
}

/** How far back windows are compared with others. */
function backOf(rule: Rule): number {
  const { metric, condition } = rule;
  if (isStanding(metric)) return 31 * DAY;
  if (condition.type === 'quota') return condition.window === 'day' ? DAY : 31 * DAY;
  if (condition.type !== 'change') return 0;
  return condition.against === 'lastWeek' ? 7 * DAY : cadenceOf(rule).length;
}

/** What a rule does, window after window. */
/** What of a judgement a chart shows: of too few requests there is a value, by which nothing is decided. */
function shownOf(judgement: Judgement, { metric, minimumRequests }: Rule): Judgement {
  const isEnough = isCount(metric) || isStanding(metric) || judgement.requests >= minimumRequests;
  return isEnough ? judgement : { ...judgement, value: null };
}

class PreviewRun {
  private state: RuleState | null = null;
  private evaluations = 0;
  private notJudged: string | null = null;
  private readonly firings = new Map<string, FiringDto>();
  private readonly context: RuleContext;

  constructor(
    private readonly rule: Rule,
    context: RuleContext,
    private readonly series: PreviewSeries,
  ) {
    this.context = { ...context, onJudged: (judgement) => series.add(shownOf(judgement, rule)) };
  }

  /** Judges windows in slices: a rule may have a hundred thousand. */
  async add(ends: readonly number[], table: FigureTable, signal: AbortSignal): Promise<void> {
    const slices = new Slices(this.rule.accountId, signal);
    for (let start = 0; start < ends.length; start += WINDOWS_OF_A_SLICE) {
      if (slices.spent) await slices.next();
      this.judge(ends.slice(start, start + WINDOWS_OF_A_SLICE), table);
    }
  }

  private judge(ends: readonly number[], table: FigureTable): void {
    const { state, changes, evaluations, notJudged } = evaluateRule(
      this.state,
      { ends, running: [] },
      table,
      this.context,
    );
    this.state = state;
    this.evaluations += evaluations;
    this.notJudged = notJudged;
    for (const change of changes) this.note(change);
  }

  answer(from: number, now: number): PreviewDto {
    const firings = [...this.firings.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    return {
      success: true,
      evaluations: this.evaluations,
      firings: firings.slice(0, MAX_FIRINGS),
      series: this.series.points(),
      openNow: firings.filter(({ to }) => to === null).length,
      from: iso(from),
      notJudged: this.notJudged,
      timestamp: iso(now),
    };
  }

  private note({ alert, group }: Change): void {
    if (alert.firingAt === null) return;
    const known = this.firings.get(alert.id);
    this.firings.set(alert.id, {
      group: groupOf(this.rule.groupBy, group),
      from: iso(alert.firingAt),
      value: alert.value,
      threshold: alert.threshold,
      ...known,
      to: alert.state === 'resolved' ? iso(alert.resolvedAt) : null,
    });
  }
}
