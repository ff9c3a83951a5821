/**
 * Intervals by split conformal prediction: what a predictor would have said at many instants of the past is compared with
 * what came, and the quantiles of these errors are the bounds. Nothing is taken for granted about how errors are
 * distributed.
 */
import type { Predictor, Steps } from './predictor';

/** An expected value with its intervals: the true value is inside of them in 80 and in 95 of 100 cases. */
export interface Band {
  expected: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

/** The bounds of errors, in spreads of what was expected. */
type Bounds = Omit<Band, 'expected'>;

/** Bounds of sums over so many steps, by how far ahead they lie. */
interface Unit {
  steps: number;
  /** By the number of whole spans of lead; null where too few errors are known. */
  byLead: readonly (Bounds | null)[];
}

/** Where fewer errors are known, another length or lead must do. */
const LEAST_ERRORS = 8;

/** From so many independent errors on their quantiles are the bounds. */
const TELLING = 20;

const NO_BOUNDS: Bounds = { low80: 0, high80: 0, low95: 0, high95: 0 };

/** What spread is to be expected of a sum: of chance, and of a tenth of it. Errors are measured by it. */
export function spreadOf(expected: number): number {
  return Math.sqrt((0.1 * expected) ** 2 + expected + 1);
}

/** How far a predictor was off in the past. */
export class Bands {
  private constructor(
    private readonly units: readonly Unit[],
    private readonly span: number,
  ) {}

  /**
   * @param origins the numbers of steps that are known when a prediction is made, ascending
   * @param until the end of what is known today
   * @param units the lengths of sums whose errors are wanted, in steps, ascending
   * @param span how many steps of lead are taken together
   * @param horizon how many steps ahead is of interest
   */
  static measure(
    steps: Steps,
    predictor: Predictor,
    of: { origins: readonly number[]; until: number; units: readonly number[]; span: number; horizon: number },
  ): Bands {
    const { origins, until, units, span, horizon } = of;
    const errors = units.map((): number[][] => []);
    const [expected, actual] = [new Float64Array(horizon + 1), new Float64Array(horizon + 1)];
    for (const origin of origins) {
      const predict = predictor.fit(steps, origin);
      const length = Math.min(until - origin, horizon);
      for (let lead = 0; lead < length; lead++) {
        expected[lead + 1] = (expected[lead] ?? 0) + predict(lead);
        actual[lead + 1] = (actual[lead] ?? 0) + (steps.values[origin + lead] ?? 0);
      }
      units.forEach((unit, index) => {
        for (let from = 0, to = unit; to <= length; from = to, to += unit) {
          const sum = (expected[to] ?? 0) - (expected[from] ?? 0);
          const error = (actual[to] ?? 0) - (actual[from] ?? 0) - sum;
          ((errors[index] ??= [])[Math.floor((to - 1) / span)] ??= []).push(error / spreadOf(sum));
        }
      });
    }
    const past = until - (origins[0] ?? until);
    // Errors far ahead share what came before them: those of origins that are nearer to each other say the same twice.
    const boundsOf = (of: number[] | undefined, shared: number): Bounds | null =>
      of === undefined || of.length < LEAST_ERRORS ? null : bounds(Float64Array.from(of), past / shared);
    return new Bands(
      units.flatMap((unit, index) => {
        const byLead = Array.from(errors[index] ?? [], (of, spans) => boundsOf(of, Math.max(unit, spans * span)));
        return byLead.some((known) => known !== null) ? [{ steps: unit, byLead }] : [];
      }),
      span,
    );
  }

  /** Whether there are errors to make bounds of. */
  get areKnown(): boolean {
    return this.units.length > 0;
  }

  /**
   * The band of a sum. Where the past is too short for its lead, the errors of the longest known lead are taken, and grow
   * with the root of the lead. Without any known errors all bounds are the expected value.
   * @param steps how many steps are summed
   * @param lead of the last of them, from 0
   */
  around(expected: number, steps: number, lead: number): Band {
    const unit = this.units.find((candidate) => candidate.steps >= steps) ?? this.units.at(-1);
    const span = Math.floor(lead / this.span);
    const nearest = unit ? nearestKnown(unit.byLead, span) : 0;
    const { low80, high80, low95, high95 } = unit?.byLead[nearest] ?? NO_BOUNDS;
    const spread = spreadOf(expected) * Math.sqrt(Math.max(1, (span + 1) / (nearest + 1)));
    return {
      expected,
      low80: Math.max(0, Math.min(expected, expected + spread * low80)),
      high80: Math.max(expected, expected + spread * high80),
      low95: Math.max(0, Math.min(expected, expected + spread * low95)),
      high95: Math.max(expected, expected + spread * high95),
    };
  }
}

/** The last index up to `index` with known bounds, else the first after it. */
function nearestKnown(items: readonly (Bounds | null)[], index: number): number {
  for (let at = Math.min(index, items.length - 1); at >= 0; at--) if (items[at]) return at;
  return items.findIndex((known) => known !== null);
}

/**
 * The quantiles of errors. Sums that overlap say the same twice: where few are independent, the bounds are those of
 * Student's distribution around no error, as wide as few errors call for.
 */
function bounds(errors: Float64Array, independent: number): Bounds {
  if (independent >= TELLING) {
    errors.sort();
    return {
      low80: quantile(errors, 0.1),
      high80: quantile(errors, 0.9),
      low95: quantile(errors, 0.025),
      high95: quantile(errors, 0.975),
    };
  }
  const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
  const deviation = Math.sqrt(squares / errors.length);
  const [of80, of95] = studentOf(independent);
  return {
    low80: -deviation * of80,
    high80: deviation * of80,
    low95: -deviation * of95,
    high95: deviation * of95,
  };
}

/** With the correction for their number: outermost where there are few. */
function quantile(sorted: Float64Array, share: number): number {
  const { length } = sorted;
  const rank = share < 0.5 ? Math.floor((length + 1) * share) - 1 : Math.ceil((length + 1) * share) - 1;
  return sorted[Math.max(0, Math.min(length - 1, rank))] ?? 0;
}

/** The 0.9 and 0.975 quantiles of Student's distribution, from 1 degree of freedom to 20. */
const STUDENT: readonly (readonly [freedom: number, of80: number, of95: number])[] = [
  [1, 3.078, 12.706],
  [2, 1.886, 4.303],
  [3, 1.638, 3.182],
  [4, 1.533, 2.776],
  [6, 1.44, 2.447],
  [10, 1.372, 2.228],
  [20, 1.325, 2.086],
];

function studentOf(independent: number): readonly [number, number] {
  const row = STUDENT.findLast(([freedom]) => freedom <= Math.max(1, independent));
  return row ? [row[1], row[2]] : [0, 0];
}
