import type { EndpointEvent } from '../../endpoints/endpoint-limit';
import { COLUMNS } from './event-rows';

const [ACCOUNT_ID, TIMESTAMP, ENDPOINT] = ['account_id', 'timestamp', 'endpoint'].map((column) =>
  Object.keys(COLUMNS).indexOf(column),
) as [number, number, number];

/** What a row of the log says of its endpoint; null for a row that cannot be read. */
export function endpointOfRow(row: string): EndpointEvent | null {
  let values: unknown;
  try {
    values = JSON.parse(row);
  } catch {
    return null;
  }
  if (!Array.isArray(values)) return null;
  const [accountId, seconds, endpoint] = [ACCOUNT_ID, TIMESTAMP, ENDPOINT].map((column): unknown => values[column]);
  const timestamp = Math.round(Number(seconds) * 1_000);
  if (typeof accountId !== 'string' || typeof endpoint !== 'string' || Number.isNaN(timestamp)) return null;
  return { accountId, timestamp, endpoint };
}
