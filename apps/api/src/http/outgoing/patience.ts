/** How long a client may take to read an answer. */

/** Before the first byte is missed. */
const PATIENCE_MS = 30_000;

/** Bytes a second at which it must read. */
const LEAST_SPEED = 32 * 1024;

/** Milliseconds that the client of an answer of so many bytes may take to read it. */
export function patienceMs(bytes: number): number {
  return PATIENCE_MS + (bytes / LEAST_SPEED) * 1_000;
}
