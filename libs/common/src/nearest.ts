/** Finds the value a client most likely meant, for messages such as `"24hr": did you mean "24h"?`. */

/** Levenshtein distance; both words are short. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The allowed value nearest to `given`, or null when none is near enough to be a slip. */
export function nearest(given: string, allowed: readonly string[]): string | null {
  if (given.length === 0 || given.length > 40) return null;
  const word = given.toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of allowed) {
    const d = distance(word, candidate.toLowerCase());
    if (d < bestDistance) [best, bestDistance] = [candidate, d];
  }
  const tolerated = Math.max(1, Math.min(3, Math.floor((best ?? '').length / 2)));
  return bestDistance <= tolerated ? best : null;
}

/** ` Did you mean "24h"?`, or nothing. */
export function didYouMean(given: unknown, allowed: readonly string[]): string {
  const near = typeof given === 'string' ? nearest(given, allowed) : null;
  return near === null ? '' : ` Did you mean "${near}"?`;
}
