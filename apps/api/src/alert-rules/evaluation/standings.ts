/** Reads what accounts stand at, for rules on cost, on projected cost and on the days until a limit. */
import { Injectable, Logger } from '@nestjs/common';
import { SECOND, StorageFailure, reasonOf } from '@meterhouse/common';
import { CapacityService, type KeyHeadroom } from '../../capacity/capacity.service';
import { CostService } from '../../cost/cost.service';
import { ApiException } from '../../http/api-exception';
import { type StandingMetric, isStanding } from '../rules/rule';
import type { FigureTable, Standing, StandingOf } from './figure-table';
import type { Due } from './needs';

/** An account that takes longer is not waited for: its rules are judged an hour later. */
const READ_MS = 10 * SECOND;

/** The windows of the rules of one account on one metric, which share what is read. */
interface Sharing {
  accountId: string;
  metric: StandingMetric;
  ends: Set<number>;
}

/**
 * The definitions are those of `GET /usage/cost` and `GET /usage/capacity`. An account is read once for each metric,
 * however many rules it has, one account after the other, in the queue of its reads.
 */
@Injectable()
export class Standings {
  private readonly logger = new Logger('AlertRules');

  constructor(
    private readonly costs: CostService,
    private readonly capacity: CapacityService,
  ) {}

  /**
   * Adds the standings at the ends of windows; what is forecast only at the last of them, since the forecasts of earlier
   * hours are not known any more.
   * @param signal breaks it off; without one an account has ten seconds
   * @throws StorageFailure when ClickHouse is away; the signal's reason. An account that cannot be read for another reason
   *   stands at that
   */
  async read(due: readonly Due[], into: FigureTable, signal?: AbortSignal): Promise<void> {
    for (const { accountId, metric, ends } of sharingsOf(due)) {
      const ascending = [...ends].sort((a, b) => a - b);
      const limit = signal ?? AbortSignal.timeout(READ_MS);
      const standing = await this.standingOf(metric, accountId, ascending, limit).catch((error: unknown) => {
        if (error instanceof StorageFailure || signal?.aborted === true) throw error;
        return this.missing(accountId, metric, error);
      });
      into.addStanding(metric, accountId, standing);
    }
  }

  private async standingOf(
    metric: StandingMetric,
    accountId: string,
    ends: readonly number[],
    signal: AbortSignal,
  ): Promise<StandingOf> {
    if (metric === 'cost') {
      const spent = await this.costs.spentBy(accountId, ends, signal);
      return (_, end) => {
        const total = spent.get(end);
        return total && { value: Number(total.toFixed()) };
      };
    }
    const last = ends.at(-1);
    const atLast =
      (standing: (keyIds: ReadonlySet<string>) => Standing): StandingOf =>
      (keyIds, end) =>
        end === last ? standing(keyIds) : undefined;
    if (metric === 'runway') {
      const limits = await this.capacity.headroom(accountId, [], signal);
      return atLast((keyIds) => runwayOf(limits.filter(({ key }) => keyIds.has(key.id))));
    }
    const { projected } = await this.costs.ofPeriod(accountId, 'current', signal);
    return atLast(() => (projected ? { value: Number(projected.expected) } : { missing: 'NOT_ENOUGH_HISTORY' }));
  }

  private missing(accountId: string, metric: StandingMetric, error: unknown): StandingOf {
    if (error instanceof ApiException && error.code === 'PLAN_NOT_FOUND') return () => ({ missing: 'NO_PLAN' });
    this.logger.warn(`Rules of account ${accountId} on ${metric} are not judged this hour: ${reasonOf(error)}`);
    return () => ({ missing: 'NOT_READABLE' });
  }
}

function sharingsOf(due: readonly Due[]): Iterable<Sharing> {
  const sharings = new Map<string, Sharing>();
  for (const { rule, ends } of due) {
    const { metric, accountId } = rule;
    if (!isStanding(metric) || accountId === null) continue;
    const name = `${metric} ${accountId}`;
    const sharing = sharings.get(name) ?? { accountId, metric, ends: new Set() };
    sharings.set(name, sharing);
    for (const end of ends) sharing.ends.add(end);
  }
  return sharings.values();
}

/** The days until the first of these limits is met; null where none is within the forecast. */
function runwayOf(limits: readonly KeyHeadroom[]): Standing {
  if (limits.length === 0) return { missing: 'NO_LIMIT' };
  const days = limits.flatMap(({ daysLeft }) => daysLeft ?? []);
  return { value: days.length === 0 ? null : Math.min(...days) };
}
