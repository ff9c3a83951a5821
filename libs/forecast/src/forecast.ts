/** A forecast with its intervals, and how good it was in the past. */
import { type Band, Bands } from './bands';
import type { Predictor, Steps } from './predictor';

/** How a forecast is made. */
export interface Method {
  predictor: Predictor;
  /** Steps from one origin of the past to the next. */
  stride: number;
  /** Steps of lead whose errors are taken together. */
  span: number;
  /** Lengths of sums whose errors are measured, in steps, ascending. */
  units: readonly number[];
  /** Most origins. */
  origins: number;
  /** What errors are compared with: the error of repeating what was so many steps before. */
  season: number;
}

/** How a method did at origins of the past, each with intervals made from the origins before it. */
export interface Accuracy {
  /** Mean absolute error, in those of repeating the last season within the past; below 1 is better. Null where that made none. */
  mase: number | null;
  /** Shares of the steps that came inside of the intervals, from 0 to 1. */
  coverage80: number;
  coverage95: number;
  /** How many forecasts of the past were compared. */
  origins: number;
}

/** Fewer than this say nothing about intervals. */
const LEAST_JUDGED = 4;

/** A forecast of the steps after the known ones. */
export class Forecast {
  private readonly predict: (lead: number) => number;
  private readonly bands: Bands;
  readonly origins: readonly number[];

  /**
   * @param known how many steps are known
   * @param horizon how many steps ahead is of interest
   */
  constructor(
    private readonly steps: Steps,
    private readonly known: number,
    private readonly horizon: number,
    private readonly method: Method,
  ) {
    this.predict = method.predictor.fit(steps, known);
    this.origins = originsOf(known, method);
    this.bands = this.measured(this.origins, known);
  }

  /** The expected value a number of steps ahead, from 0. */
  expected(lead: number): number {
    return this.predict(lead);
  }

  /**
   * The band of a sum of steps that follow one another, which is not the sum of their bands.
   * @param from lead of the first, from 0
   * @param to lead after the last
   */
  sum(from: number, to: number): Band {
    let expected = 0;
    for (let lead = from; lead < to; lead++) expected += this.predict(lead);
    return this.bands.around(expected, to - from, to - 1);
  }

  /** Null where the past has too few origins. */
  accuracy(): Accuracy | null {
    const { steps, known, horizon } = this;
    // The older half makes the intervals that the newer half is judged by.
    const judged = this.origins.slice(-Math.ceil(this.origins.length / 2));
    const [first] = judged;
    if (first === undefined || judged.length < LEAST_JUDGED) return null;
    const bands = this.measured(this.origins.slice(0, -judged.length), first);
    if (!bands.areKnown) return null;
    let [count, error, in80, in95] = [0, 0, 0, 0];
    for (const origin of judged) {
      const predict = this.method.predictor.fit(steps, origin);
      for (let lead = 0; lead < Math.min(known - origin, horizon); lead++) {
        const actual = steps.values[origin + lead] ?? 0;
        const { expected, low80, high80, low95, high95 } = bands.around(predict(lead), 1, lead);
        count++;
        error += Math.abs(actual - expected);
        // Where nothing changes, bounds are as far apart as rounding makes them.
        const slack = 1e-9 * (1 + expected);
        if (actual >= low80 - slack && actual <= high80 + slack) in80++;
        if (actual >= low95 - slack && actual <= high95 + slack) in95++;
      }
    }
    const scale = naiveError(steps.values, known, this.method.season);
    return {
      mase: scale > 0 ? error / count / scale : null,
      coverage80: in80 / count,
      coverage95: in95 / count,
      origins: judged.length,
    };
  }

  private measured(origins: readonly number[], until: number): Bands {
    const { units, span, predictor } = this.method;
    const own = units.includes(this.horizon) ? units : [...units, this.horizon].sort((a, b) => a - b);
    return Bands.measure(this.steps, predictor, { origins, until, units: own, span, horizon: this.horizon });
  }
}

/** Ascending. */
function originsOf(known: number, { predictor, stride, origins }: Method): number[] {
  const found: number[] = [];
  for (let at = known - stride; at >= predictor.least && found.length < origins; at -= stride) found.push(at);
  return found.reverse();
}

/** The mean absolute difference from the value of a season before; 0 where there is no season before. */
export function naiveError(values: ArrayLike<number>, known: number, season: number): number {
  let sum = 0;
  for (let index = season; index < known; index++)
    sum += Math.abs((values[index] ?? 0) - (values[index - season] ?? 0));
  return known > season ? sum / (known - season) : 0;
}
