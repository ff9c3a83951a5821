/** The statements that make a reader of the views on a ClickHouse server: a user who reads them, and nothing else. */

/** What a reader is to be. */
export interface Reader {
  user: string;
  /** Whose rows it reads; null: all accounts'. */
  account: string | null;
  /** SHA-256 of its password, in hex. */
  passwordHash: string;
  /** The database of the tables behind the views. */
  database: string;
}

/**
 * The columns that the views read. On a server a view runs with its reader's rights, so that the row policies of the
 * reader hold; so it needs these. Not among them: hashes of secrets, permissions, metadata.
 */
export const READ_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  events: [
    ...['account_id', 'key_id', 'id', 'timestamp', 'method', 'endpoint', 'status_code', 'latency_us', 'latency_code'],
    ...['request_bytes', 'response_bytes', 'error_type'],
  ],
  traffic_minute: trafficColumns('latency'),
  traffic_hour: trafficColumns(),
  usage_hour: usageColumns(),
  usage_day: usageColumns(),
  keys: [
    ...['account_id', 'id', 'name', 'tier', 'requests_per_minute', 'requests_per_hour', 'requests_per_day'],
    ...['created_at', 'expires_at', 'revoked_at', 'external'],
  ],
};

/** Role, settings profile and quota of all readers. */
export const READERS = 'meterhouse_bi';

/** Tables that tools list names with; each shows a reader what it may read, or nothing that is anybody's. */
const SYSTEM_TABLES = [
  ...['one', 'numbers', 'databases', 'tables', 'columns', 'functions', 'table_functions', 'table_engines'],
  ...['data_type_families', 'formats', 'settings', 'time_zones'],
];

/** The bounds of a statement; `CHANGEABLE_IN_READONLY` where a tool sends its own value with each. */
const SETTINGS = [
  'readonly = 1 CONST',
  'allow_ddl = 0 CONST',
  'allow_introspection_functions = 0 CONST',
  'max_memory_usage = 1000000000 CONST',
  'max_rows_to_read = 1000000000 CONST',
  'max_ast_depth = 200 CONST',
  'max_execution_time = 30 MIN 1 MAX 300 CHANGEABLE_IN_READONLY',
  'max_result_rows = 10000000 MIN 1 MAX 10000000 CHANGEABLE_IN_READONLY',
  'max_result_bytes = 1000000000 MIN 1 MAX 1000000000 CHANGEABLE_IN_READONLY',
  'result_overflow_mode CHANGEABLE_IN_READONLY',
  'limit CHANGEABLE_IN_READONLY',
  'offset CHANGEABLE_IN_READONLY',
  'extremes CHANGEABLE_IN_READONLY',
  'join_use_nulls CHANGEABLE_IN_READONLY',
  'session_timezone CHANGEABLE_IN_READONLY',
  'date_time_input_format CHANGEABLE_IN_READONLY',
  'date_time_output_format CHANGEABLE_IN_READONLY',
  'output_format_json_quote_64bit_integers CHANGEABLE_IN_READONLY',
  'output_format_json_quote_denormals CHANGEABLE_IN_READONLY',
  'cast_string_to_dynamic_use_inference CHANGEABLE_IN_READONLY',
  'additional_table_filters CHANGEABLE_IN_READONLY',
  'select_sequential_consistency CHANGEABLE_IN_READONLY',
  'enable_http_compression CHANGEABLE_IN_READONLY',
  'send_progress_in_http_headers CHANGEABLE_IN_READONLY',
  'http_headers_progress_interval_ms CHANGEABLE_IN_READONLY',
  'wait_end_of_query CHANGEABLE_IN_READONLY',
  'cancel_http_readonly_queries_on_client_close = 1 CHANGEABLE_IN_READONLY',
];

/**
 * The statements, in their order; all of them may be run again. Until the last but one the user reads nothing, and other
 * users read at every moment what they read before.
 *
 *     readerStatements({ user: 'acme_bi', account: 'acme', passwordHash, database: 'default' }).join(';\n');
 */
