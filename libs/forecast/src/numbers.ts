/** Robust means and quantiles. */

/** Sorts the values in place. @returns NaN for no values */
export function median(values: number[] | Float64Array): number {
  // Few values: by insertion, which costs a fraction of what a call of sort does.
  for (let index = 1; index < values.length; index++) {
    const value = values[index] ?? 0;
    let at = index;
    for (; at > 0 && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
  const middle = values.length >> 1;
  const upper = values[middle] ?? NaN;
  return values.length % 2 === 1 ? upper : (upper + (values[middle - 1] ?? NaN)) / 2;
}

/** The mean without the lowest and the highest value, where there are at least four. Sorts the values in place. */
export function trimmedMean(values: number[]): number {
  values.sort(ascending);
  const kept = values.length < 4 ? values : values.slice(1, -1);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

/** The slope of the line through points one step apart: the median of the slopes between all pairs. 0 below two points. */
export function medianSlope(values: readonly number[]): number {
  const slopes: number[] = [];
  values.forEach((later, to) => {
    for (let from = 0; from < to; from++) slopes.push((later - (values[from] ?? 0)) / (to - from));
  });
  return slopes.length === 0 ? 0 : median(slopes);
}

export function ascending(a: number, b: number): number {
  return a - b;
}
