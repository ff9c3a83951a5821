/** Which settings a caller may send, what becomes of each, and the bounds. */
import { SqlRefusal } from './refusal';

/** Bounds of one statement. */
export interface StatementBounds {
  seconds: number;
  resultRows: number;
  resultBytes: number;
}

/** A number up to a bound; `0` means none to the engine, and so the bound here. */
type Bound = (bounds: StatementBounds) => number;

const AT_MOST = new Map<string, Bound>(
  Object.entries({
    max_execution_time: ({ seconds }: StatementBounds) => seconds,
    max_result_rows: ({ resultRows }: StatementBounds) => resultRows,
    max_result_bytes: ({ resultBytes }: StatementBounds) => resultBytes,
    limit: ({ resultRows }: StatementBounds) => resultRows,
  }),
);

/** Settings of the answer's form and of SQL semantics, with the values that they may have. */
const PLAIN = new Map(
  Object.entries({
    join_use_nulls: /^[01]$/,
    session_timezone: /^[A-Za-z0-9_+/-]{0,64}$/,
    date_time_output_format: /^(?:simple|iso|unix_timestamp)$/,
    date_time_input_format: /^(?:basic|best_effort|best_effort_us)$/,
    result_overflow_mode: /^(?:throw|break)$/,
    offset: /^\d{1,12}$/,
    extremes: /^[01]$/,
    group_by_use_nulls: /^[01]$/,
    union_default_mode: /^(?:ALL|DISTINCT|)$/,
    prefer_column_name_to_alias: /^[01]$/,
    transform_null_in: /^[01]$/,
    aggregate_functions_null_for_empty: /^[01]$/,
    cast_keep_nullable: /^[01]$/,
    cast_string_to_dynamic_use_inference: /^[01]$/,
    decimal_check_overflow: /^[01]$/,
    output_format_json_quote_64bit_integers: /^[01]$/,
    output_format_json_quote_64bit_floats: /^[01]$/,
    output_format_json_quote_denormals: /^[01]$/,
    output_format_json_quote_decimals: /^[01]$/,
    output_format_json_named_tuples_as_objects: /^[01]$/,
    output_format_json_array_of_rows: /^[01]$/,
    output_format_csv_crlf_end_of_line: /^[01]$/,
    format_csv_delimiter: /^[,;|\t]$/,
    output_format_arrow_string_as_string: /^[01]$/,
    output_format_arrow_compression_method: /^(?:none|lz4_frame|zstd)$/,
    output_format_parquet_compression_method: /^(?:none|snappy|zstd|lz4|gzip)$/,
    output_format_native_encode_types_in_binary_format: /^0$/,
    output_format_binary_encode_types_in_binary_format: /^0$/,
    low_cardinality_allow_in_native_format: /^[01]$/,
    format_tsv_null_representation: /^.{0,16}$/,
  }),
);

/** About the transport, which is not the engine's here, or without a meaning for reads: taken, and left out. */
const IGNORED = new Set([
  ...['send_progress_in_http_headers', 'http_headers_progress_interval_ms', 'enable_http_compression', 'log_queries'],
  ...[
    'http_zlib_compression_level',
    'wait_end_of_query',
    'cancel_http_readonly_queries_on_client_close',
    'log_comment',
  ],
  ...['select_sequential_consistency', 'add_http_cors_header', 'http_write_exception_in_output_format', 'max_threads'],
  ...['max_block_size', 'network_compression_method', 'buffer_size', 'http_response_buffer_size', 'async_insert'],
  ...['wait_for_async_insert', 'insert_deduplicate', 'mutations_sync', 'alter_sync', 'insert_distributed_sync'],
  ...['use_query_cache', 'http_make_head_request', 'output_format_native_use_flattened_dynamic_and_json_serialization'],
  ...[
    'network_zstd_compression_level',
    'max_insert_block_size',
    'connect_timeout',
    'receive_timeout',
    'send_timeout',
    'session_timeout',
    'priority',
  ],
]);

/** `readonly` may be asked for; it is on anyway. */
const READONLY = /^[12]$/;

/**
 * The settings that the engine gets for those that a caller sent.
 * @throws SqlRefusal for one that a caller may not change, or not to this value
 */
export function engineSettings(
  sent: Readonly<Record<string, string | number>>,
  bounds: StatementBounds,
): Record<string, string | number> {
  const settings: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(sent)) {
    const atMost = AT_MOST.get(name)?.(bounds);
    const plain = PLAIN.get(name);
    if (atMost !== undefined) settings[name] = bounded(name, value, atMost);
    else if (plain?.test(String(value)) === true) settings[name] = value;
    else if (plain) throw SqlRefusal.setting(`The setting ${name} may not have this value here.`);
    else if (name === 'readonly' && READONLY.test(String(value))) continue;
    else if (!IGNORED.has(name)) throw SqlRefusal.setting(`Cannot modify '${name}' setting in readonly mode.`);
  }
  return settings;
}

function bounded(name: string, value: string | number, atMost: number): number {
  const asked = Number(value);
  if (!Number.isFinite(asked) || asked < 0) throw SqlRefusal.setting(`The setting ${name} should be a number from 0.`);
  return asked === 0 ? atMost : Math.min(asked, atMost);
}