export function readerStatements({ user, account, passwordHash, database }: Reader): string[] {
  const [name, role] = [quotedName(user), quotedName(READERS)];
  const password = `IDENTIFIED WITH sha256_hash BY ${quotedText(passwordHash)}`;
  const tables = Object.entries(READ_COLUMNS).map(([table, columns]) => ({
    place: `${quotedName(database)}.${quotedName(table)}`,
    columns,
  }));
  return [
    `CREATE ROLE IF NOT EXISTS ${role}`,
    `GRANT SELECT ON meterhouse_bi.* TO ${role}`,
    ...tables.map(({ place, columns }) => `GRANT SELECT(${columns.join(', ')}) ON ${place} TO ${role}`),
    ...SYSTEM_TABLES.map((table) => `GRANT SELECT ON system.${table} TO ${role}`),
    `GRANT SELECT ON information_schema.* TO ${role}`,
    `GRANT SELECT ON INFORMATION_SCHEMA.* TO ${role}`,
    `CREATE SETTINGS PROFILE OR REPLACE ${role} SETTINGS ${SETTINGS.join(', ')}`,
    `CREATE QUOTA OR REPLACE ${role} KEYED BY user_name ` +
      'FOR INTERVAL 1 minute MAX queries = 300, execution_time = 120, ' +
      `FOR INTERVAL 1 day MAX queries = 50000, execution_time = 28800 TO ${role}`,
    `CREATE USER IF NOT EXISTS ${name} ${password}`,
    `ALTER USER ${name} ${password} DEFAULT DATABASE meterhouse_bi SETTINGS PROFILE ${quotedText(READERS)}`,
    ...tables.flatMap(({ place }) => policies(user, account, place)),
    `GRANT ${role} TO ${name}`,
    `SET DEFAULT ROLE ${role} TO ${name}`,
  ];
}

/**
 * The first policy leaves all users all rows, as they had them: where a table has any policy, those without one of their
 * own read nothing on servers with `users_without_row_policies_can_read_rows` off. The second takes from this user what is
 * not its account's; a restrictive one, because no other policy can give that back.
 */
function policies(user: string, account: string | null, place: string): string[] {
  const own = quotedName(`${READERS}: ${user}`);
  if (account === null) return [`DROP ROW POLICY IF EXISTS ${own} ON ${place}`];
  return [
    `CREATE ROW POLICY IF NOT EXISTS ${quotedName(`${READERS}: all rows`)} ON ${place} USING 1 AS PERMISSIVE TO ALL`,
    `CREATE ROW POLICY OR REPLACE ${own} ON ${place} USING account_id = ${quotedText(account)} ` +
      `AS RESTRICTIVE TO ${quotedName(user)}`,
  ];
}

/** Users of this name who are no readers; to have one become a reader would take its other rights for it. */
export function otherUserCount(user: string): string {
  return (
    `SELECT count() FROM system.users WHERE name = ${quotedText(user)} AND name NOT IN ` +
    `(SELECT assumeNotNull(user_name) FROM system.role_grants WHERE granted_role_name = ${quotedText(READERS)})`
  );
}

/** Permissive policies of others on the tables: the one that leaves all rows to all would undo them. */
export function otherPolicyCount(database: string): string {
  const tables = Object.keys(READ_COLUMNS).map(quotedText).join(', ');
  return (
    `SELECT count() FROM system.row_policies WHERE database = ${quotedText(database)} AND table IN (${tables}) ` +
    `AND is_restrictive = 0 AND NOT startsWith(short_name, ${quotedText(`${READERS}: `)})`
  );
}

function trafficColumns(...more: string[]): string[] {
  return [
    ...['account_id', 'bucket', 'key_id', 'requests', 'failed', 'throttled', 'timed', 'latency_sum_us'],
    ...['latency_max_us', 'bytes', ...more],
  ];
}

function usageColumns(): string[] {
  return [
    ...['account_id', 'bucket', 'key_id', 'endpoint', 'method', 'status_code', 'error_type', 'requests'],
    ...['latency_sum_us', 'latency_max_us', 'bytes', 'last_at', 'latency'],
  ];
}

function quotedText(text: string): string {
  return `'${escaped(text, "'")}'`;
}

function quotedName(name: string): string {
  return `\`${escaped(name, '`')}\``;
}

function escaped(text: string, quote: string): string {
  const safe = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return [...safe].map((character) => (character < ' ' ? inHex(character) : character)).join('');
}

function inHex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
