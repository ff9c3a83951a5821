/** What a running period is expected to cost at its end. */
import { Injectable } from '@nestjs/common';
import { type Counts, type Decimal, billOf, decimal, sum, totalOf } from '@meterhouse/pricing';
import { ForecastService } from '../forecast/forecast.service';
import { requestsOf, sumOfRules } from '../usage/read/counts';
import type { CostWindow } from './cost-window';
import type { ReadPiece } from './piece.reader';
import { progressOf } from './price-piece';
import { ofPrices } from './rules';

/** Totals at the end of the period. */
export interface Projected {
  expected: Decimal;
  low: Decimal;
  high: Decimal;
}

export interface ToProject {
  scope: string;
  window: CostWindow;
  isFiltered: boolean;
  pieces: readonly ReadPiece[];
  now: number;
}

/** Requests from now on; in 8 of 10 cases they are between `low` and `high`. */
interface RequestsToCome {
  expected: number;
  low: number;
  high: number;
}

/** Counts to so many digits are as good as exact. */
const DIGITS_OF_FACTORS = 9;

@Injectable()
export class Projection {
  constructor(private readonly forecasts: ForecastService) {}

  /**
   * The bill of the period where requests go on as the account's forecast expects them, in the proportions of the prices
   * that they have had so far. Null but for a whole running period of all requests; where there is too little history for
   * a forecast, and where the plan changes on the way.
   */
  async of({ scope, window, isFiltered, pieces, now }: ToProject, signal: AbortSignal): Promise<Projected | null> {
    const last = pieces.at(-1);
    const part = last?.parts.at(-1);
    if (!window.isPeriod || isFiltered || window.to <= now || !last?.version || part === undefined) return null;
    if (part.from > now || part.to < window.to) return null;
    const { plan } = last.version;
    const soFar = [...last.counts.all.values()].reduce((total, byRule) => total + requestsOf(byRule), 0n);
    const toCome = await this.toCome(scope, window, pieces, signal);
    if (toCome === null || soFar === 0n) return null;
    const counts = sumOfRules([...last.counts.all].flatMap(([start, byRule]) => (start >= part.from ? [byRule] : [])));
    const before = sum(pieces.slice(0, -1).flatMap(({ priced }) => (priced ? totalOf(priced.bill) : [])));
    const totalWith = (more: number): Decimal => {
      const factor = decimal((1 + more / Number(soFar)).toFixed(DIGITS_OF_FACTORS));
      const grown = ofPrices(plan, counts).map((count) => times(count, factor));
      return before.plus(totalOf(billOf(plan, grown, progressOf(part, part.to - part.from))));
    };
    return { expected: totalWith(toCome.expected), low: totalWith(toCome.low), high: totalWith(toCome.high) };
  }

  /** A forecast begins with the hour that is not complete: what of it is counted already is not to come. */
  private async toCome(
    scope: string,
    { to }: CostWindow,
    pieces: readonly ReadPiece[],
    signal: AbortSignal,
  ): Promise<RequestsToCome | null> {
    const { from, account } = await this.forecasts.projectedUntil(scope, to, signal, false);
    if (account === null) return null;
    const since = pieces.flatMap(({ counts }) => [...counts.points].filter(([start]) => start >= from));
    const counted = since.reduce((total, [, byRule]) => total + Number(requestsOf(byRule)), 0);
    const left = (requests: number): number => Math.max(0, requests - counted);
    return { expected: left(account.expected), low: left(account.low80), high: left(account.high80) };
  }
}

function times({ requests, bytes }: Counts, factor: Decimal): Counts {
  const grown = (count: bigint): bigint => BigInt(decimal(count).times(factor).toFixed(0));
  return { requests: grown(requests), bytes: grown(bytes) };
}
