/** Whether an answer that takes its time may go on: it ends with the key or the token that asked for it. */
import { Injectable } from '@nestjs/common';
import { SECOND } from '@meterhouse/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import { Authenticator } from './authenticator';
import { Identity } from './identity';
import type { AccountScope } from './key';

const CHECK_INTERVAL_MS = SECOND;

@Injectable()
export class ReadAccess {
  constructor(private readonly authenticator: Authenticator) {}

  /** Why the request may not read a scope any more; undefined while it may. Cheap enough for every second. */
  refusal(request: FastifyRequest, scope: AccountScope): ApiException | undefined {
    const caller = this.authenticator.authenticate(request);
    if (caller instanceof Identity && caller.mayRead(scope)) return undefined;
    return caller instanceof ApiException
      ? caller
      : new ApiException('FORBIDDEN', 'The key that asked for this may not read it any more.');
  }

  /**
   * A signal that fires with the reason within a second after the request may not read the scope any more. Watched until
   * the answer is complete or its connection is gone; an answer whose head is sent is broken off.
   */
  untilRefused(request: FastifyRequest, reply: FastifyReply, scope: AccountScope): AbortSignal {
    const controller = new AbortController();
    const timer = setInterval(() => {
      const refusal = this.refusal(request, scope);
      if (!refusal) return;
      clearInterval(timer);
      controller.abort(refusal);
      if (reply.raw.headersSent) reply.raw.destroy();
    }, CHECK_INTERVAL_MS);
    timer.unref();
    reply.raw.once('close', () => clearInterval(timer));
    return controller.signal;
  }
}
