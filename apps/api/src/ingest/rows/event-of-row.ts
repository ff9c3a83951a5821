import type { NamedEvent } from '../../endpoints/name-limit';
import { COLUMNS } from './event-rows';

/** What a row says of whose event it is, when it happened, and its names. */
export interface RowEvent extends NamedEvent {
  keyId: string;
}

/** In the order in which they are read. */
const TEXTS = ['account_id', 'key_id', 'endpoint', 'method', 'error_type'] as const;

const columnOf = (name: string): number => Object.keys(COLUMNS).indexOf(name);

/** The event of a row; null for one that cannot be read. */
export function eventOfRow(row: string): RowEvent | null {
  let values: unknown;
  try {
    values = JSON.parse(row);
  } catch {
    return null;
  }
  if (!Array.isArray(values)) return null;
  const texts = TEXTS.map((name): unknown => values[columnOf(name)]).filter((value) => typeof value === 'string');
  const timestamp = Math.round(Number(values[columnOf('timestamp')]) * 1_000);
  if (texts.length < TEXTS.length || Number.isNaN(timestamp)) return null;
  const [accountId = '', keyId = '', endpoint = '', method = '', errorType = ''] = texts;
  return { accountId, keyId, timestamp, endpoint, method, errorType };
}
