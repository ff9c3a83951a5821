import type { FastifyReply } from 'fastify';

/** Adds to `Vary` the headers of the request that the answer depends on; what stands there already stays. */
export function varyBy(reply: Pick<FastifyReply, 'getHeader' | 'header'>, ...headers: string[]): void {
  const present = reply.getHeader('Vary');
  void reply.header('Vary', [...(present === undefined ? [] : [String(present)]), ...headers].join(', '));
}
