/** Keeps each table's TTL in step with the configured retention. */
import type { Retention } from '@meterhouse/common';
import type { ClickHouse } from './clickhouse';

/**
 * Sets the TTL of the raw and rollup tables where it differs from the setting; usage_day has none, it is kept for ever.
 * Rows stay a day longer than the setting, so that a window as long as the retention never meets a half-removed first bucket.
 */
export async function applyRetention(clickhouse: ClickHouse, retention: Retention): Promise<void> {
  const tables = [
    { table: 'events', column: 'toDateTime(timestamp)', days: retention.rawDays },
    { table: 'traffic_minute', column: 'bucket', days: retention.minuteDays },
    { table: 'traffic_hour', column: 'bucket', days: retention.hourDays },
    { table: 'usage_hour', column: 'bucket', days: retention.hourDays },
  ];
  const rows = await clickhouse.query(
    `SELECT name, create_table_query AS ddl FROM system.tables
     WHERE database = currentDatabase() AND name IN {tables:Array(String)}`,
    { tables: tables.map(({ table }) => table) },
  );
  const ddl = new Map(rows.map((row) => [row.string('name'), row.string('ddl')]));
  for (const { table, column, days } of tables) {
    const kept = days + 1;
    if (ddl.get(table)?.includes(`TTL ${column} + toIntervalDay(${kept})`)) continue;
    // DDL takes no parameters; the table and the column are constants and the days a checked integer.
    await clickhouse.command(`ALTER TABLE ${table} MODIFY TTL ${column} + toIntervalDay(${kept})`);
  }
}
