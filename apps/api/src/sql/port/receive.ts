/** The body of a call of the SQL port: a statement, or a form with it and its parameters; inflated, and bounded. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { BadBlockError, fromBlocks } from './lz4-blocks';
import { PortError } from './port-error';

/** A body, plain or not; the values bound to a statement may be larger than it. */
const MAX_BODY_BYTES = 1_048_576;

/** Bodies that are being received, of all clients together. */
const MAX_ALL_BYTES = 32 * 1_048_576;

export interface ReceivedBody {
  /** The body where it is no form. */
  text: string;
  /** The field `query` of a form. */
  query: string;
  /** The fields `param_…` of a form. */
  parameters: Record<string, string>;
}

const EMPTY: ReceivedBody = { text: '', query: '', parameters: {} };

/** Node's own names for what can read a coding; zstd is there from Node 22.15 on. */
const INFLATERS: Readonly<Record<string, (() => NodeJS.ReadWriteStream) | undefined>> = {
  gzip: zlib.createGunzip,
  'x-gzip': zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
  zstd: 'createZstdDecompress' in zlib ? (zlib.createZstdDecompress as () => NodeJS.ReadWriteStream) : undefined,
};

export class BodyReceiver {
  private bytes = 0;

  /** @throws PortError when it is too large, damaged, or of a form that is not read here */
  async receive(request: IncomingMessage, inBlocks: boolean): Promise<ReceivedBody> {
    const received = await this.read(request);
    if (received.length === 0) return EMPTY;
    const plain = inBlocks ? blocksOf(received) : received;
    const type = request.headers['content-type'] ?? '';
    if (/^multipart\/form-data/i.test(type)) return formOf(plain, type);
    return { ...EMPTY, text: plain.toString('utf8') };
  }

  private async read(request: IncomingMessage): Promise<Buffer> {
    const coding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    const inflater = INFLATERS[coding];
    if (coding !== 'identity' && !inflater) {
      throw new PortError(779, 'CANNOT_DETECT_FORMAT', `The Content-Encoding ${coding.slice(0, 20)} is not read here.`);
    }
    const source = inflater ? request.pipe(inflater()) : request;
    if (inflater) request.once('error', (error) => (source as Readable).destroy(error));
    const parts: Buffer[] = [];
    let own = 0;
    try {
      for await (const part of source as AsyncIterable<Buffer>) {
        own += part.length;
        this.bytes += part.length;
        if (own > MAX_BODY_BYTES) throw tooLarge();
        if (this.bytes > MAX_ALL_BYTES) {
          throw new PortError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many statements are being received.', 1);
        }
        parts.push(part);
      }
    } catch (error) {
      throw error instanceof PortError ? error : new PortError(36, 'BAD_ARGUMENTS', 'The body cannot be inflated.');
    } finally {
      this.bytes -= own;
    }
    return Buffer.concat(parts);
  }
}

function tooLarge(): PortError {
  return new PortError(229, 'QUERY_IS_TOO_LARGE', `A body may have ${MAX_BODY_BYTES} bytes.`);
}

function blocksOf(bytes: Buffer): Buffer {
  try {
    return fromBlocks(bytes, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof BadBlockError) throw new PortError(271, 'CANNOT_DECOMPRESS', error.message);
    throw error;
  }
}

async function formOf(bytes: Buffer, type: string): Promise<ReceivedBody> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new PortError(36, 'BAD_ARGUMENTS', 'The form cannot be read.');
  });
  const body: ReceivedBody = { text: '', query: '', parameters: {} };
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw new PortError(48, 'NOT_IMPLEMENTED', 'External tables are not taken here.');
    if (name === 'query') body.query = value;
    else if (name.startsWith('param_')) body.parameters[name.slice('param_'.length)] = value;
    else throw new PortError(48, 'NOT_IMPLEMENTED', `The field ${name.slice(0, 60)} of the form is not taken here.`);
  }
  return body;
}
