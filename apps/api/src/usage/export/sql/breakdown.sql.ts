/** One dimension of the usage of a window as rows, in the order in which `GET /usage` has them. */
import { KNOWN_ERROR_TYPES, describeErrorType } from '../../read/error-types';
import type { Source } from '../../read/aggregates';
import { LATENCY, TRAFFIC } from '../../read/sql/series.sql';
import { BoundValues, type Query, sourceSql } from '../../read/sql/source.sql';
import type { ExportTable } from '../table';
import {
  AVERAGE_LATENCY,
  DATA_TRANSFERRED,
  type ExportColumn,
  FAILED_REQUESTS,
  type Layout,
  REQUESTS,
  SHOWN_PERCENTILES,
  columnsSql,
  count,
  percent,
  percentilesSql,
  settingsSql,
  text,
} from './columns.sql';
import type { Column } from '../../request/filters';

/** A table that has a row for each value of a dimension. */
export type BreakdownTable = Exclude<ExportTable, 'timeSeries'>;

/** What a breakdown is made of beside its sums. */
export interface BreakdownOptions extends Layout {
  /** The names of keys, by id. */
  keyNames: ReadonlyMap<string, string>;
}

/** Stands for a type that the API made up. */
const UNKNOWN = '\0';

interface TableDefinition {
  dimension: Column;
  columns: (options: BreakdownOptions, bound: BoundValues) => readonly ExportColumn[];
  order: string;
  /** Which values have a row. */
  having?: string;
}

const PERCENTAGE = percent('request_count', 'sum(request_count) OVER ()', 'percentage');

const TABLES: Record<BreakdownTable, TableDefinition> = {
  endpoints: {
    dimension: 'endpoint',
    columns: ({ withLatency }) => [
      text('endpoint', 'endpoint'),
      REQUESTS,
      FAILED_REQUESTS,
      percent('(request_count - failed_count)', 'request_count', 'successRate'),
      ...(withLatency ? [AVERAGE_LATENCY, ...SHOWN_PERCENTILES] : []),
      DATA_TRANSFERRED,
      ['last_request_at', 'lastRequestAt'],
    ],
    order: 'request_count DESC, sums.endpoint ASC',
  },
  methods: {
    dimension: 'method',
    columns: () => [text('method', 'method'), REQUESTS, FAILED_REQUESTS, PERCENTAGE],
    order: 'request_count DESC, sums.method ASC',
  },
  statusCodes: {
    dimension: 'status_code',
    columns: () => [['toInt32(status_code)', 'statusCode'], REQUESTS, PERCENTAGE],
    order: 'status_code ASC',
  },
  errorTypes: {
    dimension: 'error_type',
    columns: (_, bound) => [
      text('error_type', 'type'),
      count('failed_count', 'count'),
      percent('failed_count', 'sum(failed_count) OVER ()', 'percentage'),
      text(describedSql(bound), 'description'),
    ],
    order: 'request_count DESC, error_type ASC',
    having: 'failed_count > 0',
  },
  keys: {
    dimension: 'key_id',
    columns: ({ keyNames }, bound) => [
      text('key_id', 'keyId'),
      text(namedSql(keyNames, bound), 'name'),
      REQUESTS,
      FAILED_REQUESTS,
      PERCENTAGE,
    ],
    order: 'request_count DESC, key_id ASC',
  },
};

/** One row a value of the table's dimension. */
export function breakdownExportQuery(table: BreakdownTable, source: Source, options: BreakdownOptions): Query {
  const bound = new BoundValues();
  const { dimension, columns, order, having } = TABLES[table];
  const withLatency = options.withLatency && table === 'endpoints';
  const sql = `${withLatency ? `\nWITH ${percentilesSql(bound)}` : ''}
SELECT
    ${columnsSql(columns(options, bound), options)}
FROM
(
    SELECT
        ${dimension},${TRAFFIC},
        max(last_at) AS last_request_at${withLatency ? LATENCY : ''}
    FROM
    (${sourceSql(source, [dimension], bound)}
    )
    GROUP BY ${dimension}${having === undefined ? '' : `\n    HAVING ${having}`}
) AS sums
ORDER BY ${order}
${settingsSql()}`;
  return { sql, parameters: bound.parameters };
}

/** The name of each row's key, NULL where it is not known any more. */
function namedSql(names: ReadonlyMap<string, string>, bound: BoundValues): string {
  const [ids, values] = [[...names.keys()], [...names.values()]];
  return `nullIf(transform(key_id, ${bound.bind('Array(String)', ids)}, ${bound.bind('Array(String)', values)}, ''), '')`;
}

function describedSql(bound: BoundValues): string {
  const known = bound.bind('Array(String)', KNOWN_ERROR_TYPES);
  const descriptions = bound.bind('Array(String)', KNOWN_ERROR_TYPES.map(describeErrorType));
  const [before = '', after = ''] = describeErrorType(UNKNOWN).split(UNKNOWN);
  const other = `concat(${bound.bind('String', before)}, error_type, ${bound.bind('String', after)})`;
  return `transform(error_type, ${known}, ${descriptions}, ${other})`;
}
