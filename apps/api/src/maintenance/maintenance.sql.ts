/**
 * The statements of reconcile and deletion. Every piece that varies is one of the constants here or a staging table's
 * name, which is made here too; what a client sends is bound.
 */
import { randomBytes } from 'node:crypto';
import { STAGING_PREFIX } from '@meterhouse/clickhouse';
import type { Rollup } from '@meterhouse/clickhouse/rollups';
import {
  columnsOf,
  comparedFigures,
  digestedRows,
  digestedRowsFromRaw,
  dimensionsOf,
  isDetailed,
  partitionOf,
  rowsFromRaw,
} from './rollups.sql';

/** Whose rows a statement is about; null stands for everybody's. */
export interface Owner {
  accountId: string;
  /** Null for all keys of the account. */
  keyId: string | null;
}

/** The values that `ownerCondition` needs bound. */
export function ownerParameters(owner: Owner | null): Record<string, string> {
  return owner === null ? {} : { account: owner.accountId, ...(owner.keyId === null ? {} : { key: owner.keyId }) };
}

function ownerCondition(owner: Owner | null): string {
  if (owner === null) return '1';
  return owner.keyId === null
    ? 'account_id = {account:String}'
    : 'account_id = {account:String} AND key_id = {key:String}';
}

/** A day with more groups than this many bytes hold is grouped by way of the disk. */
const SPILL_BYTES = 268_435_456;

/**
 * Rows that are read at once where states are digested. The state of a bucket with thousands of events is 22 KB, and a
 * block holds it several times over.
 */
const DIGESTED_BLOCK = 1_024;

const RAW_RANGE = `timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

const BUCKET_RANGE = `bucket >= toDateTime(intDiv({from:Int64}, 1000), 'UTC')
        AND bucket < toDateTime(intDiv({to:Int64}, 1000), 'UTC')`;

/** Rows that are shown of one comparison. */
const MAX_EXAMPLES = 20;

/** What is shown of a drifted row; details only of a rollup that has them. */
const EXAMPLE: { name: string; type: string; value?: string; detail?: boolean }[] = [
  { name: 'bucket', type: 'UInt32', value: 'toUnixTimestamp(bucket)' },
  { name: 'account_id', type: 'String' },
  { name: 'key_id', type: 'String' },
  { name: 'endpoint', type: 'String', detail: true },
  { name: 'method', type: 'String', detail: true },
  { name: 'status_code', type: 'UInt16', detail: true },
  { name: 'error_type', type: 'String', detail: true },
  { name: 'expected', type: 'UInt64' },
  { name: 'found', type: 'UInt64' },
  { name: 'differs', type: 'Array(String)' },
];

/** Compares the buckets of `[from, to)` with the raw events; one row a day. */
export function compareSql(rollup: Rollup): string {
  const differs = comparedFigures(rollup).map(
    ({ column, name }) => `if(anyIf(${column}, is_raw) != anyIf(${column}, NOT is_raw), '${name}', '')`,
  );
  const example = EXAMPLE.filter(({ detail }) => !detail || isDetailed(rollup));
  return `
SELECT
    toString(toDate(bucket)) AS day,
    uniqExact(bucket) AS buckets_compared,
    uniqExactIf(bucket, notEmpty(differs)) AS buckets_drifted,
    sumIf(expected - found, expected > found) AS requests_missing,
    sumIf(found - expected, found > expected) AS requests_extra,
    groupArrayIf(${MAX_EXAMPLES})(
        CAST(
            tuple(${example.map(({ value, name }) => value ?? name).join(', ')}),
            'Tuple(${example.map(({ name, type }) => `${name} ${type}`).join(', ')})'
        ),
        notEmpty(differs)
    ) AS examples
FROM
(
    SELECT
        ${dimensionsOf(rollup)},
        sumIf(requests, is_raw) AS expected,
        sumIf(requests, NOT is_raw) AS found,
        arrayFilter(name -> name != '', [
            ${differs.join(',\n            ')}
        ]) AS differs
    FROM
    (
        SELECT true AS is_raw, *
        FROM (${digestedRowsFromRaw(rollup, RAW_RANGE)})
        UNION ALL
        SELECT false AS is_raw, *
        FROM (${digestedRows(rollup, BUCKET_RANGE)})
    )
    GROUP BY ${dimensionsOf(rollup)}
)
GROUP BY day
SETTINGS max_bytes_before_external_group_by = ${SPILL_BYTES}, max_block_size = ${DIGESTED_BLOCK}`;
}

/** How many raw events each day of `[from, to)` has. */
export const EVENTS_BY_DAY_SQL = `
SELECT toString(toDate(timestamp)) AS day, count() AS events
FROM events
WHERE ${RAW_RANGE}
GROUP BY day`;

/** Groups days by the partition of a rollup that holds them, in order. */
export function partitionsSql(rollup: Rollup): string {
  return `
