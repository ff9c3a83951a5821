/** The rows of the raw table, and the statement that inserts them as one block under one token. */
import { createHash } from 'node:crypto';
import type { UsageEvent } from './event';

/** The statement and bytes of one insert; a retry sends the very same. */
export interface EventBatch {
  sql: string;
  rows: string;
}

const COLUMNS = [
  'account_id',
  'key_id',
  'id',
  'id_given',
  'timestamp',
  'method',
  'endpoint',
  'status_code',
  'latency_us',
  'request_bytes',
  'response_bytes',
  'error_type',
].join(', ');

/** An event as a line of JSONCompactEachRow, in the order of `COLUMNS`. */
export function toRow(event: UsageEvent): string {
  return JSON.stringify([
    event.accountId,
    event.keyId,
    event.id,
    event.idGiven,
    (event.timestamp / 1_000).toFixed(3),
    event.method,
    event.endpoint,
    event.statusCode,
    Math.round(event.latencyMs * 1_000),
    event.requestBytes,
    event.responseBytes,
    event.errorType,
  ]);
}

/** The account and id of a row whose sender named it; null for a row named here, or one that cannot be read. */
export function givenName(row: string): { accountId: string; id: string } | null {
  try {
    const [accountId, , id, idGiven] = JSON.parse(row) as unknown[];
    return idGiven === true && typeof accountId === 'string' && typeof id === 'string' ? { accountId, id } : null;
  } catch {
    return null;
  }
}

/**
 * Rows as an insert. Its token is a hash of its bytes: the engine drops what it has of them, in the raw table
 * and in each rollup alone, so sending the batch again adds what is missing and nothing else. The same token always
 * stands for the same bytes.
 */
export function toBatch(rows: readonly string[]): EventBatch {
  const text = rows.join('\n');
  const token = createHash('sha256').update(text).digest('hex');
  return { sql: insertSql('events', `insert_deduplicate = 1, insert_deduplication_token = '${token}',`), rows: text };
}

/** The same rows into a table that keeps nothing: it fails where the insert itself would, and changes nothing. */
export function toTrial(rows: readonly string[]): EventBatch {
  return { sql: insertSql('events_trial', ''), rows: rows.join('\n') };
}

/**
 * One insert is one block, whatever its size and order (blocks of a token are told apart by their number, so a retry
 * must be cut as the first try was): parsed by one thread, never split by rows or bytes. Settings stand in the
 * statement because settings of a call would stay with the connection.
 */
function insertSql(table: string, token: string): string {
  return `
    INSERT INTO ${table} (${COLUMNS})
    SETTINGS
        async_insert = 0,
        parallel_view_processing = 1,
        ${token}
        deduplicate_blocks_in_dependent_materialized_views = 1,
        materialized_views_ignore_errors = 0,
        input_format_parallel_parsing = 0,
        max_insert_block_size = 1000000,
        min_insert_block_size_rows = 1000000,
        min_insert_block_size_bytes = 0,
        max_partitions_per_insert_block = 0,
        date_time_input_format = 'basic'
    FORMAT JSONCompactEachRow`;
}
