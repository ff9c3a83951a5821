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
import { BodyMemory, type BodyShare, noRoom } from './body-memory';
import { describeJsonError } from './json-error';
import { MOST_VALUES, holdsMoreValues } from './json-values';
import { BODY_LIMIT, receiveBody, tooLarge } from './receive-body';
import { EventLines } from './sent-events';

export { BODY_LIMIT } from './receive-body';

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
  fastify: Pick<FastifyInstance, 'addContentTypeParser' | 'addHook' | 'removeAllContentTypeParsers'>,
  isWelcome: (request: FastifyRequest) => boolean = () => true,
): void {
  const memory = new BodyMemory();
  const shares = new WeakMap<FastifyRequest, BodyShare>();
  const read = async (request: FastifyRequest, payload: IncomingMessage): Promise<string> => {
    if (isWelcome(request)) return readText(request, payload, (share) => shares.set(request, share), memory);
    payload.resume();
    return '';
  };
  // Also when the connection is gone before the answer.
  fastify.addHook('onResponse', (request: FastifyRequest, _reply: unknown, done: () => void) => {
    shares.get(request)?.close();
    done();
  });
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

/** @throws ApiException PAYLOAD_TOO_LARGE past the limit; INVALID_PARAMETERS when it cannot be decoded; OVERLOADED */
async function readText(
  request: FastifyRequest,
  payload: IncomingMessage,
  keep: (share: BodyShare) => void,
  memory: BodyMemory,
): Promise<string> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding)) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      'The Content-Encoding is not understood; send the body plain or as gzip.',
    );
  }
  const { bytes: sent, share } = await receiveBody(payload, memory);
  keep(share);
  const body = encoding === 'identity' || sent.length === 0 ? sent : await inTurn(() => inflateBounded(sent));
  if (!share.resize(body.length)) throw noRoom();
  if (!isUtf8(body)) throw new ApiException('INVALID_PARAMETERS', 'The body is not valid UTF-8.');
  if (holdsMoreValues(body)) throw tooMany();
  const text = body.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function tooMany(): ApiException {
  return new ApiException('PAYLOAD_TOO_LARGE', `The body holds more than ${MOST_VALUES} values; send fewer at once.`);
}

/** Bodies are inflated one after the other, so that only one is in memory before it counts. */
let inflating: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = inflating.then(work);
  inflating = done.catch(() => undefined);
  return done;
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
  if (Array.isArray(value)) return value.some((item) => isDeeper(item, levels - 1));
  const fields = value as Record<string, unknown>;
  for (const name in fields) if (isDeeper(fields[name], levels - 1)) return true;
  return false;
}
