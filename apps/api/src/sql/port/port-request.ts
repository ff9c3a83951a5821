/** A call of the SQL port, taken apart: what is the statement, what a parameter, what a setting. */
import type { IncomingMessage } from 'node:http';
import { PortError } from './port-error';
import type { ReceivedBody } from './receive';

export interface PortRequest {
  text: string;
  queryId: string | undefined;
  database: string | undefined;
  /** From the header, or `default_format`; a FORMAT of the statement counts before it. */
  format: string | undefined;
  settings: Readonly<Record<string, string | number>>;
  parameters: Record<string, string>;
  session: { id: string; seconds: number } | undefined;
  /** Whether the answer is to be in ClickHouse's compressed blocks. */
  blocks: boolean;
  /** Whether the whole answer is made before any of it is sent. */
  whole: boolean;
  /** Content codings that the client takes and asked for; none otherwise. */
  acceptEncoding: string | undefined;
  cors: boolean;
}

/** Names in the URL that are no settings. */
const RESERVED = new Set([
  ...['query', 'database', 'default_format', 'user', 'password', 'quota_key', 'query_id', 'stacktrace', 'role'],
  ...['compress', 'decompress', 'buffer_size', 'wait_end_of_query', 'session_id', 'session_timeout', 'session_check'],
  ...['close_session', 'client_protocol_version', 'enable_http_compression', 'add_http_cors_header', ''],
]);

/** Databases that a client may name: tools connect with the engine's default one. */
const DATABASES = new Set(['', 'default', 'meterhouse_bi', 'system', 'information_schema', 'INFORMATION_SCHEMA']);

const MAX_SESSION_SECONDS = 3_600;
const SESSION_SECONDS = 60;

/** @throws PortError for a database or a format that there is not */
export function toPortRequest(request: IncomingMessage, query: URLSearchParams, body: ReceivedBody): PortRequest {
  const { headers } = request;
  const database = header(headers['x-clickhouse-database']) ?? query.get('database') ?? undefined;
  checkDatabase(database);
  const [settings, parameters]: [Record<string, string>, Record<string, string>] = [{}, { ...body.parameters }];
  for (const [name, value] of query) {
    if (name.startsWith('param_')) parameters[name.slice('param_'.length)] = value;
    else if (!RESERVED.has(name)) settings[name] = value;
  }
  for (const name of Object.keys(parameters)) {
    if (!/^\w{1,64}$/.test(name))
      throw new PortError(36, 'BAD_ARGUMENTS', 'A parameter is named by letters, digits and _.');
  }
  const session = query.get('session_id');
  return {
    text: [query.get('query'), body.query, body.text].filter((part) => part !== null && part !== '').join('\n'),
    queryId: header(headers['x-clickhouse-query-id']) ?? query.get('query_id') ?? undefined,
    database,
    format: formatOf(header(headers['x-clickhouse-format']) || query.get('default_format') || undefined),
    settings,
    parameters,
    session: session ? { id: session.slice(0, 200), seconds: sessionSeconds(query.get('session_timeout')) } : undefined,
    blocks: query.get('compress') === '1',
    whole: query.get('wait_end_of_query') === '1',
    acceptEncoding: query.get('enable_http_compression') === '1' ? header(headers['accept-encoding']) : undefined,
    cors: wantsCors(query),
  };
}

/** Whether the answer is for a page of another origin, such as ClickHouse's own Play. */
export function wantsCors(query: URLSearchParams): boolean {
  return query.get('add_http_cors_header') === '1';
}

function formatOf(name: string | undefined): string | undefined {
  if (name === undefined || /^\w{1,64}$/.test(name)) return name;
  throw new PortError(73, 'UNKNOWN_FORMAT', 'A format is named by letters, digits and _.');
}

/** @throws PortError */
export function checkDatabase(name: string | undefined): void {
  if (name === undefined || DATABASES.has(name)) return;
  throw new PortError(81, 'UNKNOWN_DATABASE', `Database ${name.slice(0, 60)} does not exist; use meterhouse_bi.`);
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function sessionSeconds(text: string | null): number {
  const seconds = Number(text ?? SESSION_SECONDS);
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, MAX_SESSION_SECONDS) : SESSION_SECONDS;
}
