/** An answer of the SQL port on its way to the client: head, compression, and errors before and after the first byte. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { toBlocks } from './lz4-blocks';
import type { PortError } from './port-error';
import type { PortRequest } from './port-request';

/** What the answer took, as far as it is known when its head is sent. */
export interface Summary {
  rowsRead: number;
  bytesRead: number;
  elapsedMs: number;
}

/** A client that takes nothing for so long loses its connection. */
const MAX_PAUSE_MS = 30_000;

/** Longest text of an error after the first byte; clients look for it in the last 16 KiB. */
const MAX_ERROR_BYTES = 15_000;

const CONTENT_TYPES: [pattern: RegExp, type: string][] = [
  [/^(?:TabSeparated|TSV)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^CSV/, 'text/csv; charset=UTF-8'],
  [/^JSON.*EachRow|^JSONLines|^NDJSON/, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^XML/, 'application/xml; charset=UTF-8'],
  [/^(?:Pretty|Vertical|Values|Markdown|LineAsString|SQLInsert)/, 'text/plain; charset=UTF-8'],
];

/** What a page of another origin may read beside the body. */
const EXPOSED = ['Query-Id', 'Summary', 'Server-Display-Name', 'Format', 'Timezone', 'Exception-Code', 'Exception-Tag']
  .map((name) => `X-ClickHouse-${name}`)
  .join(',');

type Coder = Transform & zlib.Zlib;

/** In the order in which they are chosen. */
const CODERS: [name: string, make: () => Coder][] = [
  ['gzip', () => zlib.createGzip({ level: 1 })],
  ['deflate', () => zlib.createDeflate({ level: 1 })],
  ['br', () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 } })],
];

export class Reply {
  private readonly tag = randomBytes(8)
    .toString('hex')
    .replace(/\d/g, (digit) => String.fromCharCode(103 + Number(digit)));
  private coder: Coder | undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly request: Pick<PortRequest, 'blocks' | 'acceptEncoding' | 'cors'>,
    private readonly version: string,
  ) {}

  get begun(): boolean {
    return this.response.headersSent;
  }

  /** Sends the head. @param format empty where the answer has no rows */
  begin(queryId: string, format: string, summary: Summary): void {
    const { acceptEncoding = '', blocks } = this.request;
    const [coding, make] = (!blocks && CODERS.find(([name]) => acceptEncoding.includes(name))) || [];
    this.head(queryId);
    this.response
      .setHeader(
        'Content-Type',
        CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream',
      )
      .setHeader('X-ClickHouse-Summary', summaryText(summary));
    if (format !== '') this.response.setHeader('X-ClickHouse-Format', format);
    if (coding !== undefined && make) {
      this.response.setHeader('Content-Encoding', coding);
      this.coder = make();
      this.coder.pipe(this.response, { end: false });
    }
    this.response.writeHead(200);
  }

  /** Resolves when the client has taken enough of it for more. */
  async write(bytes: Buffer): Promise<void> {
    if (!this.request.blocks) return this.put(bytes);
    for (const block of toBlocks(bytes)) await this.put(block);
  }

  async end(): Promise<void> {
    if (this.coder) {
      this.coder.end();
      await once(this.coder, 'end');
    }
    this.response.end();
  }

  /** Before the first byte a status and the error; behind it a block with the error, and a connection that breaks off. */
  async fail(error: PortError, queryId: string): Promise<void> {
    const text = error.text(this.version);
    if (this.begun) return this.breakOff(text);
    this.head(queryId);
    this.response
      .setHeader('X-ClickHouse-Exception-Code', String(error.code))
      .setHeader('Content-Type', 'text/plain; charset=UTF-8');
    if (error.status === 401) this.response.setHeader('WWW-Authenticate', 'Basic realm="Meterhouse SQL"');
    if (error.retryAfterSeconds !== undefined) this.response.setHeader('Retry-After', String(error.retryAfterSeconds));
    this.response.writeHead(error.status).end(text);
  }

  private async breakOff(text: string): Promise<void> {
    const message = Buffer.from(text).subarray(0, MAX_ERROR_BYTES).toString('utf8');
    const length = Buffer.byteLength(message);
    const block = `\r\n__exception__\r\n${this.tag}\r\n${message}${length} ${this.tag}\r\n__exception__\r\n`;
    await this.write(Buffer.from(block));
    if (this.coder) return this.breakCoding(this.coder);
    // Without the last chunk, so that the client sees that it is not whole.
    this.response.write('', () => this.response.destroy());
  }

  /** A client that inflates drops what it has not inflated when the connection breaks, so the coding is what has no end. */
  private async breakCoding(coder: Coder): Promise<void> {
    await new Promise<void>((resolve) => coder.flush(resolve));
    coder.unpipe(this.response);
    this.coder = undefined;
    for (let rest = read(coder); rest !== null; rest = read(coder)) await this.put(rest);
    coder.destroy();
    this.response.end();
  }

  private head(queryId: string): void {
    this.response
      .setHeader('X-ClickHouse-Server-Display-Name', 'meterhouse')
      .setHeader('X-ClickHouse-Query-Id', queryId.replace(/[^\x20-\x7e]/g, '?'))
      .setHeader('X-ClickHouse-Timezone', 'UTC')
      .setHeader('X-ClickHouse-Exception-Tag', this.tag)
      .setHeader('X-Content-Type-Options', 'nosniff')
      .setHeader('Cache-Control', 'no-store')
      .setHeader('Access-Control-Expose-Headers', EXPOSED);
    if (this.request.cors) this.response.setHeader('Access-Control-Allow-Origin', '*');
  }

  private async put(bytes: Buffer): Promise<void> {
    const target = this.coder ?? this.response;
    if (target.write(bytes) || this.response.destroyed) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => this.response.destroy(), MAX_PAUSE_MS);
      const done = (): void => {
        clearTimeout(late);
        target.off('drain', done);
        this.response.off('close', done);
        resolve();
      };
      target.once('drain', done);
      this.response.once('close', done);
    });
  }
}

function read(source: Transform): Buffer | null {
  return source.read() as Buffer | null;
}

/** All values are texts, as ClickHouse writes them. */
function summaryText({ rowsRead, bytesRead, elapsedMs }: Summary): string {
  const values = {
    read_rows: rowsRead,
    read_bytes: bytesRead,
    written_rows: 0,
    written_bytes: 0,
    total_rows_to_read: 0,
    result_rows: 0,
    result_bytes: 0,
    elapsed_ns: Math.round(elapsedMs * 1e6),
  };
  return JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])));
}
