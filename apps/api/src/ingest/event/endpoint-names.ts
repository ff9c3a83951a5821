/** Remembers what endpoints are called: an API has few, and finding a name costs more than all else about an event. */
import { normaliseEndpoint } from './normalise-endpoint';

/** Names in one generation. */
const GENERATION = 5_000;

/** A path that is longer is seldom sent twice. With the two generations this bounds the memory: 5 MB at most. */
const LONGEST = 256;

/** Those asked for of late, and those before them; what is asked for again moves to the young. */
let young = new Map<string, string>();
let old = new Map<string, string>();

/** As `normaliseEndpoint`. */
export function endpointName(endpoint: string): string {
  const known = young.get(endpoint);
  if (known !== undefined) return known;
  const name = old.get(endpoint) ?? normaliseEndpoint(endpoint);
  if (endpoint.length <= LONGEST) {
    if (young.size >= GENERATION) {
      old = young;
      young = new Map();
    }
    young.set(endpoint, name);
  }
  return name;
}
