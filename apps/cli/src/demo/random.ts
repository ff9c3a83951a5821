/** Random numbers that depend on a seed alone, so that the demo is the same each time. Not for secrets. */

/**
 * sfc32 ("small fast counter", Chris Doty-Humphrey, PractRand): 128 bits of state, period of at least 2^32, and good
 * enough for every test of PractRand at this amount of numbers.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;
  private spare: number | null = null;

  /** @param seeds whole numbers; other seeds give other numbers */
  constructor(...seeds: [number, number?, number?]) {
    [this.a, this.b, this.c] = [seeds[0] | 0, (seeds[1] ?? 0) | 0, (seeds[2] ?? 0) | 0];
    // The author's count of rounds after which seeds that differ in one bit have nothing in common.
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.bits() / 4_294_967_296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** Normal with mean 0 and deviation 1 (Box and Muller, which makes two at a time). */
  normal(): number {
    if (this.spare !== null) {
      const value = this.spare;
      this.spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    const angle = 2 * Math.PI * this.next();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Log-normal: half of all values are below `median`; `sigma` is the deviation of the logarithm. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** How many events fall into a stretch in which `mean` are expected. */
  poisson(mean: number): number {
    // Knuth's way takes `mean` steps; past 30 a rounded normal is close enough here.
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count++;
    return count;
  }

  /** An index into weights that are given as running sums. */
  pick(runningSums: readonly number[]): number {
    const target = this.next() * (runningSums.at(-1) ?? 0);
    const index = runningSums.findIndex((sum) => sum > target);
    return index < 0 ? runningSums.length - 1 : index;
  }

  private bits(): number {
    const sum = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** Running sums, for `pick`. */
export function runningSums(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => (sum += weight));
}
