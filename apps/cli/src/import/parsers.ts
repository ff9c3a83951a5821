/** Which parser reads which format. */
import { parseAccessLog } from './access-log';
import { parseNdjson } from './ndjson';
import { parseNginxJson } from './nginx-json';
import type { Format, LineParser } from './parsed-line';

export const PARSERS: Record<Format, LineParser> = {
  // The combined format is the common one with two more fields, which are not read.
  combined: parseAccessLog,
  common: parseAccessLog,
  'nginx-json': parseNginxJson,
  ndjson: parseNdjson,
};
