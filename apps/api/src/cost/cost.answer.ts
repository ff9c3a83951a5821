/** Prices → the contract's JSON. */
import { iso } from '@meterhouse/common';
import { type Bill, type Decimal, type Line, ZERO, digitsOf, sum, text, totalOf } from '@meterhouse/pricing';
import { type PeriodState, adjustmentsOf } from './adjustments';
import { exactly } from '../http/json';
import type { PlanVersion } from '../plans/plan-version';
import { requestsOf, sumOfRules } from '../usage/read/counts';
import type { CostWindow } from './cost-window';
import type { CostResponseDto, LineDto, WasteDto } from './dto/cost-response.dto';
import type { ReadPiece } from './piece.reader';
import { OTHER, type Share } from './price-piece';
import type { Projected } from './projection';

/** Most keys and endpoints in an answer; the rest is one row. */
const MAX_ROWS = 1_000;

/** What an answer is made of. */
export interface ToAnswer {
  /** The one that the answer names: the last that held in the window. */
  version: PlanVersion;
  timezone: string;
  window: CostWindow;
  now: number;
  watermark: number;
  pieces: readonly ReadPiece[];
  projected: Projected | null;
  /** What the period came to when it was closed and after. */
  records: readonly PeriodState[];
  nameOf: (keyId: string) => string | null;
}

export function costAnswer(of: ToAnswer): CostResponseDto {
  const answer = figuresOf(of);
  const { closed, adjustments } = sinceClosing(of, answer);
  return { ...answer, closed, adjustments };
}

/** Requests of the window, those without a price too. */
export function requestsOfAnswer({ byKey }: Pick<CostResponseDto, 'byKey'>): bigint {
  return byKey.reduce((total, { requests }) => total + BigInt(requests), 0n);
}

function sinceClosing({ records, now }: ToAnswer, answer: Figures): Pick<CostResponseDto, 'closed' | 'adjustments'> {
  const [first] = records;
  if (first === undefined) return { closed: null, adjustments: [] };
  const { currency, total } = answer;
  const digits = digitsOf(currency);
  const present = { recordedAt: now, currency, total, requests: requestsOfAnswer(answer) };
  return {
    closed: { at: iso(first.recordedAt), total: first.total, requests: exactly(first.requests) },
    adjustments: adjustmentsOf([...records, present]).map(({ at, requests, amount }) => ({
      at: iso(at),
      requests: exactly(requests),
      amount: text(amount, digits),
    })),
  };
}

type Figures = Omit<CostResponseDto, 'closed' | 'adjustments'>;

function figuresOf({ version, timezone, window, now, watermark, pieces, projected, nameOf }: ToAnswer): Figures {
  const { id, version: number, plan } = version;
  const digits = digitsOf(plan.currency);
  const money = (amount: Decimal): string => text(amount, digits);
  const priced = pieces.flatMap((piece) => piece.priced ?? []);
  const bills = priced.map(({ bill }) => bill);
  const of = (pick: (bill: Bill) => Decimal): string => money(sum(bills.map(pick)));
  return {
    success: true,
    plan: { id, version: number, name: plan.name },
    currency: plan.currency,
    period: {
      from: iso(window.from),
      to: iso(window.to),
      timezone,
      complete: watermark >= window.to,
      watermark: iso(watermark),
    },
    total: of(totalOf),
    lines: linesOf(pieces, money),
    flatFee: of((bill) => bill.flatFee),
    discount: of((bill) => bill.discount),
    minimumTopUp: of((bill) => bill.minimumTopUp),
    maximumCut: of((bill) => bill.maximumCut),
    unpriced: unpricedOf(pieces),
    byKey: ranked(joined(pieces, 'keys')).map(([keyId, { requests, amount }]) => ({
      keyId,
      name: nameOf(keyId),
      requests: exactly(requests),
      amount: money(amount),
    })),
    byEndpoint: ranked(joined(pieces, 'endpoints')).map(([endpoint, { requests, amount }]) => ({
      endpoint,
      requests: exactly(requests),
      amount: money(amount),
    })),
    timeSeries: seriesOf(pieces, window, now, money),
    waste: wasteOf(pieces, money),
    projected: projected && {
      expected: money(projected.expected),
      low: money(projected.low),
      high: money(projected.high),
    },
    timestamp: iso(now),
  };
}

