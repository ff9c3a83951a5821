/** Keeps each table's TTL in step with the configured retention. */
import type { Retention } from '@meterhouse/common';
import type { ClickHouse } from './clickhouse';
import { DESCRIPTION, ROLLUPS } from './rollups';

/**
 * Sets the TTL of the raw table and of each rollup where it differs from the setting; a rollup without a retention has
 * none. Rows stay a day longer than the setting, so that a window as long as the retention never meets a first bucket of
 * which a part is gone.
 */
export async function applyRetention(clickhouse: ClickHouse, retention: Retention): Promise<void> {
  const tables = ttlOfTables(retention);
  const rows = await clickhouse.query(
    `SELECT name, engine_full FROM system.tables
     WHERE database = currentDatabase() AND name IN {tables:Array(String)}`,
    { tables: [...tables.keys()] },
  );
  const engines = new Map(rows.map((row) => [row.string('name'), row.string('engine_full')]));
  for (const [table, ttl] of tables) {
    if (hasTtl(engines.get(table) ?? '', ttl)) continue;
    // DDL takes no parameters; the table and the column are constants and the days a checked integer.
    await clickhouse.command(`ALTER TABLE ${table} MODIFY TTL ${ttl}`);
  }
}

function ttlOfTables(retention: Retention): Map<string, string> {
  const ttl = (column: string, days: number): string => `${column} + toIntervalDay(${days + 1})`;
  const tables = new Map([['events', ttl('toDateTime(timestamp)', retention.rawDays)]]);
  for (const rollup of ROLLUPS) {
    const { retention: setting } = DESCRIPTION[rollup];
    if (setting !== null) tables.set(rollup, ttl('bucket', retention[setting]));
  }
  return tables;
}

/**
 * Whether an engine has a TTL, however the server prints it: an ALTER that changes nothing would have every part's TTL
 * worked out anew at each start.
 * @param engineFull as in `system.tables`: `MergeTree PARTITION BY … ORDER BY … TTL bucket + toIntervalDay(91) SETTINGS …`
 */
export function hasTtl(engineFull: string, ttl: string): boolean {
  const printed = /\bTTL\s+(.+?)(?:\s+SETTINGS\s.*)?$/is.exec(engineFull)?.[1] ?? '';
  return normalised(printed) === normalised(ttl);
}

/** Without what servers print in their own ways: quotes, spaces, brackets around the sum, the form of the interval. */
function normalised(ttl: string): string {
  return ttl
    .replace(/\binterval\s+'?(\d+)'?\s+days?\b/gi, 'toIntervalDay($1)')
    .replace(/\s+delete\s*$/i, '')
    .replace(/[\s`"]/g, '')
    .replace(/^\((.*)\)$/, '$1');
}
