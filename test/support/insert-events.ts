/** Puts events straight into the raw table, past ingest: the views do the rest. */
import type { ClickHouse } from '@meterhouse/clickhouse';
import type { OracleEvent } from './usage-oracle';

export async function insertEvents(clickhouse: ClickHouse, accountId: string, events: OracleEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event, index) =>
    JSON.stringify([
      accountId,
      event.keyId,
      `event-${index}`,
      false,
      (event.timestamp / 1_000).toFixed(3),
      event.method,
      event.endpoint,
      event.statusCode,
      Math.round(event.latencyMs * 1_000),
      event.requestBytes,
      event.responseBytes,
      event.errorType,
      event.pathHash ?? 0,
    ]),
  );
  await clickhouse.insert(
    `INSERT INTO events
       (account_id, key_id, id, has_client_id, timestamp, method, endpoint, status_code, latency_us, request_bytes,
        response_bytes, error_type, path_hash)
     SETTINGS async_insert = 0, max_partitions_per_insert_block = 0
     FORMAT JSONCompactEachRow`,
    `${rows.join('\n')}\n`,
  );
}
