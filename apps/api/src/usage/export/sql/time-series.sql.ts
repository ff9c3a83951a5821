/** The time series as rows, in the order of time. */
import { LEVELS } from '@meterhouse/clickhouse/rollups';
import { RESOLUTION_MS, isByDay } from '@meterhouse/common';
import type { SeriesSource } from '../../read/aggregates';
import { LATENCY, TRAFFIC, pointSql } from '../../read/sql/series.sql';
import { BoundValues, type Query, sourceSql } from '../../read/sql/source.sql';
import {
  AVERAGE_LATENCY,
  DATA_TRANSFERRED,
  type ExportColumn,
  FAILED_REQUESTS,
  type Layout,
  PEAK_LATENCY,
  REQUESTS,
  SHOWN_PERCENTILES,
  columnsSql,
  count,
  percentilesSql,
  settingsSql,
  text,
} from './columns.sql';
import type { Column } from '../../request/filters';

/** A dimension that the series is split by, under the name that the client uses. */
export interface GroupColumn {
  column: Column;
  name: string;
}

/**
 * WITH FILL makes one block of each that comes in, however many rows that is: small ones, whose rows are not far apart,
 * become no larger than those that the engine reads.
 */
const MAX_FILLED = 64;
const READ_BLOCK_ROWS = 65_536;
const FILLED_BLOCK_ROWS = READ_BLOCK_ROWS / MAX_FILLED;

const TIMESTAMP: ExportColumn = ["toDateTime64(point, 3, 'UTC')", 'timestamp'];

const COUNTS: readonly ExportColumn[] = [
  REQUESTS,
  count('request_count - failed_count', 'successfulRequests'),
  FAILED_REQUESTS,
  count('throttled_count', 'throttledRequests'),
];

/**
 * One row for every bucket of the window, empty ones too.
 * @param buckets starts of the window's buckets, ascending; of minutes and hours of UTC the first and the last are enough
 */
export function timeSeriesQuery(source: SeriesSource, buckets: readonly number[], layout: Layout): Query {
  const bound = new BoundValues();
  const sql = `${selectSql([], layout, bound)}
FROM
(
    SELECT
        ${pointSql(source.granularity, source.starts, bound)} AS point,${TRAFFIC}${layout.withLatency ? LATENCY : ''}
    FROM
    (
        SELECT *
        FROM
        (${sourceSql(source, ['bucket'], bound)}
        UNION ALL${emptyRowsSql(anchors(source, buckets), bound)}
        )
        SETTINGS max_block_size = ${READ_BLOCK_ROWS}
    )
    GROUP BY point
)
ORDER BY timestamp ASC${fillSql(source)}
${settingsSql(`max_block_size = ${FILLED_BLOCK_ROWS}`)}`;
  return { sql, parameters: bound.parameters };
}

/** One row for each bucket and group that has requests. */
export function groupedTimeSeriesQuery(source: SeriesSource, groups: readonly GroupColumn[], layout: Layout): Query {
  const bound = new BoundValues();
  const columns = groups.map(({ column }) => column);
  const sql = `${selectSql(groups, layout, bound)}
FROM
(
    SELECT
        ${pointSql(source.granularity, source.starts, bound)} AS point,
        ${columns.join(', ')},${TRAFFIC}${layout.withLatency ? LATENCY : ''}
    FROM
    (${sourceSql(source, [...columns, 'bucket'], bound)}
    )
    GROUP BY point, ${columns.join(', ')}
) AS sums
ORDER BY ${['timestamp', ...columns.map((column) => `sums.${column}`)].map((column) => `${column} ASC`).join(', ')}
${settingsSql()}`;
  return { sql, parameters: bound.parameters };
}

function selectSql(groups: readonly GroupColumn[], layout: Layout, bound: BoundValues): string {
  const columns: ExportColumn[] = [
    TIMESTAMP,
    ...groups.map(({ column, name }) =>
      column === 'status_code' ? (['toInt32(status_code)', name] as const) : text(column, name),
    ),
    ...COUNTS,
    ...(layout.withLatency ? [AVERAGE_LATENCY, PEAK_LATENCY, ...SHOWN_PERCENTILES] : []),
    DATA_TRANSFERRED,
  ];
  return `${layout.withLatency ? `\nWITH ${percentilesSql(bound)}` : ''}
SELECT
    ${columnsSql(columns, layout)}`;
}

/** The buckets that are made sure of in the source; those between them are filled in. */
function anchors({ granularity, starts }: SeriesSource, buckets: readonly number[]): readonly number[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (isByDay(granularity) || starts.length > 0 || first === undefined || last === undefined) return buckets;
  const step = MAX_FILLED * RESOLUTION_MS[granularity];
  return [...Array.from({ length: Math.ceil((last - first) / step) }, (_, index) => first + index * step), last];
}

/** Rows of no requests, in the columns of `sourceSql`, that see to it that a bucket is there. */
function emptyRowsSql(buckets: readonly number[], bound: BoundValues): string {
  const starts = bound.bind(
    'Array(UInt32)',
    buckets.map((start) => start / 1_000),
  );
  return `
    SELECT
        toDateTime(arrayJoin(${starts}), 'UTC') AS bucket,
        0 AS requests,
        0 AS failed,
        0 AS throttled,
        0 AS timed,
        0 AS latency_sum_us,
        0 AS latency_max_us,
        0 AS bytes,
        toDateTime64(0, 3, 'UTC') AS last_at,
        arrayReduce('quantilesTimingState(${LEVELS})', emptyArrayUInt16()) AS latency`;
}

/** Minutes and hours of UTC follow each other evenly: those between the first and the last are made as rows go out. */
function fillSql({ granularity, starts }: SeriesSource): string {
  if (starts.length > 0) return '';
  return ` WITH FILL STEP ${granularity === 'minute' ? 'toIntervalMinute(1)' : 'toIntervalHour(1)'}`;
}
