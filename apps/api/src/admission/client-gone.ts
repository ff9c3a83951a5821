/** Signals work whose client has disconnected. */
import type { ServerResponse } from 'node:http';
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiException } from '../http/api-exception';

/** The reason of a fired signal; it is not logged, for it is no fault of the service. */
export class ClientGoneError extends ApiException {
  constructor() {
    super('INVALID_PARAMETERS', 'The connection was closed before the answer was sent.');
  }
}

/** A signal that fires when the connection closes before the answer is complete, also in mid-stream. */
export function clientGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const closed = (): void => {
    if (!response.writableEnded) controller.abort(new ClientGoneError());
  };
  if (response.destroyed) closed();
  else response.once('close', closed);
  return controller.signal;
}

/** Injects the `AbortSignal` of `clientGone`. */
export const ClientGone = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  return clientGone(context.switchToHttp().getResponse<FastifyReply>().raw);
});
