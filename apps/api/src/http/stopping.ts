import type { FastifyInstance } from 'fastify';
import { overloaded } from './overloaded';

/**
 * Refuses what arrives on open connections once the server closes, in the form of every other error; Fastify's own
 * refusal (`return503OnClosing`) has another.
 */
export function refuseWhileStopping(fastify: Pick<FastifyInstance, 'addHook'>): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  fastify.addHook('onRequest', (_request, _reply, done) => {
    done(stopping ? overloaded('The service is stopping; try again in a moment.') : undefined);
  });
}
