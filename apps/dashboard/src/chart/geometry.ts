/** From figures to places and paths. */

/**
 * Round values for an axis from 0 to at least `max`, three to six of them.
 * @example niceTicks(87) // [0, 25, 50, 75, 100]
 */
export function niceTicks(max: number, wholeOnly = false): number[] {
  const top = max > 0 ? max : 1;
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = wholeOnly ? Math.max(1, Math.round(factor * power)) : factor * power;
  const steps = Math.max(1, Math.ceil(top / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** From a value to its height, 0 at the bottom and 1 at the top. */
export interface Heights {
  ticks: readonly number[];
  of: (value: number) => number;
}

/** @param max of the values, from 0 up */
export function linearHeights(max: number, wholeOnly = false): Heights {
  const ticks = niceTicks(max, wholeOnly);
  const top = ticks.at(-1) ?? 1;
  return { ticks, of: (value) => value / top };
}

/**
 * Each decade as high as the next, from the one that holds the least value above zero; what is below lies at the bottom.
 * @example logHeights([3, 800]).ticks // [1, 10, 100, 1000]
 */
export function logHeights(values: Iterable<number | null>): Heights {
  let [least, most] = [Infinity, 0];
  for (const value of values) {
    if (value === null || value <= 0) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === 0) return linearHeights(0);
  const low = Math.floor(Math.log10(least));
  const high = Math.max(low + 1, Math.ceil(Math.log10(most) - 1e-9));
  // Within few decades the steps between them help, too.
  const steps = high - low <= 2 ? [1, 2, 5] : [1];
  const ticks = Array.from({ length: high - low }, (_, index) => steps.map((step) => step * 10 ** (low + index)));
  return {
    ticks: [...ticks.flat(), 10 ** high].map((tick) => Number(tick.toPrecision(12))),
    of: (value) => (value <= 0 ? 0 : Math.max(0, (Math.log10(value) - low) / (high - low))),
  };
}

/** The highest of each of at most `most` groups of neighbours: peaks stay, and so do gaps that are as wide as a group. */
export function thinned(values: readonly (number | null)[], most: number): (number | null)[] {
  const size = Math.ceil(values.length / most);
  if (size <= 1) return [...values];
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values
      .slice(index * size, (index + 1) * size)
      .reduce((best, value) => (value === null || (best !== null && best >= value) ? best : value), null),
  );
}

export interface Place {
  x: number;
  y: number;
}

/** Neighbours that all have a value; null is a gap between them. */
export function runsOf<T>(items: readonly (T | null)[]): T[][] {
  const runs: T[][] = [];
  let run: T[] = [];
  for (const item of items) {
    if (item !== null) {
      if (run.length === 0) runs.push(run);
      run.push(item);
    } else {
      run = [];
    }
  }
  return runs;
}

export function linePath(run: readonly Place[]): string {
  return run.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('');
}

/** A stretch with a lower and an upper edge. */
export function bandPath(run: readonly { x: number; low: number; high: number }[]): string {
  if (run.length === 0) return '';
  const upper = linePath(run.map(({ x, high }) => ({ x, y: high })));
  const lower = linePath(run.toReversed().map(({ x, low }) => ({ x, y: low })));
  return `${upper}${lower.replace('M', 'L')}Z`;
}

/** A line's run closed down to the base line. */
export function areaPath(run: readonly Place[], base: number): string {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return '';
  return `${linePath(run)}L${last.x.toFixed(1)},${base.toFixed(1)}L${first.x.toFixed(1)},${base.toFixed(1)}Z`;
}
