/**
 * A ClickHouse server for tests: the part of ClickHouse's HTTP interface that @clickhouse/client uses, on the embedded
 * engine.
 *
 * Real: the engine with its tables, views, tokens and errors; statements in the body or in `query`; placeholders from the
 * URL or a form; settings of one statement; databases; a password; gzip both ways; an insert runs only when all of its
 * body has arrived, and runs to its end when its client has gone.
 * Not real: sessions, roles, compression other than gzip, errors in the middle of an answer, Replicated tables; several
 * statements in one request are run where a server refuses them.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Engine } from './engine';
import { FrontError, errorAnswer } from './front-error';
import { type Statement, readStatement } from './statement';

/** What a server allows in a URL, `http_max_uri_size`. */
const MAX_URL_BYTES = 1_048_576;
const KEEP_ALIVE_MS = 10_000;

export interface ClickHouseFront {
  /** Without a slash at its end and without the password. */
  url: string;
  close(): Promise<void>;
}

/** Starts a front on a fresh folder and a free port. @param password of the user `default`; none: no password */
export async function openClickHouseFront(password = ''): Promise<ClickHouseFront> {
  const folder = await mkdtemp(join(tmpdir(), 'clickhouse-front-'));
  const engine = new Engine(folder);
  const server = new Server({ maxHeaderSize: MAX_URL_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void answer(engine, password, request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The front has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Never rejects. */
async function answer(
  engine: Engine,
  password: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let body: Buffer;
  try {
    body = await buffer(request);
  } catch {
    // The client went away before it had sent all: nothing is run.
    return;
  }
  response.setHeader('X-ClickHouse-Server-Display-Name', 'front');
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  try {
    checkPassword(request, password);
    if (request.url === '/ping') {
      response.end('Ok.\n');
      return;
    }
    const statement = readStatement(request, body);
    checkMethod(request, statement);
    await run(engine, statement, response);
  } catch (error) {
    const { status, code, text } = errorAnswer(error);
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8', 'X-ClickHouse-Exception-Code': code });
    response.end(text);
  }
}

async function run(engine: Engine, statement: Statement, response: ServerResponse): Promise<void> {
  const started = process.hrtime.bigint();
  const result = await engine.run(statement);
  const found = Buffer.from(result?.bytes() ?? []);
  const sent = statement.gzip ? gzipSync(found) : found;
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': sent.length,
    ...(statement.gzip ? { 'Content-Encoding': 'gzip' } : {}),
    'X-ClickHouse-Query-Id': statement.queryId ?? randomUUID(),
    'X-ClickHouse-Format': /\bFORMAT\s+(\w+)\s*;?\s*$/i.exec(statement.sql)?.[1] ?? statement.format,
    'X-ClickHouse-Summary': JSON.stringify({
      read_rows: String(result?.rowsRead ?? 0),
      read_bytes: String(result?.bytesRead ?? 0),
      written_rows: '0',
      written_bytes: '0',
      total_rows_to_read: '0',
      result_rows: '0',
      result_bytes: String(found.length),
      elapsed_ns: String(process.hrtime.bigint() - started),
    }),
  });
  response.end(sent);
}

/** `Authorization: Basic` as the client sends it. */
function checkPassword(request: IncomingMessage, password: string): void {
  const sent = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
  if (sent === `default:${password}` || (sent === '' && password === '')) return;
  throw new FrontError(
    516,
    'AUTHENTICATION_FAILED',
    'default: Authentication failed: password is incorrect, or there is no user with such name',
  );
}

/** GET may only read. */
function checkMethod(request: IncomingMessage, statement: Statement): void {
  if (request.method === 'POST' || /^\s*(SELECT|WITH|SHOW|DESCRIBE|EXPLAIN|EXISTS)\b/i.test(statement.sql)) return;
  throw new FrontError(
    164,
    'READONLY',
    'Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly',
  );
}
