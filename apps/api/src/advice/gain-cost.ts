/** What advice gains in money, where the account has a plan. */
import { Injectable } from '@nestjs/common';
import { decimal, digitsOf, text, toDigits } from '@meterhouse/pricing';
import { CostService } from '../cost/cost.service';
import { ApiException } from '../http/api-exception';
import { PlanBook } from '../plans/plan-book';
import type { AdviceType, Gain, Judged } from './advice';

type Cost = Awaited<ReturnType<CostService['ofRequests']>>;

/** Requests of which some would be spared, and what they cost. */
interface Priced {
  requests: number | bigint;
  amount: string;
}

/** Of which requests of a fault the spared ones are; left out: of all. */
const SPARED: Partial<Record<AdviceType, 'errors' | 'throttled'>> = {
  error_hot_spot: 'errors',
  throttling: 'throttled',
};

@Injectable()
export class GainCost {
  constructor(
    private readonly costs: CostService,
    private readonly plans: PlanBook,
  ) {}

  /**
   * What the spared requests of a fault cost: as many of the requests of its kind, at what these cost on average.
   * @returns empty where no requests are spared, the account has no
   *   plan, or its window cannot be priced, as where rows of it are gone
   */
  async of(account: string, finding: Judged, signal: AbortSignal): Promise<Pick<Gain, 'cost' | 'currency'>> {
    const { type, gain } = finding;
    if (!gain.requests || this.plans.assignmentsOf(account).length === 0) return {};
    try {
      const answer = await this.costs.ofRequests(account, finding, signal);
      const { currency } = answer;
      return { cost: amountOf(pricedOf(answer, SPARED[type]), gain.requests, currency), currency };
    } catch (error) {
      if (error instanceof ApiException && error.getStatus() < 500) return {};
      throw error;
    }
  }
}

function pricedOf({ waste, byKey, total }: Cost, kind: 'errors' | 'throttled' | undefined): Priced {
  if (kind !== undefined) return waste[kind];
  return { requests: byKey.reduce((sum, { requests }) => sum + BigInt(requests), 0n), amount: total };
}

function amountOf({ requests, amount }: Priced, spared: number, currency: string): string {
  const digits = digitsOf(currency);
  const most = Number(requests) < spared ? Number(requests) : spared;
  if (most === 0) return text(decimal('0'), digits);
  return text(toDigits(decimal(amount).times(decimal(most)).div(decimal(requests)), digits), digits);
}
