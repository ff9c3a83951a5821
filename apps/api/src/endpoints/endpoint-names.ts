/** Caches the names of endpoints: an API has few, and finding a name costs more than all else about an event. */
import { LRUCache } from 'lru-cache';
import { normaliseEndpoint } from './normalise-endpoint';

/** A longer path, in characters, is seldom sent twice. */
const MAX_PATH = 256;

/** 5 MB at most. */
const names = new LRUCache<string, string>({ max: 10_000 });

/** As `normaliseEndpoint`. */
export function endpointName(endpoint: string): string {
  if (endpoint.length > MAX_PATH) return normaliseEndpoint(endpoint);
  const known = names.get(endpoint);
  if (known !== undefined) return known;
  const name = normaliseEndpoint(endpoint);
  names.set(endpoint, name);
  return name;
}
