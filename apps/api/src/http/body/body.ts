/**
 * Takes every request's body: JSON for all routes, NDJSON for events, plain or gzip. It replaces Fastify's parsers,
 * which know no encodings, and name no place in a document that is not JSON.
 */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Serial } from '@meterhouse/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiException } from '../api-exception';
import { answerEarly } from '../early-answer';
import { BodyMemory, type BodyShare, noRoom } from './body-memory';
import { decodeText, parseJson } from './json-body';
import { MAX_BODY_BYTES, receiveBody, tooLarge } from './receive-body';

export { MAX_BODY_BYTES } from './receive-body';

const inflate = promisify(gunzip);

/** Makes a route's body of its bytes; `isLines`: they are NDJSON. */
export type BodyReader = (bytes: Buffer, isLines: boolean) => unknown;

export interface BodyOptions {
  /** Whether the caller is known. The body of any other is discarded unread, as an empty one, and the guards refuse the call. */
  isWelcome?: (request: FastifyRequest) => boolean;
  /** The reader of a route that parses its body itself and takes NDJSON; null for a route of JSON values. */
  readerOf?: (request: FastifyRequest) => BodyReader | null;
}

/**
 * Makes Fastify read `application/json` and, for routes with a reader of their own, `application/x-ndjson` (or
 * `application/ndjson`), each also with `Content-Encoding: gzip`; every other type is refused. A JSON body arrives as its
 * value, an empty one as undefined. Call it before the service listens, on an app made with `bodyParser: false`.
 */
export function installBodyParsers(
  fastify: Pick<FastifyInstance, 'addContentTypeParser' | 'addHook' | 'removeAllContentTypeParsers'>,
  { isWelcome = () => true, readerOf = () => null }: BodyOptions = {},
): void {
  const memory = new BodyMemory();
  const shares = new WeakMap<FastifyRequest, BodyShare>();
  const read = async (request: FastifyRequest, payload: IncomingMessage): Promise<Buffer> => {
    if (isWelcome(request)) return readBytes(request, payload, (share) => shares.set(request, share), memory);
    return NOTHING;
  };
  fastify.addHook('onSend', answerEarly);
  // Also when the connection is gone before the answer.
  fastify.addHook('onResponse', (request: FastifyRequest, _reply: unknown, done: () => void) => {
    shares.get(request)?.close();
    done();
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const bytes = await read(request, payload);
    const reader = readerOf(request);
    return reader ? reader(bytes, false) : parseJson(decodeText(bytes));
  });
  fastify.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson'],
    async (request: FastifyRequest, payload: IncomingMessage) => {
      const reader = readerOf(request);
      if (reader) return reader(await read(request, payload), true);
      if (request.is404) return undefined;
      throw unknownType();
    },
  );
  fastify.addContentTypeParser('*', (request: FastifyRequest, _payload: IncomingMessage, done: BodyDone) => {
    // A path that does not exist returns 404, whatever is sent to it.
    done(request.is404 ? null : unknownType());
  });
}

const NOTHING = Buffer.alloc(0);

type BodyDone = (error: Error | null) => void;

function unknownType(): ApiException {
  return new ApiException(
    'INVALID_PARAMETERS',
    'The Content-Type is not understood; send application/json (or application/x-ndjson for events).',
  );
}

/** @throws ApiException PAYLOAD_TOO_LARGE past the limit; INVALID_PARAMETERS when it cannot be decoded; OVERLOADED */
async function readBytes(
  request: FastifyRequest,
  payload: IncomingMessage,
  keep: (share: BodyShare) => void,
  memory: BodyMemory,
): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding)) {
    throw new ApiException(
      'INVALID_PARAMETERS',
      'The Content-Encoding is not understood; send the body plain or as gzip.',
    );
  }
  const { bytes: sent, share } = await receiveBody(payload, memory);
  keep(share);
  const body = encoding === 'identity' || sent.length === 0 ? sent : await inflating.run(() => inflateBounded(sent));
  if (!share.resize(body.length)) throw noRoom();
  return body;
}

/** Bodies are inflated one after the other, so that only one is in memory before it counts. */
const inflating = new Serial();

/** Inflating stops at the first chunk past the limit, so a bomb costs no more memory than a full body. */
async function inflateBounded(sent: Buffer): Promise<Buffer> {
  try {
    return await inflate(sent, { maxOutputLength: MAX_BODY_BYTES, chunkSize: 64 * 1024 });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ApiException('INVALID_PARAMETERS', 'The body is not valid gzip, as its Content-Encoding says it is.');
  }
}
