import type { NamedEvent } from '../../endpoints/name-limit';
import { COLUMNS } from './event-rows';

const [ACCOUNT_ID, TIMESTAMP, ENDPOINT, METHOD, ERROR_TYPE] = [
  'account_id',
  'timestamp',
  'endpoint',
  'method',
  'error_type',
].map((column) => Object.keys(COLUMNS).indexOf(column)) as [number, number, number, number, number];

/** What a row of the log says of its names; null for a row that cannot be read. */
export function namesOfRow(row: string): NamedEvent | null {
  let values: unknown;
  try {
    values = JSON.parse(row);
  } catch {
    return null;
  }
  if (!Array.isArray(values)) return null;
  const [accountId, endpoint, method, errorType] = [ACCOUNT_ID, ENDPOINT, METHOD, ERROR_TYPE].map(
    (column): unknown => values[column],
  );
  const timestamp = Math.round(Number(values[TIMESTAMP]) * 1_000);
  if (typeof accountId !== 'string' || Number.isNaN(timestamp)) return null;
  if (typeof endpoint !== 'string' || typeof method !== 'string' || typeof errorType !== 'string') return null;
  return { accountId, timestamp, endpoint, method, errorType };
}
