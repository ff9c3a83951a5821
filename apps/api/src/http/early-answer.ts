/** Answers that are sent before the request's body has arrived whole, as when it is refused. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { finished } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** For how long, and up to how many bytes, the rest of a body is read and thrown away. */
const LINGER_MS = 30_000;
const LINGER_BYTES = 64 * 1024 * 1024;

const answered = new WeakSet<Socket>();

/** Whether the request that still comes in has had its answer. */
export function isAnswered(socket: Socket): boolean {
  return answered.has(socket);
}

/**
 * A hook `onSend` of Fastify. To close the connection on a client that still sends would lose the answer: the rest is read
 * first where the client wants it closed, and behind the answer where it does not. What does not end is cut off.
 */
export function answerEarly(request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void): void {
  // Fastify's, for a body that a parser has refused. To remove one that is not there would lose Node's own, and Keep-Alive.
  if (reply.hasHeader('Connection')) reply.removeHeader('Connection');
  const body = request.raw;
  if (body.complete || body.destroyed) return done();
  answered.add(body.socket);
  throwAway(body, () => {
    answered.delete(body.socket);
    if (!reply.raw.shouldKeepAlive) done();
  });
  if (reply.raw.shouldKeepAlive) done();
}

function throwAway(body: IncomingMessage, gone: () => void): void {
  const cut = (): void => {
    if (!body.complete) body.destroy();
  };
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LINGER_BYTES) cut();
  });
  const timer = setTimeout(cut, LINGER_MS);
  // Once its answer is sent, Node does not end a request with its connection.
  body.socket.once('close', cut);
  finished(body, () => {
    clearTimeout(timer);
    body.socket.off('close', cut);
    gone();
  });
}
