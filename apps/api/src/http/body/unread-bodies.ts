/** Keeps Fastify from reading bodies: it does so before the guards, and knows no encodings. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerEarly } from '../early-answer';

/**
 * Fastify leaves the body of each request on its connection, whatever its type; `DeclaredInput` reads it once the guards
 * have let the call through. Call it before the service listens, on an app made with `bodyParser: false`.
 */
export function leaveBodiesUnread(
  fastify: Pick<FastifyInstance, 'addContentTypeParser' | 'addHook' | 'removeAllContentTypeParsers'>,
): void {
  fastify.addHook('onRequest', hideBadType);
  fastify.addHook('onSend', answerEarly);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request: unknown, _payload: unknown, done: (error: null) => void) => done(null));
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const MEDIA_TYPE = new RegExp(`^\\s*${TOKEN}/${TOKEN}\\s*(?:;|$)`);

/** Fastify refuses what is not a media type before the guards; under this one it is refused behind them. */
function hideBadType({ raw }: FastifyRequest, _reply: unknown, done: () => void): void {
  const type = raw.headers['content-type'];
  if (type !== undefined && !MEDIA_TYPE.test(type)) raw.headers['content-type'] = 'application/octet-stream';
  done();
}
