/**
 * The statements of reconcile and deletion. Every piece that varies is one of the constants here or a staging table's
 * name, which is made here too; what a client sends is bound.
 */
import { randomBytes } from 'node:crypto';
import type { Resolution } from '@meterhouse/common';

/** Where a rollup level is kept; the expressions are those of its migrations. */
const ROLLUPS: Record<Resolution, { table: string; bucket: string; partition: (of: string) => string }> = {
  minute: {
    table: 'usage_minute',
    bucket: 'toStartOfMinute(timestamp)',
    partition: (of) => `toMonday(${of})`,
  },
  hour: { table: 'usage_hour', bucket: 'toStartOfHour(timestamp)', partition: (of) => `toYYYYMM(${of})` },
  day: { table: 'usage_day', bucket: 'toStartOfDay(timestamp)', partition: (of) => `toYear(${of})` },
};

/** The rollup table of a level. */
export function rollupTable(level: Resolution): string {
  return ROLLUPS[level].table;
}

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

const DIMENSIONS = 'account_id, bucket, key_id, endpoint, method, status_code, error_type';

const QUANTILES = '0.5, 0.75, 0.9, 0.95, 0.99';

/** A day with more groups than this many bytes hold is grouped by way of the disk. */
const SPILL_BYTES = 268_435_456;

const RAW_RANGE = `timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
        AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

/** What a level's view makes of the raw events of a range, ready to be inserted into the level's table. */
function recomputed(level: Resolution, owner: Owner | null): string {
  return `
    SELECT
        account_id,
        ${ROLLUPS[level].bucket} AS bucket,
        key_id,
        endpoint,
        method,
        status_code,
        error_type,
        count() AS request_count,
        sum(toUInt64(latency_us)) AS latency_sum,
        max(latency_us) AS latency_max,
        sum(request_bytes + response_bytes) AS byte_count,
        max(timestamp) AS last_request_at,
        quantilesBFloat16State(${QUANTILES})(latency_us) AS latency_state
    FROM events
    WHERE ${RAW_RANGE}
        AND ${ownerCondition(owner)}
    GROUP BY ${DIMENSIONS}`;
}

/** The same columns from the level's own rows. */
function kept(level: Resolution): string {
  return `
    SELECT
        ${DIMENSIONS},
        sum(requests) AS request_count,
        sum(latency_sum_us) AS latency_sum,
        max(latency_max_us) AS latency_max,
        sum(bytes) AS byte_count,
        max(last_at) AS last_request_at,
        quantilesBFloat16MergeState(${QUANTILES})(latency) AS latency_state
    FROM ${ROLLUPS[level].table}
    WHERE bucket >= toDateTime(intDiv({from:Int64}, 1000), 'UTC') AND bucket < toDateTime(intDiv({to:Int64}, 1000), 'UTC')
    GROUP BY ${DIMENSIONS}`;
}

/**
 * A number that stands for a percentile state: a count of entries and then ten bytes each, a cut latency and how many
 * had it. The order of the entries depends on how the state came about, so each is hashed by itself and the hashes added.
 */
const STATE_DIGEST = `
        arraySum(entry -> sipHash64(entry), reinterpret(
            substring(CAST(latency_state AS String), length(CAST(latency_state AS String)) % 10 + 1),
            'Array(FixedString(10))'
        ))`;

/** What can differ between a row and the raw events, with its column. */
const COMPARED = {
  requests: 'request_count',
  latencySum: 'latency_sum',
  latencyMax: 'latency_max',
  bytes: 'byte_count',
  lastRequestAt: 'last_request_at',
  percentiles: 'state_digest',
} as const;

/** The figures of a rollup row that are compared. */
export const FIGURES = Object.keys(COMPARED);

/** Rows that are shown of one comparison. */
const MOST_EXAMPLES = 20;

/** Compares the buckets of `[from, to)` with the raw events; one row a day. */
export function compareSql(level: Resolution): string {
  const differs = Object.entries(COMPARED).map(
    ([name, column]) => `if(anyIf(${column}, is_raw) != anyIf(${column}, NOT is_raw), '${name}', '')`,
  );
  return `
SELECT
    toString(toDate(bucket)) AS day,
    uniqExact(bucket) AS buckets_compared,
    uniqExactIf(bucket, notEmpty(differs)) AS buckets_drifted,
    sumIf(expected - found, expected > found) AS requests_missing,
    sumIf(found - expected, found > expected) AS requests_extra,
    groupArrayIf(${MOST_EXAMPLES})(
        CAST(
            tuple(
                toUnixTimestamp(bucket), account_id, key_id, endpoint, method, status_code, error_type, expected, found,
                differs
            ),
            'Tuple(bucket UInt32, account_id String, key_id String, endpoint String, method String, status_code UInt16,
                error_type String, expected UInt64, found UInt64, differs Array(String))'
        ),
        notEmpty(differs)
    ) AS examples
