/** Which request is being served, for what is written to the log meanwhile. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';

const requestIds = new AsyncLocalStorage<string>();

/** The id of the request that is being served; undefined outside of one. */
export function requestId(): string | undefined {
  return requestIds.getStore();
}

/** A hook `onRequest` of Fastify: what is done for the request from here on knows its id, and so does the client. */
export function nameRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  void reply.header('X-Request-Id', request.id);
  requestIds.run(request.id, done);
}

/** Starts work that goes on for other requests too, and so is none's. */
export function outsideRequest<T>(start: () => T): T {
  return requestIds.exit(start);
}
