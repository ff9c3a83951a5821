import type { NamedEvent } from '../../endpoints/name-limit';
import { COLUMNS } from './event-rows';

/** What a row says of whose event it is, when it happened, and its names. */
export interface RowEvent extends NamedEvent {
  keyId: string;
}

const columnOf = (name: string): number => Object.keys(COLUMNS).indexOf(name);

/** The columns of the texts, in the order in which they are read, and that of the time. */
const TEXTS = ['account_id', 'key_id', 'endpoint', 'method', 'error_type'].map(columnOf);
const TIMESTAMP = columnOf('timestamp');

/** The event of a row; null for one that cannot be read. */
export function eventOfRow(row: string): RowEvent | null {
  let values: unknown;
  try {
    values = JSON.parse(row);
  } catch {
    return null;
  }
  if (!Array.isArray(values)) return null;
  const texts = TEXTS.map((column): unknown => values[column]).filter((value) => typeof value === 'string');
  const timestamp = Math.round(Number(values[TIMESTAMP]) * 1_000);
  if (texts.length < TEXTS.length || Number.isNaN(timestamp)) return null;
  const [accountId = '', keyId = '', endpoint = '', method = '', errorType = ''] = texts;
  return { accountId, keyId, timestamp, endpoint, method, errorType };
}
