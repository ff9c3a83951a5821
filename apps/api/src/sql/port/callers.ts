/** Who calls the SQL port: the key behind the password, once its budget has taken the call. */
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { normalizeIp } from '@nestjs/throttler';
import { Authenticator } from '../../auth/authenticator';
import { Identity } from '../../auth/identity';
import { KeyUses } from '../../auth/key-uses';
import { CallLimits } from '../../rate-limiting/call-limits';
import { passwordOf } from './credentials';
import { PortError } from './port-error';

@Injectable()
export class Callers {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limits: CallLimits,
    private readonly uses: KeyUses,
  ) {}

  /** @throws PortError or ApiException when the key is not good, may not read SQL, or has no calls left */
  async callerOf(request: IncomingMessage, query: URLSearchParams): Promise<Identity> {
    const caller = this.authenticate(request, query);
    const address = request.socket.remoteAddress ?? '';
    const tracker = caller instanceof Identity ? `key:${caller.key.id}` : `address:${normalizeIp(address)}`;
    const { isBlocked, timeToBlockExpire } = await this.limits.increment(tracker);
    if (isBlocked) {
      const message = `The calls of this ${caller instanceof Identity ? 'key or its account' : 'address'} are used up; try again in ${timeToBlockExpire} seconds.`;
      throw new PortError(201, 'QUOTA_EXCEEDED', message, timeToBlockExpire);
    }
    if (!(caller instanceof Identity)) throw caller;
    this.uses.record(caller.key.id);
    if (!caller.may('sql:read')) {
      throw new PortError(497, 'ACCESS_DENIED', 'This needs the permission sql:read, which this key does not have.');
    }
    return caller;
  }

  private authenticate(request: IncomingMessage, query: URLSearchParams): Identity | Error {
    let password: string;
    try {
      password = passwordOf(request.headers, query);
    } catch (error) {
      if (error instanceof PortError) return error;
      throw error;
    }
    const unknown = new PortError(516, 'AUTHENTICATION_FAILED', 'The password should be an API key with sql:read.');
    return this.authenticator.authenticate({ headers: { authorization: `Bearer ${password}` } }) ?? unknown;
  }
}
