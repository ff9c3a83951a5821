/** Caches the names of endpoints: an API has few, and finding a name costs more than all else about an event. */
import { LRUCache } from 'lru-cache';
import { normaliseEndpoint } from './normalise-endpoint';

/** A longer path, in characters, is seldom sent twice. */
const MAX_PATH = 256;

/** By template; 5 MB at most. */
const names = new LRUCache<string, string>({ max: 10_000 });

/** A path that holds nothing but plain segments, up to its query. */
const PLAIN_PATH = /^[\w./-]*(?=[?#]|$)/;

/** A number, a UUID, 16 and more hexadecimal digits: an id whatever else is in the path. */
const ID_SEGMENT =
  /\/(?:\d+|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|(?=[a-f]*\d)[\da-f]{16,})(?=\/|$)/gi;

/** As `normaliseEndpoint`. */
export function endpointName(endpoint: string): string {
  if (endpoint.length > MAX_PATH) return normaliseEndpoint(endpoint);
  const template = templateOf(endpoint);
  const known = names.get(template);
  if (known !== undefined) return known;
  const name = normaliseEndpoint(template);
  names.set(template, name);
  return name;
}

/** The path with `{id}` for what is an id beyond doubt, which has the same name: paths seldom come twice, their templates do. */
function templateOf(endpoint: string): string {
  const path = PLAIN_PATH.exec(endpoint)?.[0];
  return path === undefined ? endpoint : path.replace(ID_SEGMENT, '/{id}');
}
