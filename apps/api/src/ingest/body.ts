/**
 * Reads every request's body: JSON for all routes, NDJSON for events, plain or gzip. It replaces Fastify's parsers,
 * which know no encodings, and name no place in a document that is not JSON.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ApiException } from '@meterhouse/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { describeJsonError } from './json-error';
import { EventLines } from './sent-events';

/** The largest body in bytes, as it is sent and inflated. */
export const BODY_LIMIT = 10 * 1024 * 1024;

/** How long what follows a body that is too long is read and thrown away. */
const PATIENCE_MS = 2_000;

/** Nothing the service takes is nested deeper; it keeps whatever walks a body by recursion from overflowing. */
const MAX_DEPTH = 32;

const inflate = promisify(gunzip);

/**
 * Makes Fastify read `application/json` and `application/x-ndjson` (or `application/ndjson`), each also with
 * `Content-Encoding: gzip`; every other type is refused. A JSON body arrives as its value, an NDJSON body as
 * `EventLines`, an empty one as undefined. Call it before the service listens, on an app made with `bodyParser: false`.
 * @param isWelcome whether somebody known sends the request; the body of anybody else is thrown away unread, as one that
 *   is empty, and the guards say why
 */
export function installEventParsers(
  fastify: Pick<FastifyInstance, 'addContentTypeParser' | 'removeAllContentTypeParsers'>,
  isWelcome: (request: FastifyRequest) => boolean = () => true,
): void {
  const read = async (request: FastifyRequest, payload: IncomingMessage): Promise<string> => {
    if (isWelcome(request)) return readText(request, payload);
    payload.resume();
    return '';
  };
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) =>
    parseJson(await read(request, payload)),
  );
  fastify.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson'],
    async (request: FastifyRequest, payload: IncomingMessage) => {
      const text = await read(request, payload);
      return text === '' ? undefined : EventLines.parse(text);
    },
  );
  fastify.addContentTypeParser('*', (request: FastifyRequest, _payload: IncomingMessage, done: BodyDone) => {
    // A path that does not exist answers so, whatever is sent to it.
    done(request.is404 ? null : unknownType());
  });
}

type BodyDone = (error: Error | null) => void;

function unknownType(): ApiException {
  return new ApiException(
    'INVALID_PARAMETERS',
    'The Content-Type is not understood; send application/json (or application/x-ndjson for events).',
  );
}

/** @throws ApiException PAYLOAD_TOO_LARGE past the limit; INVALID_PARAMETERS when it cannot be decoded */
async function readText(request: FastifyRequest, payload: IncomingMessage): Promise<string> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding)) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      'The Content-Encoding is not understood; send the body plain or as gzip.',
    );
  }
  const sent = await readBytes(payload);
  const body = encoding === 'identity' || sent.length === 0 ? sent : await inflateBounded(sent);
  if (!isUtf8(body)) throw new ApiException('INVALID_PARAMETERS', 'The body is not valid UTF-8.');
  const text = body.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * A body that is too long is refused at once and the rest of it thrown away as it comes: closing the connection on a
 * client that still sends would lose the answer. One that does not stop is cut off.
 */
function readBytes(payload: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    payload.on('data', (chunk: Buffer) => {
      if (length > BODY_LIMIT) return;
      length += chunk.length;
      if (length <= BODY_LIMIT) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(tooLarge());
        cutIfEndless(payload);
      }
    });
    payload.on('end', () => resolve(Buffer.concat(chunks)));
    payload.on('error', () => reject(new ApiException('INVALID_PARAMETERS', 'The body ended before it was complete.')));
  });
}

function cutIfEndless(payload: IncomingMessage): void {
  const timer = setTimeout(() => {
    if (!payload.complete) payload.destroy();
  }, PATIENCE_MS);
  payload.once('close', () => clearTimeout(timer));
}

/** Inflating stops at the first chunk past the limit, so a bomb costs no more memory than a full body. */
async function inflateBounded(sent: Buffer): Promise<Buffer> {
  try {
    return await inflate(sent, { maxOutputLength: BODY_LIMIT, chunkSize: 64 * 1024 });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ApiException('INVALID_PARAMETERS', 'The body is not valid gzip, as its Content-Encoding says it is.');
  }
}

/**
 * `JSON.parse` makes a field named `__proto__` a plain field of its own, which changes no prototype; readers here take
 * fields by name and refuse that one as unknown.
 */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw new ApiException('INVALID_PARAMETERS', `The body is not valid JSON: ${describeJsonError(text)}`);
  }
  if (isDeeper(value, MAX_DEPTH)) {
    throw new ApiException('INVALID_PARAMETERS', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function tooLarge(): ApiException {
  return new ApiException(
    'PAYLOAD_TOO_LARGE',
    `The body is larger than ${BODY_LIMIT / 1024 / 1024} MiB (inflated); send it in smaller parts.`,
  );
}
