import { Injectable } from '@nestjs/common';
import { Clock, HOUR, Slices, iso } from '@meterhouse/common';
import type { Accuracy, Band } from '@meterhouse/forecast';
import { QueryGate } from '../admission/query-gate';
import type { AccountScope } from '../auth/key';
import { Watermark } from '../storage/watermark';
import { UsageService } from '../usage/usage.service';
import { type DemandByHour, DemandRepository } from './demand.repository';
import type { ForecastQueryDto } from './dto/forecast-query.dto';
import type { AccuracyDto, ForecastResponseDto } from './dto/forecast-response.dto';
import { HORIZON_HOURS, historyOf, hoursToRead } from './history';
import { forecastOf } from './method';
import { endOfBucket, pointsOf } from './points';

/** What is yet to come of a span of time. Null where there is too little history to say. */
export type Projection = Band | null;

/** Projections of an account, */
export interface AccountProjection {
  account: Projection;
  /** and of its keys with requests; their intervals do not sum to those of the account. */
  byKey: Map<string, Projection>;
}

/** Forecasts demand: what is asked for, throttled requests among it. */
@Injectable()
export class ForecastService {
  constructor(
    private readonly demand: DemandRepository,
    private readonly usage: UsageService,
    private readonly gate: QueryGate,
    private readonly watermark: Watermark,
    private readonly clock: Clock,
  ) {}

  /**
   * The forecast of some keys or all keys of a scope.
   * @param signal fires when the client has disconnected
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, OVERLOADED when too many reads wait
   */
  async forecast(scope: AccountScope, query: ForecastQueryDto, signal: AbortSignal): Promise<ForecastResponseDto> {
    const keyIds = query.keyId.length === 0 ? [] : this.usage.keysAskedFor(scope, query.keyId).map(({ id }) => id);
    const { timezone, granularity, metric } = query;
    const calendar = { timezone, weekStart: 'monday' } as const;
    const hours = HORIZON_HOURS[query.horizon];
    const starts = hoursToRead(this.complete(), hours, calendar);
    const demand = await this.gate.run(scope, signal, (gated, limits) =>
      this.demand.together({ scope, keyIds, starts }, { signal: gated, limits }),
    );
    const to = starts.at(-1) ?? 0;
    const until = endOfBucket(granularity, to + hours * HOUR, calendar);
    const history = historyOf(metric, demand, starts, until, calendar);
    const { name, forecast, confidence, notice } = forecastOf(history, hours);
    const accuracy = forecast?.accuracy() ?? null;
    return {
      success: true,
      method: name,
      history: {
        from: iso(history.from),
        to: iso(to),
        requests: history.requests,
        throttledRequests: history.throttled,
      },
      points: forecast
        ? pointsOf(forecast, history, granularity, until, calendar).map(({ at, ...band }) => ({
            timestamp: iso(at),
            ...rounded(band),
          }))
        : [],
      total: forecast && rounded(forecast.sum(0, hours)),
      accuracy: accuracy && toAccuracy(accuracy),
      confidence,
      notice,
      timestamp: iso(this.clock.now()),
    };
  }

  /**
   * The demand that is yet to come until an instant, such as the end of a billing period: what the complete hours do not
   * have yet. It begins with the running hour, so that usage is to be counted up to `from`.
   * @param withKeys whether the keys are projected, too: a millisecond or two each
   * @example const { from, account } = await forecasts.projectedUntil('acme', periodEnd, options)
   */
  async projectedUntil(
    accountId: string,
    until: number,
    signal: AbortSignal,
    withKeys = true,
  ): Promise<AccountProjection & { from: number }> {
    const calendar = { timezone: 'UTC', weekStart: 'monday' } as const;
    const complete = this.complete();
    const hours = Math.max(0, Math.ceil((until - complete) / HOUR));
    const starts = hoursToRead(complete, hours, calendar);
    const from = starts.at(-1) ?? complete;
    return this.gate.run(accountId, signal, async (gated, limits) => {
      const of = { scope: accountId, keyIds: [], starts };
      const options = { signal: gated, limits };
      const [together, byKey] = await Promise.all([
        this.demand.together(of, options),
        withKeys ? this.demand.byKey(of, options) : new Map<string, DemandByHour>(),
      ]);
      const project = (demand: typeof together): Projection => {
        const history = historyOf('requests', demand, starts, until, calendar);
        const ahead = history.starts.length - history.known;
        return ahead === 0 ? null : (forecastOf(history, ahead).forecast?.sum(0, ahead) ?? null);
      };
      const slices = new Slices(accountId, gated);
      const keys = new Map<string, Projection>();
      for (const [key, demand] of byKey) {
        // A forecast takes a millisecond or two.
        if (slices.spent) await slices.next();
        keys.set(key, project(demand));
      }
      return { from, account: project(together), byKey: keys };
    });
  }

  /** The instant up to which every event is counted; now where events of an earlier process are still being read. */
  private complete(): number {
    const now = this.clock.now();
    return Math.min(now, this.watermark.at() || now);
  }
}

function rounded({ expected, low80, high80, low95, high95 }: Band): Band {
  const to = (value: number): number => Math.round(value * 100) / 100;
  return { expected: to(expected), low80: to(low80), high80: to(high80), low95: to(low95), high95: to(high95) };
}

function toAccuracy({ mase, coverage80, coverage95, origins }: Accuracy): AccuracyDto {
  const percent = (share: number): number => Math.round(share * 1_000) / 10;
  return {
    mase: mase === null ? null : Math.round(mase * 1_000) / 1_000,
    coverage80: percent(coverage80),
    coverage95: percent(coverage95),
    origins,
  };
}
