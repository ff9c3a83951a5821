/** The columns of exports, as functions of the sums of `TRAFFIC` and `LATENCY`: they equal those of `GET /usage`. */
import { PERCENTILES, millisecondsOf } from '../../read/sql/latency.sql';
import type { BoundValues } from '../../read/sql/source.sql';
import type { ExportFormat } from '../format';

/** A column's expression and name, and whether it is text, which senders of events may have chosen. */
export type ExportColumn = readonly [sql: string, name: string, kind?: 'text'];

/** Which columns a table has, and for which format. */
export interface Layout {
  withLatency: boolean;
  format: ExportFormat;
}

export const text = (sql: string, name: string): ExportColumn => [sql, name, 'text'];

/** Signed, for not every reader of Parquet and Arrow knows unsigned integers. */
export const count = (sql: string, name: string): ExportColumn => [`toInt64(${sql})`, name];

/** `part` in percent of a `whole` that is not zero. */
export const percent = (part: string, whole: string, name: string): ExportColumn => [
  rounded(`${part} / ${whole} * 100`),
  name,
];

export const REQUESTS = count('request_count', 'requests');
export const FAILED_REQUESTS = count('failed_count', 'failedRequests');
export const DATA_TRANSFERRED = count('byte_count', 'dataTransferred');
export const AVERAGE_LATENCY: ExportColumn = [rounded('average_latency'), 'averageLatency'];
export const PEAK_LATENCY: ExportColumn = ['peak_latency', 'peakLatency'];

/** The percentiles that lists show; they go with `percentilesSql`. */
export const SHOWN_PERCENTILES: readonly ExportColumn[] = (['p50', 'p95', 'p99'] as const).map((name) => [
  `percentiles[${PERCENTILES.indexOf(name) + 1}]`,
  name,
]);

/** Up to here a bin's code is the bin; from then on codes are 16 apart. See clickhouse/migrations/0001_events.sql. */
const LAST_DENSE_BIN = 1_023;
const BINS = 2_835;

/** What each bin of the scale stands for, so that SQL and `GET /usage` give the very same number. */
const BIN_MS = Array.from({ length: BINS }, (_, bin) =>
  millisecondsOf(bin <= LAST_DENSE_BIN ? bin : LAST_DENSE_BIN + 1 + 16 * (bin - LAST_DENSE_BIN), Infinity),
);

/** `percentiles`: the latency codes in milliseconds, NULL where there was no latency. */
export function percentilesSql(bound: BoundValues): string {
  const milliseconds = bound.bind('Array(Float64)', BIN_MS);
  return `arrayMap(
        code -> if(
            isNaN(code),
            NULL,
            least(${milliseconds}[1 + if(code < 1032, toUInt16(code), 1023 + intDiv(toUInt16(code) - 1016, 16))], peak_latency)
        ),
        latency_codes
    ) AS percentiles`;
}

/** Only CSV is opened in spreadsheets: in other formats text stays as it is. */
export function columnsSql(columns: readonly ExportColumn[], { format }: Layout): string {
  return columns
    .map(([sql, name, kind]) => [kind === 'text' && format === 'csv' ? harmlessSql(sql) : sql, name] as const)
    .map(([sql, name]) => (sql === name ? sql : `${sql} AS ${name}`))
    .join(',\n    ');
}

/** A spreadsheet computes a cell that begins with one of these, the wide forms too; an apostrophe before it makes it text. */
function harmlessSql(sql: string): string {
  return `replaceRegexpOne(${sql}, '^[=+@\\t\\r\\n＝＋－＠-]', '\\'\\\\0')`;
}

/** Text has instants as JSON answers have them, and nothing where there is no value. */
export function settingsSql(...settings: string[]): string {
  return `SETTINGS ${[
    ...settings,
    "date_time_output_format = 'iso'",
    "format_csv_null_representation = ''",
    'output_format_json_escape_forward_slashes = 0',
  ].join(', ')}`;
}

/** Six decimals, halves up: what `Math.round(value * 1e6) / 1e6` gives. */
function rounded(value: string): string {
  const scaled = `(${value}) * 1000000`;
  return `(floor(${scaled}) + (${scaled} - floor(${scaled}) >= 0.5)) / 1000000`;
}
