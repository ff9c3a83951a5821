/** What the usage of an account costs: decides what is counted, and prices it. Instants are epoch milliseconds. */
import { Injectable } from '@nestjs/common';
import { Clock, Settings, Slices, type Span, iso } from '@meterhouse/common';
import { type Decimal, periodAt, sum, totalOf } from '@meterhouse/pricing';
import { QueryGate } from '../admission/query-gate';
import type { AccountScope } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { ApiException } from '../http/api-exception';
import type { PlanBodyDto } from '../plans/plan-body';
import { PlanBook } from '../plans/plan-book';
import { planOfBody } from '../plans/plan-of-body';
import type { PlanStretch, PlanVersion } from '../plans/plan-version';
import { noPlan } from '../plans/plans.service';
import { Watermark } from '../storage/watermark';
import { UsageReader } from '../usage/read/usage.reader';
import { type Filters, hasDetailFilters } from '../usage/request/filters';
import { filtersOf, windowRequestOf } from '../usage/request/usage-request';
import { UsageService } from '../usage/usage.service';
import { costAnswer } from './cost.answer';
import { ClosedPeriodsRepository } from './closed-periods.repository';
import { type CostWindow, costWindowOf, periodNamed, windowOfPeriod } from './cost-window';
import { CostQueryDto } from './dto/cost-query.dto';
import type { PreviewQueryDto } from './dto/preview-query.dto';
import type { CostResponseDto } from './dto/cost-response.dto';
import { type CostRead, PieceReader, type ReadPiece } from './piece.reader';
import { billOfPart } from './price-piece';
import { piecesOf, stretchesOfAccount, stretchesOfPlan } from './parts';
import { Projection } from './projection';
import type { WindowRequest } from '../usage/request/window';
import type { ReadOptions } from '../usage/read/counts.reader';

/** Most pieces of a window: each is a statement. */
const MAX_PIECES = 100;

