/** The rows of one insert, fixed before its first try. */
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

/**
 * Seals rows into an insert. Its token is a hash of its bytes: the engine drops what it has of them, in the raw table
 * and in each rollup alone, so sending the batch again adds what is missing and nothing else. The same token always
 * stands for the same bytes.
 */
export function sealBatch(rows: readonly string[]): EventBatch {
  const text = rows.join('\n');
  const token = createHash('sha256').update(text).digest('hex');
  return { sql: insertSql(token), rows: text };
}

/**
 * One insert is one block, whatever its size and order (blocks of a token are told apart by their number, so a retry
 * must be cut as the first try was): parsed by one thread, never split by rows or bytes. Settings stand in the
 * statement because settings of a call would stay with the connection.
 */
function insertSql(token: string): string {
  return `
    INSERT INTO events (${COLUMNS})
    SETTINGS
        async_insert = 0,
        insert_deduplicate = 1,
        insert_deduplication_token = '${token}',
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