SELECT
    toString(${partitionOf(rollup, 'day')}) AS partition,
    arrayMap(d -> toString(d), groupArray(day)) AS days
FROM (SELECT arrayJoin({days:Array(Date)}) AS day)
GROUP BY partition
ORDER BY partition`;
}

/** The id of a table's partition; no row when it holds nothing. */
export const PARTITION_ID_SQL = `
SELECT DISTINCT partition_id
FROM system.parts
WHERE database = currentDatabase() AND table = {table:String} AND active AND partition = {partition:String}`;

/** A name that no table has. */
export function stagingName(rollup: Rollup): string {
  return `${STAGING_PREFIX}${rollup}_${randomBytes(8).toString('hex')}`;
}

/** Staging tables, with whether each is older than any rebuild takes. */
export const STAGING_TABLES_SQL = `
SELECT name, metadata_modification_time < now() - INTERVAL 1 DAY AS is_old
FROM system.tables
WHERE database = currentDatabase() AND startsWith(name, '${STAGING_PREFIX}')`;

/** An empty table with the rollup's columns, partitions, TTL and settings. */
export function createStagingSql(rollup: Rollup, staging: string): string {
  return `CREATE TABLE ${staging} AS ${rollup}`;
}

/**
 * Copies the rows of a partition but the owner's of the days; states go over as they are. Two rows may be alike, so
 * blocks must not be deduplicated by their content.
 */
export function copyKeptSql(rollup: Rollup, staging: string, owner: Owner | null): string {
  return `
INSERT INTO ${staging}
SELECT *
FROM ${rollup}
WHERE _partition_id = {partitionId:String}
    AND NOT (has({days:Array(Date)}, toDate(bucket)) AND ${ownerCondition(owner)})
SETTINGS insert_deduplicate = 0`;
}

/** Adds what the raw events of a range give. */
export function addRecomputedSql(rollup: Rollup, staging: string, owner: Owner | null): string {
  return `
INSERT INTO ${staging} (${columnsOf(rollup)})${rowsFromRaw(
    rollup,
    `${RAW_RANGE}
        AND ${ownerCondition(owner)}`,
  )}
SETTINGS insert_deduplicate = 0, max_bytes_before_external_group_by = ${SPILL_BYTES}`;
}

/** Puts a partition of the staging table in the place of the rollup's, in one step. */
export function replacePartitionSql(rollup: Rollup, staging: string): string {
  return `ALTER TABLE ${rollup} REPLACE PARTITION ID {partitionId:String} FROM ${staging}`;
}

/** For a partition of which nothing is left: an empty one cannot replace another. */
export function dropPartitionSql(rollup: Rollup): string {
  return `ALTER TABLE ${rollup} DROP PARTITION ID {partitionId:String}`;
}

export const FIRST_EVENT_SQL = `
SELECT count() AS events, toUnixTimestamp64Milli(min(timestamp)) AS first_at
FROM events`;

/** An owner's raw events, of `[from, to)` or all. */
export function countEventsSql(owner: Owner, ranged: boolean): string {
  return `SELECT count() AS events FROM events WHERE ${ownerCondition(owner)}${ranged ? ` AND ${RAW_RANGE}` : ''}`;
}

/** An owner's requests in a rollup, and the days that have any; of whole days in `[from, to)`. */
export function ownedDaysSql(rollup: Rollup, owner: Owner): string {
  return `
SELECT toString(toDate(bucket)) AS day, sum(requests) AS request_count
FROM ${rollup}
WHERE ${ownerCondition(owner)}
    AND ${BUCKET_RANGE.replace(/\s+/g, ' ')}
GROUP BY day
ORDER BY day`;
}

/**
 * Removes an owner's rows of one table from the disk. The statement returns at once and covers the rows that are
 * there now, later ones stay, and the engine works it off in the background.
 */
export function deleteSql(table: string, owner: Owner, ranged: boolean): string {
  return `
ALTER TABLE ${table}
    DELETE WHERE ${ownerCondition(owner)}${ranged ? ` AND ${RAW_RANGE}` : ''}
    SETTINGS mutations_sync = 0`;
}

/** What the engine has not worked off yet. */
export const RUNNING_DELETIONS_SQL = `
SELECT count() AS running, max(latest_fail_reason) AS failure
FROM system.mutations
WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND NOT is_done`;
