import { Injectable } from '@nestjs/common';
import { Clock, iso } from '@meterhouse/common';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../http/api-exception';
import { Identity } from './identity';
import { type Key, holds, statusOf } from './key';
import { KeyRegistry } from './key-registry';
import { presentedSecret } from './presented-secret';
import { type ShareToken, isSignedBy, readToken } from './share-token';

const UNKNOWN_KEY = 'This API key is not known: it is mistyped, was replaced, or belongs to another service.';

const UNKNOWN_TOKEN = 'This share token is not known: it is mistyped or cut, or the API key that made it was replaced.';

/** Of a call with the secret of a key that has ended, or with a token of one. */
export class KeyRefused extends ApiException {
  constructor(
    code: 'API_KEY_REVOKED' | 'API_KEY_EXPIRED',
    message: string,
    readonly key: Pick<Key, 'id' | 'accountId'>,
  ) {
    super(code, message);
  }
}

/** Authenticates calls, from memory alone: by an API key, or by a share token that one has made. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly registry: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  /** The caller, why the key that was sent is not good, or undefined when none was sent. */
  authenticate(request: Pick<FastifyRequest, 'headers'>): Identity | ApiException | undefined {
    const presented = presentedSecret(request.headers);
    if ('problem' in presented) return new ApiException('UNAUTHORIZED', presented.problem);
    if (presented.secret === undefined) return undefined;
    const key = this.registry.findBySecret(presented.secret);
    if (key) return this.refusal('This API key', key) ?? new Identity(key);
    const token = readToken(presented.secret);
    return token ? this.byToken(token, presented.secret) : new ApiException('UNAUTHORIZED', UNKNOWN_KEY);
  }

  /** A token ends with its time, and with the secret and the key that made it. */
  private byToken(token: ShareToken, text: string): Identity | ApiException {
    const key = this.registry.find(null, token.keyId);
    if (!key || !this.tokenKeysOf(key).some((tokenKey) => isSignedBy(text, tokenKey))) {
      return new ApiException('UNAUTHORIZED', UNKNOWN_TOKEN);
    }
    const refusal =
      this.refusal('The API key of this share token', key) ??
      this.refusal('This share token', key, { revokedAt: null, expiresAt: token.expiresAt });
    if (refusal) return refusal;
    const ofOwnAccount = token.accountId === key.accountId || holds(key, 'admin');
    return ofOwnAccount ? new Identity(key, token) : new ApiException('UNAUTHORIZED', UNKNOWN_TOKEN);
  }

  private tokenKeysOf(key: Key): string[] {
    const isPreviousGood = key.previousSecretUntil !== null && this.clock.now() < key.previousSecretUntil;
    return isPreviousGood ? [key.tokenKey, key.previousTokenKey] : [key.tokenKey];
  }

  private refusal(what: string, key: Key, ends: Pick<Key, 'revokedAt' | 'expiresAt'> = key): KeyRefused | undefined {
    const status = statusOf(ends, this.clock.now());
    const since = (at: number | null): string => (at === null ? '' : ` at ${iso(at)}`);
    if (status === 'revoked') {
      return new KeyRefused('API_KEY_REVOKED', `${what} was revoked${since(ends.revokedAt)}; ask for a new one.`, key);
    }
    if (status === 'expired') {
      return new KeyRefused('API_KEY_EXPIRED', `${what} expired${since(ends.expiresAt)}; ask for a new one.`, key);
    }
    return undefined;
  }
}
