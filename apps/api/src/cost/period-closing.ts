import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, DAY, HOUR, MINUTE, Poll, parseInstant, reasonOf } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { PlanBook } from '../plans/plan-book';
import { DataVersions } from '../storage/data-versions';
import { Watermark } from '../storage/watermark';
import { adjustmentsOf } from './adjustments';
import { ClosedPeriodsRepository } from './closed-periods.repository';
import { requestsOfAnswer } from './cost.answer';
import { CostService } from './cost.service';

/** How long after its end a period is closed, so that what comes a little late is in it. */
export const CLOSES_AFTER_MS = DAY;

const INTERVAL_MS = 5 * MINUTE;

/**
 * Records what each account's last period came to a day after its end, once all events accepted by then are counted, and
 * once more when that has changed. One account after the other, in the queue of its reads.
 */
@Injectable()
export class PeriodClosing implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Cost');
  private readonly stopping = new AbortController();
  /** What was known when an account was looked at last. */
  private readonly seen = new Map<string, string>();
  private readonly poll = new Poll(
    () => this.closeAll(),
    INTERVAL_MS,
    (error) => this.logger.error(`Periods cannot be closed; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Periods are closed again.'),
  );

  constructor(
    private readonly plans: PlanBook,
    private readonly costs: CostService,
    private readonly records: ClosedPeriodsRepository,
    private readonly versions: DataVersions,
    private readonly watermark: Watermark,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.poll.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.poll.stop();
  }

  /**
   * Closes what is due. An account that cannot be read does not hold up the others.
   * @throws Error the first one that may pass, as where the store is away: its account is tried again at the next turn
   */
  async closeAll(): Promise<void> {
    const passing: unknown[] = [];
    for (const accountId of this.plans.accountsWithPlan()) {
      if (this.stopping.signal.aborted) return;
      const state = this.stateOf(accountId);
      if (this.seen.get(accountId) === state) continue;
      try {
        if (await this.close(accountId)) this.seen.set(accountId, state);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        if (!isRefusal(error)) {
          passing.push(error);
          continue;
        }
        // The same would be refused again until something changes.
        this.seen.set(accountId, state);
        this.logger.warn(`The last period of account ${accountId} cannot be closed: ${reasonOf(error)}`);
      }
    }
    if (passing.length > 0) throw passing[0];
  }

  /** The answer about the last period stays the same as long as this does: within the hour on a server, where others write. */
  private stateOf(accountId: string): string {
    const now = this.clock.now();
    const version = this.versions.version(accountId, 'all') ?? `${Math.floor(now / HOUR)}`;
    return `${Math.floor(now / DAY)} ${version} ${this.plans.revision}`;
  }

  /** @returns whether the last period was old enough */
  private async close(accountId: string): Promise<boolean> {
    const now = this.clock.now();
    const answer = await this.costs.ofPeriod(accountId, 'previous', this.stopping.signal);
    const period = { from: parseInstant(answer.period.from), to: parseInstant(answer.period.to) };
    const settled = Math.min(now, this.watermark.at() ?? now);
    if (settled < period.to + CLOSES_AFTER_MS) return false;
    const state = {
      recordedAt: now,
      planId: answer.plan.id,
      currency: answer.currency,
      requests: requestsOfAnswer(answer),
      total: answer.total,
    };
    const last = (await this.records.recordsOf(accountId, period)).at(-1);
    if (last === undefined || adjustmentsOf([last, state]).length > 0) {
      await this.records.insert(accountId, period, state);
    }
    return true;
  }
}

/** Whether the answer is the service's own no, such as of a period whose events are gone. */
function isRefusal(error: unknown): boolean {
  return error instanceof ApiException && error.getStatus() < 500;
}