FROM
(
    SELECT
        ${DIMENSIONS},
        sumIf(request_count, is_raw) AS expected,
        sumIf(request_count, NOT is_raw) AS found,
        arrayFilter(name -> name != '', [
            ${differs.join(',\n            ')}
        ]) AS differs
    FROM
    (
        SELECT true AS is_raw, * EXCEPT latency_state, ${STATE_DIGEST} AS state_digest
        FROM (${recomputed(level, null)})
        UNION ALL
        SELECT false AS is_raw, * EXCEPT latency_state, ${STATE_DIGEST} AS state_digest
        FROM (${kept(level)})
    )
    GROUP BY ${DIMENSIONS}
)
GROUP BY day
SETTINGS max_bytes_before_external_group_by = ${SPILL_BYTES}`;
}

/** How many raw events each day of `[from, to)` has. */
export const EVENTS_BY_DAY_SQL = `
SELECT toString(toDate(timestamp)) AS day, count() AS events
FROM events
WHERE ${RAW_RANGE}
GROUP BY day`;

/** Groups days by the partition of a level that holds them, in order. */
export function partitionsSql(level: Resolution): string {
  return `
SELECT
    toString(${ROLLUPS[level].partition('day')}) AS partition,
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

const STAGING = 'reconcile_staging_';

/** A name that no table has. */
export function stagingName(level: Resolution): string {
  return `${STAGING}${level}_${randomBytes(8).toString('hex')}`;
}

/** Staging tables, with whether each is older than any rebuild takes. */
export const STAGING_TABLES_SQL = `
SELECT name, metadata_modification_time < now() - INTERVAL 1 DAY AS is_old
FROM system.tables
WHERE database = currentDatabase() AND startsWith(name, '${STAGING}')`;

/** An empty table with the level's columns, partitions, TTL and settings. */
export function createStagingSql(level: Resolution, staging: string): string {
  return `CREATE TABLE ${staging} AS ${ROLLUPS[level].table}`;
}

/**
 * Copies the rows of a partition but the owner's of the days; states go over as they are. Two rows may be alike, so
 * blocks must not be told apart by their content.
 */
export function copyKeptSql(level: Resolution, staging: string, owner: Owner | null): string {
  return `
INSERT INTO ${staging}
SELECT *
FROM ${ROLLUPS[level].table}
WHERE _partition_id = {partitionId:String}
    AND NOT (has({days:Array(Date)}, toDate(bucket)) AND ${ownerCondition(owner)})
SETTINGS insert_deduplicate = 0`;
}

/** Adds what the raw events of a range give. */
export function addRecomputedSql(level: Resolution, staging: string, owner: Owner | null): string {
  return `
INSERT INTO ${staging} (${DIMENSIONS}, requests, latency_sum_us, latency_max_us, bytes, last_at, latency)
${recomputed(level, owner)}
SETTINGS insert_deduplicate = 0, max_bytes_before_external_group_by = ${SPILL_BYTES}`;
}

/** Puts a partition of the staging table in the place of the level's, in one step. */
export function replacePartitionSql(level: Resolution, staging: string): string {
  return `ALTER TABLE ${ROLLUPS[level].table} REPLACE PARTITION ID {partitionId:String} FROM ${staging}`;
}

/** For a partition of which nothing is left: an empty one cannot replace another. */
export function dropPartitionSql(level: Resolution): string {
  return `ALTER TABLE ${ROLLUPS[level].table} DROP PARTITION ID {partitionId:String}`;
}

export const FIRST_EVENT_SQL = `
SELECT count() AS events, toUnixTimestamp64Milli(min(timestamp)) AS first_at
FROM events`;

/** An owner's raw events, of `[from, to)` or all. */
export function countEventsSql(owner: Owner, ranged: boolean): string {
  return `SELECT count() AS events FROM events WHERE ${ownerCondition(owner)}${ranged ? ` AND ${RAW_RANGE}` : ''}`;
}

/** An owner's requests in a level, and the days that have any; of whole days in `[from, to)`. */
export function ownedDaysSql(level: Resolution, owner: Owner): string {
  return `
SELECT toString(toDate(bucket)) AS day, sum(requests) AS request_count
FROM ${ROLLUPS[level].table}
WHERE ${ownerCondition(owner)}
    AND bucket >= toDateTime(intDiv({from:Int64}, 1000), 'UTC') AND bucket < toDateTime(intDiv({to:Int64}, 1000), 'UTC')
GROUP BY day
ORDER BY day`;
}

/**
 * Removes an owner's rows of one table from the disk. The statement answers at once: it is about the rows that are
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
