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

/** A line's run closed down to the base line. */
export function areaPath(run: readonly Place[], base: number): string {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return '';
  return `${linePath(run)}L${last.x.toFixed(1)},${base.toFixed(1)}L${first.x.toFixed(1)},${base.toFixed(1)}Z`;
}