@Injectable()
export class CostService {
  constructor(
    private readonly plans: PlanBook,
    private readonly usage: UsageService,
    private readonly reader: UsageReader,
    private readonly pieces: PieceReader,
    private readonly projection: Projection,
    private readonly closed: ClosedPeriodsRepository,
    private readonly gate: QueryGate,
    private readonly keys: KeyRegistry,
    private readonly watermark: Watermark,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * What a window of an account costs.
   * @param signal fires when the client has disconnected
   * @throws ApiException PLAN_NOT_FOUND without a plan, KEY_NOT_FOUND for a key outside the scope, GRANULARITY_TOO_FINE,
   *   INVALID_PARAMETERS, OVERLOADED when too many reads wait
   */
  cost(scope: AccountScope, query: CostQueryDto, signal: AbortSignal): Promise<CostResponseDto> {
    return this.price(scope, query, null, signal);
  }

  /**
   * What a billing period of an account would cost by a plan that is not stored.
   * @throws ApiException as `cost`; INVALID_PARAMETERS with a detail for each field of the plan that is wrong
   */
  preview({ accountId, period }: PreviewQueryDto, body: PlanBodyDto, signal: AbortSignal): Promise<CostResponseDto> {
    const version: PlanVersion = { id: 'preview', version: 1, effectiveFrom: 0, plan: planOfBody(body) };
    return this.price(accountId, Object.assign(new CostQueryDto(), { period }), version, signal);
  }

  /** @param tried a plan in place of that of the account, and of the query; null: there is none */
  private async price(
    scope: AccountScope,
    query: CostQueryDto,
    tried: PlanVersion | null,
    signal: AbortSignal,
  ): Promise<CostResponseDto> {
    if (scope === null) throw refused('accountId', 'accountId should name an account: plans are of one account each.');
    const now = this.clock.now();
    const watermark = Math.min(now, this.watermark.at() ?? now);
    this.usage.keysAskedFor(scope, query.keyId);
    const stretches = tried ? stretchesOfPlan([tried]) : this.stretches(scope, query.planId);
    const holding = holdingAt(stretches, now);
    const filters = filtersOf(query);
    const isFiltered = hasFilters(filters);
    const isOwnPlan = query.planId === undefined && tried === null;
    const read = await this.gate.run(scope, signal, async (gated, limits) => {
      const options = { signal: gated, limits };
      const window = await this.window(scope, query, holding, now, options);
      const planned = piecesOf(stretches, window);
      refuseMany(planned.length);
      refuseTwoCurrencies(planned.flatMap(({ version }) => version ?? []));
      const asked = { scope, filters, isFiltered, window, withRetries: query.includeRetries, now };
      const isClosing = window.isPeriod && window.to <= now && !isFiltered && isOwnPlan;
      const [pieces, records] = await Promise.all([
        this.pieces.read(asked, planned, options),
        isClosing ? this.closed.recordsOf(scope, window) : [],
      ]);
      return { window, pieces, records };
    });
    // A forecast is a read of its own, and has its own place among them.
    const projected = await this.projection.of({ scope, isFiltered, now, ...read }, signal);
    return costAnswer({
      ...read,
      version: read.pieces.findLast(({ version }) => version !== null)?.version ?? holding.version,
      timezone: query.timezone ?? holding.version.plan.timezone,
      now,
      watermark,
      projected,
      nameOf: (keyId) => this.keys.find(scope, keyId)?.name ?? null,
    });
  }

  /** What the requests of a span cost, of one key or endpoint where they are named. @throws ApiException as `cost` */
  ofRequests(
    accountId: string,
    { from, to, keyId, endpoint }: Span & { keyId: string | null; endpoint: string | null },
    signal: AbortSignal,
  ): Promise<CostResponseDto> {
    const query = { from: iso(from), to: iso(to), granularity: 'month' };
    const filters = { keyId: keyId === null ? [] : [keyId], endpoint: endpoint === null ? [] : [endpoint] };
    return this.cost(accountId, Object.assign(new CostQueryDto(), query, filters), signal);
  }

  /** What the running period of an account costs, or the last one that is over. @throws ApiException as `cost` */
  ofPeriod(accountId: string, period: 'current' | 'previous', signal: AbortSignal): Promise<CostResponseDto> {
    return this.cost(accountId, Object.assign(new CostQueryDto(), { period, granularity: 'month' }), signal);
  }

  /**
   * What the running period of an account cost at instants, as `period=current` would have said then by the events that
   * are known now: fees and the minimum of the whole period are in it from its start.
   * @param instants whole hours, ascending, none after the running hour; at one where a period ends it is that which ends
   * @returns the totals by instant
   * @throws ApiException as `cost`
   * @example const spent = (await costs.spentBy('acme', [hour], signal)).get(hour);
   */
  async spentBy(accountId: string, instants: readonly number[], signal: AbortSignal): Promise<Map<number, Decimal>> {
    const stretches = this.stretches(accountId, undefined);
    const periods = new Map<number, { period: Span; instants: number[] }>();
    for (const at of instants) {
      const period = periodAt(at - 1, holdingAt(stretches, at - 1).version.plan);
      const known = periods.get(period.from) ?? { period, instants: [] };
      periods.set(period.from, { period, instants: [...known.instants, at] });
    }
    return this.gate.run(accountId, signal, async (gated, limits) => {
      const spent = new Map<number, Decimal>();
      const slices = new Slices(accountId, gated);
      for (const { period, instants: within } of periods.values()) {
        const window = windowUntil(period, within);
        const planned = piecesOf(stretches, window);
        refuseMany(planned.length);
        refuseTwoCurrencies(planned.flatMap(({ version }) => version ?? []));
        const read = { ...wholeAccount(accountId), window, now: this.clock.now() };
        const pieces = await this.pieces.read(read, planned, { signal: gated, limits });
        for (const at of within) {
          if (slices.spent) await slices.next();
          spent.set(at, totalBefore(pieces, at, window));
        }
      }
      return spent;
    });
  }

  /** @throws ApiException PLAN_NOT_FOUND */
  private stretches(accountId: string, planId: string | undefined): PlanStretch[] {
    if (planId !== undefined) return stretchesOfPlan(this.plans.versionsOf(planId));
    const stretches = stretchesOfAccount(this.plans.assignmentsOf(accountId), (id) => this.plans.versionsOf(id));
    if (stretches.length === 0) throw noPlan(accountId);
    return stretches;
  }

  private async window(
    scope: string,
    query: CostQueryDto,
    { version: { plan } }: PlanStretch,
    now: number,
    options: ReadOptions,
  ): Promise<CostWindow> {
    const timezone = query.timezone ?? plan.timezone;
    const request: WindowRequest = { ...windowRequestOf({ ...query, timezone, groupBy: [] }), detailed: true };
    const isWindow = query.timeframe !== undefined || query.from !== undefined;
    if (isWindow) {
      if (query.period !== undefined) throw refused('period', 'Use either period, or a window.');
      return costWindowOf(await this.reader.window({ scope, filters: filtersOf(query) }, request, now, options));
    }
    const period: Span = periodNamed(query.period ?? 'current', plan, now);
    const complete = Math.min(now, this.watermark.at() || now);
    return windowOfPeriod(period, request, now, complete, this.settings.retention);
  }
}

function wholeAccount(scope: string): Pick<CostRead, 'scope' | 'filters' | 'isFiltered' | 'withRetries'> {
  return { scope, filters: filtersOf(new CostQueryDto()), isFiltered: false, withRetries: false };
}

/** A period, of which the rows up to the last of some instants are read, counted apart at each of them. */
function windowUntil(period: Span, instants: readonly number[]): CostWindow {
  const calendar = { timezone: 'UTC', weekStart: 'monday' } as const;
  return {
    ...period,
    readTo: instants.at(-1) ?? period.from,
    isPeriod: true,
    calendar,
    hours: instants,
    starts: [period.from],
  };
}

/** The bill of the window by what was counted before an instant. */
function totalBefore(pieces: readonly ReadPiece[], at: number, window: CostWindow): Decimal {
  const bills = pieces.flatMap(({ version, parts, counts }) => {
    if (version === null) return [];
    const all = new Map([...counts.all].filter(([start]) => start < at));
    return parts.map((part) => billOfPart(version.plan, part, { all }, window));
  });
  return sum(bills.map(totalOf));
}

/** Whether requests of the account are left out. */
function hasFilters(filters: Filters): boolean {
  return hasDetailFilters(filters) || filters.keyIds.length > 0;
}

/** The stretch that holds now; the first one where all are to come, the last one where all are over. */
function holdingAt(stretches: readonly PlanStretch[], now: number): PlanStretch {
  const holding = stretches.findLast(({ from }) => from <= now) ?? stretches[0];
  if (holding === undefined) throw new Error('A plan holds at no time.');
  return holding;
}

function refuseMany(pieces: number): void {
  if (pieces <= MAX_PIECES) return;
  throw refused(
    'from',
    `The plan changes ${pieces - 1} times in this window, more than ${MAX_PIECES}; use a shorter one.`,
  );
}

/** Amounts of two currencies do not add up. */
function refuseTwoCurrencies(versions: readonly PlanVersion[]): void {
  const currencies = [...new Set(versions.map(({ plan }) => plan.currency))];
  if (currencies.length < 2) return;
  throw refused(
    'from',
    `Plans of this window are in ${currencies.join(' and ')}, which do not add up; use a window with one.`,
  );
}

function refused(field: string, message: string): ApiException {
  return new ApiException('INVALID_PARAMETERS', message, [{ field, message }]);
}
