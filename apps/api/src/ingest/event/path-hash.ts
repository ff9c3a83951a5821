/** The path of an event as it was sent, as a number of 64 bits: whether two requests ask for the same, and not for what. */

/** The two halves of a hash, 32 bits each. */
export interface PathHash {
  high: number;
  low: number;
}

/** Stands for no hash. */
export const NO_PATH: PathHash = { high: 0, low: 0 };

/**
 * The hash of a path without its query and fragment (cyrb53 by bryc, public domain, with all of its 64 bits). It resists no
 * attacker: who makes two of its own paths collide spoils the advice on its own account.
 */
export function pathHash(path: string): PathHash {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (code === QUESTION_MARK || code === HASH) break;
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return { high: high >>> 0, low: low >>> 0 };
}

const QUESTION_MARK = 0x3f;
const HASH = 0x23;
