/** What a running period is expected to cost at its end. */
import { Injectable } from '@nestjs/common';
import { bucketStartsIn } from '@meterhouse/common';
import { type Counts, type Decimal, billOf, decimal, sum, totalOf } from '@meterhouse/pricing';
import { requestsOf, sumOfRules } from '../usage/read/counts';
import type { CostWindow } from './cost-window';
import type { ReadPiece } from './piece.reader';
import { progressOf } from './price-piece';
import { ProjectUnits } from './project-units';
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

/** Counts to so many digits are as good as exact. */
const DIGITS_OF_FACTORS = 9;

@Injectable()
export class Projection {
  constructor(private readonly units: ProjectUnits) {}

  /**
   * The bill of the period where requests go on as expected, in the proportions of the prices that they have had so far.
   * Null but for a whole running period of all requests; where too little is known, and where the plan changes on the way.
   */
  async of({ scope, window, isFiltered, pieces, now }: ToProject): Promise<Projected | null> {
    const last = pieces.at(-1);
    const part = last?.parts.at(-1);
    if (!window.isPeriod || isFiltered || window.to <= now || !last?.version || part === undefined) return null;
    if (part.from > now || part.to < window.to) return null;
    const { plan } = last.version;
    const days = daysOf(pieces, window, now);
    const toCome = await this.units.toCome({ accountId: scope, now, until: window.to, days });
    const soFar = [...last.counts.all.values()].reduce((total, byRule) => total + requestsOf(byRule), 0n);
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
}

/** Requests of the days of the period that are over, from the first with any on: before it nothing was used yet. */
function daysOf(pieces: readonly ReadPiece[], { from, calendar }: CostWindow, now: number): number[] {
  const starts = bucketStartsIn('day', from, now + 1, calendar);
  const requests = starts.map(() => 0);
  for (const { counts } of pieces) {
    for (const [point, byRule] of counts.points) {
      const day = starts.findLastIndex((start) => start <= point);
      requests[day] = (requests[day] ?? 0) + Number(requestsOf(byRule));
    }
  }
  const first = requests.findIndex((count) => count > 0);
  return first === -1 ? [] : requests.slice(first, -1);
}

function times({ requests, bytes }: Counts, factor: Decimal): Counts {
  const grown = (count: bigint): bigint => BigInt(decimal(count).times(factor).toFixed(0));
  return { requests: grown(requests), bytes: grown(bytes) };
}
