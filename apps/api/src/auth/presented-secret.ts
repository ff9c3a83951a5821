/** Finds the secret in a request's headers. */
import type { IncomingHttpHeaders } from 'node:http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MAX_SECRET_LENGTH } from './secret';
import { MAX_TOKEN_LENGTH } from './share-token';

/** The secret that was sent, none, or why what was sent cannot be one. */
export type PresentedSecret = { secret: string | undefined } | { problem: string };

const HOW_TO_SEND = 'send it as "Authorization: Bearer mh_…" or "X-API-Key: mh_…"';

/** The longest header value that is read: a scheme and a token, or a secret, whose characters may take four bytes each. */
const MAX_HEADER_LENGTH = 'Bearer '.length + Math.max(MAX_TOKEN_LENGTH, 4 * MAX_SECRET_LENGTH);

/** The message for a call without a key. */
export const KEY_NEEDED = `This route needs an API key: ${HOW_TO_SEND}.`;

/** Reads `Authorization` and `X-API-Key`; both may be sent when they agree. */
export function presentedSecret(headers: IncomingHttpHeaders): PresentedSecret {
  const { authorization } = headers;
  const apiKey = [headers['x-api-key']].flat()[0];
  if (isTooLong(authorization) || isTooLong(apiKey)) {
    return { problem: `The API key is longer than any key of this service; ${HOW_TO_SEND}.` };
  }
  const bearer = authorization === undefined ? undefined : /^Bearer +(\S.*)$/i.exec(authorization.trim())?.[1];
  if (authorization !== undefined && bearer === undefined) {
    return { problem: `The Authorization header should be "Bearer" and an API key; ${HOW_TO_SEND}.` };
  }
  if (apiKey?.trim() === '') return { problem: `The X-API-Key header is empty; ${HOW_TO_SEND}.` };
  if (bearer !== undefined && apiKey !== undefined && bearer !== apiKey.trim()) {
    return { problem: 'Authorization and X-API-Key carry different API keys; send one of them.' };
  }
  const secret = bearer ?? apiKey?.trim();
  return { secret: secret === undefined ? undefined : decoded(secret) };
}

function isTooLong(header: string | undefined): boolean {
  return header !== undefined && header.length > MAX_HEADER_LENGTH;
}

/** Node reads headers as Latin-1, clients send UTF-8; it matters for an `ADMIN_KEY` beyond ASCII only. */
function decoded(secret: string): string {
  return Buffer.from(secret, 'latin1').toString('utf8');
}

/** Injects the secret of a route that requires a permission, as it was sent. */
export const Secret = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const presented = presentedSecret(context.switchToHttp().getRequest<FastifyRequest>().headers);
  if ('problem' in presented || presented.secret === undefined)
    throw new Error('The guards let a call without a key in.');
  return presented.secret;
});
