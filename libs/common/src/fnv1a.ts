/** The hash of nothing, with which `fnv1a` begins. */
export const FNV_START = 0x811c9dc5;

/**
 * One step of the 32-bit hash FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), for tables whose keys no attacker chooses
 * to collide: it resists no attacker.
 *
 *     const hash = Buffer.from('abc').reduce(fnv1a, FNV_START);
 */
export function fnv1a(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}
