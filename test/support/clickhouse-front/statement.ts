/** Reads what an HTTP request asks of ClickHouse, as ClickHouse's HTTP interface does. */
import { type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { FrontError } from './front-error';

/** One statement and all that came with it. */
export interface Statement {
  sql: string;
  /** What follows the statement as data; undefined when the body was the statement. */
  rows: string | undefined;
  /** Values of `{name:Type}` placeholders, escaped as they were sent. */
  parameters: ReadonlyMap<string, string>;
  /** Settings of this statement alone. */
  settings: ReadonlyMap<string, string>;
  database: string;
  /** Format of the answer where the statement names none. */
  format: string;
  queryId: string | undefined;
  /** Whether the answer may be compressed with gzip. */
  gzip: boolean;
}

/** URL parameters that are neither settings nor placeholders. */
const RESERVED = new Set(['query', 'query_id', 'database', 'default_format', 'user', 'password', 'wait_end_of_query']);
/** Parts of the interface that this front does not have; using them must not go unnoticed. */
const MISSING = ['session_id', 'role', 'compress', 'decompress', 'quota_key'];

/** What a server allows in a URL parameter or a field of a form, `http_max_field_value_size`. */
const MAX_FIELD_LENGTH = 131_072;

/** @throws FrontError when the request is not one that the front understands */
export function readStatement(request: IncomingMessage, sent: Buffer): Statement {
  const url = new URL(request.url ?? '/', 'http://front').searchParams;
  for (const name of MISSING) {
    if (url.has(name)) throw new FrontError(48, 'NOT_IMPLEMENTED', `This front does not know ${name}`);
  }
  const body = inflate(request, sent);
  const form = (request.headers['content-type'] ?? '').startsWith('multipart/form-data');
  const parts = form ? readForm(request, body) : new Map(body.length === 0 ? [] : [['query', body.toString()]]);
  for (const value of [...url.values(), ...(form ? parts.values() : [])]) {
    if (Buffer.byteLength(value) > MAX_FIELD_LENGTH) {
      throw new FrontError(1000, 'POCO_EXCEPTION', 'HTML Form Exception: Field value too long');
    }
  }
  const named = url.get('query') ?? undefined;
  const settings = new Map([...url].filter(([name]) => !RESERVED.has(name) && !name.startsWith('param_')));
  return {
    sql: named ?? parts.get('query') ?? '',
    rows: named === undefined ? undefined : (parts.get('query') ?? ''),
    parameters: new Map(
      [...url, ...parts]
        .filter(([name]) => name.startsWith('param_'))
        .map(([name, value]) => [name.slice('param_'.length), value]),
    ),
    settings,
    database: url.get('database') ?? 'default',
    format: url.get('default_format') ?? 'TabSeparated',
    queryId: url.get('query_id') ?? undefined,
    gzip: settings.get('enable_http_compression') === '1' && accepts(request, 'gzip'),
  };
}

function accepts(request: IncomingMessage, encoding: string): boolean {
  return String(request.headers['accept-encoding'] ?? '').includes(encoding);
}

function inflate(request: IncomingMessage, sent: Buffer): Buffer {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined) return sent;
  if (encoding === 'gzip') return gunzipSync(sent);
  throw new FrontError(89, 'UNKNOWN_COMPRESSION_METHOD', `Unknown compression method ${encoding}`);
}

/** The fields of a form by name. */
function readForm(request: IncomingMessage, body: Buffer): Map<string, string> {
  const boundary = /boundary=([^;]+)/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) throw new FrontError(36, 'BAD_ARGUMENTS', 'The form has no boundary');
  const parts = new Map<string, string>();
  for (const part of `\r\n${body.toString()}`.split(`\r\n--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n');
    const name = /; name="([^"]*)"/.exec(part.slice(0, end))?.[1];
    if (end < 0 || name === undefined) throw new FrontError(36, 'BAD_ARGUMENTS', 'A part of the form has no name');
    parts.set(name, part.slice(end + 4));
  }
  return parts;
}