/** The lines of the plans of all pieces, one a price: versions of a plan have the same ids for what they go on pricing. */
function linesOf(pieces: readonly ReadPiece[], money: (amount: Decimal) => string): LineDto[] {
  const lines = new Map<string, Line>();
  for (const { version, priced } of pieces) {
    for (const line of priced?.bill.lines ?? []) {
      const key = `${version?.id}\n${line.priceId}`;
      const before = lines.get(key);
      lines.set(key, {
        ...line,
        units: line.units.plus(before?.units ?? ZERO),
        billableUnits: line.billableUnits.plus(before?.billableUnits ?? ZERO),
        amount: line.amount.plus(before?.amount ?? ZERO),
      });
    }
  }
  return [...lines.values()].map(({ priceId, name, units, billableUnits, amount }) => ({
    priceId,
    name,
    units: numberOf(units),
    includedUnits: numberOf(units.minus(billableUnits)),
    billableUnits: numberOf(billableUnits),
    amount: money(amount),
  }));
}

function unpricedOf(pieces: readonly ReadPiece[]): CostResponseDto['unpriced'] {
  const reasons = new Map<CostResponseDto['unpriced'][number]['reason'], bigint>();
  const add = (reason: CostResponseDto['unpriced'][number]['reason'], requests: bigint): void => {
    if (requests > 0n) reasons.set(reason, (reasons.get(reason) ?? 0n) + requests);
  };
  for (const { priced, counts } of pieces) {
    if (priced) priced.unpriced.forEach(({ reason, requests }) => add(reason, requests));
    else add('no_plan', requestsOf(sumOfRules([...counts.points.values()])));
  }
  return [...reasons].map(([reason, requests]) => ({ reason, requests: exactly(requests) }));
}

/** Requests and amounts by name; those of a time without a plan cost nothing. */
function joined(pieces: readonly ReadPiece[], dimension: 'keys' | 'endpoints'): Map<string, Share> {
  const all = new Map<string, Share>();
  const add = (name: string, requests: bigint, amount: Decimal): void => {
    const before = all.get(name);
    all.set(name, { requests: requests + (before?.requests ?? 0n), amount: amount.plus(before?.amount ?? ZERO) });
  };
  for (const { priced, counts } of pieces) {
    if (priced) for (const [name, { requests, amount }] of priced[dimension]) add(name, requests, amount);
    else for (const [name, byRule] of counts[dimension]) add(name, requestsOf(byRule), ZERO);
  }
  return all;
}

/** The dearest first, of equal ones those with the most requests; past `MAX_ROWS` the rest in one. */
function ranked(all: ReadonlyMap<string, Share>): [string, Share][] {
  const { [OTHER]: unnamed, ...named } = Object.fromEntries(all);
  const rows = Object.entries(named).sort(
    ([one, a], [other, b]) => b.amount.cmp(a.amount) || Number(b.requests - a.requests) || (one < other ? -1 : 1),
  );
  const rest = [...rows.splice(MAX_ROWS).map(([, share]) => share), ...(unnamed ? [unnamed] : [])];
  if (rest.length === 0) return rows;
  const requests = rest.reduce((total, share) => total + share.requests, 0n);
  return [...rows, [OTHER, { requests, amount: sum(rest.map(({ amount }) => amount)) }]];
}

function seriesOf(
  pieces: readonly ReadPiece[],
  { starts }: CostWindow,
  now: number,
  money: (amount: Decimal) => string,
): CostResponseDto['timeSeries'] {
  return starts
    .filter((start) => start <= now)
    .map((start) => ({
      timestamp: iso(start),
      amount: money(sum(pieces.map(({ priced }) => priced?.series.get(start) ?? ZERO))),
    }));
}

function wasteOf(pieces: readonly ReadPiece[], money: (amount: Decimal) => string): WasteDto {
  const of = (kind: 'errors' | 'throttled'): WasteDto['errors'] => ({
    requests: exactly(pieces.reduce((requests, { counts }) => requests + requestsOf(counts.waste.get(kind) ?? []), 0n)),
    amount: money(sum(pieces.map(({ priced }) => priced?.waste.get(kind)?.amount ?? ZERO))),
  });
  const retries = pieces.flatMap(({ priced }) => priced ?? []).map((piece) => piece.retries);
  const known = retries.flatMap((share) => share ?? []);
  return {
    errors: of('errors'),
    throttled: of('throttled'),
    retries:
      known.length < retries.length
        ? null
        : {
            requests: exactly(known.reduce((total, { requests }) => total + requests, 0n)),
            amount: money(sum(known.map(({ amount }) => amount))),
          },
  };
}

/** Of at most 15 digits exact. */
function numberOf(units: Decimal): number | bigint {
  const written = text(units);
  return written.includes('.') ? Number(written) : exactly(BigInt(written));
}
