/** What every answer must keep to on its way to the client: room in memory, and time. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { overloaded } from '../overloaded';
import type { AnswerMemory } from './answer-memory';
import { patienceMs } from './patience';

/** What a call takes beside the body of its answer: request, reply and headers. */
const CALL_BYTES = 8 * 1024;

/** What a stream holds at once. */
const STREAM_BYTES = 128 * 1024;

/**
 * Makes a hook `onSend` of Fastify. Each answer takes room in `memory` until the system has taken it from the process, and
 * ends its connection when it is not read within `patienceMs`; one that finds no room becomes a 503. Streams whose length
 * is not known have limits of their own until their end, as exports and live streams do.
 * @param clientOf names the client, as `AnswerMemory.take` has it
 */
export function boundAnswers(clientOf: (request: FastifyRequest) => string, memory: AnswerMemory) {
  const refused = new WeakSet<FastifyRequest>();
  return (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error?: Error) => void): void => {
    const answer = reply.raw;
    if (answer.destroyed) return done();
    const giveUp = (): void => void answer.destroy();
    const length = lengthOf(payload, reply);
    if (length === null) {
      // What is still to be read when its route has nothing to do with it any more.
      if (payload instanceof Readable) payload.once('end', () => endInTime(answer, STREAM_BYTES, giveUp));
      return done();
    }
    // The refusal itself is small, and must not be refused again.
    const release = refused.has(request)
      ? () => undefined
      : memory.take(clientOf(request), CALL_BYTES + inMemory(payload, length), giveUp);
    if (!release) {
      refused.add(request);
      // They were those of the answer.
      void reply.removeHeader('etag').header('cache-control', 'no-store');
      return done(overloaded('Too many answers wait for their clients to read them; try again in a moment.'));
    }
    endInTime(answer, length, giveUp);
    answer.once('close', release);
    done();
  };
}

function endInTime(answer: ServerResponse, bytes: number, giveUp: () => void): void {
  const late = setTimeout(giveUp, patienceMs(bytes));
  answer.once('close', () => clearTimeout(late));
}

/** Bytes of an answer's body; null for a stream of unknown length. */
function lengthOf(payload: unknown, reply: FastifyReply): number | null {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  if (payload instanceof Uint8Array) return payload.byteLength;
  if (!(payload instanceof Readable)) return 0;
  const length = Number(reply.getHeader('content-length') ?? NaN);
  return Number.isNaN(length) ? null : length;
}

function inMemory(payload: unknown, length: number): number {
  return payload instanceof Readable ? Math.min(length, STREAM_BYTES) : length;
}
