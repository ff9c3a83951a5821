/** Headers by which browsers and caches do with an answer only what it is for (https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html). */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** On every answer; a route whose answers may be cached sets `Cache-Control` itself. */
export const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** A hook `onRequest` of Fastify. */
export function setSafeHeaders(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  void reply.headers(SAFE_HEADERS);
  done();
}

/**
 * A hook `onSend` of Fastify: a page without a policy of its own loads what this service has, runs scripts that are files,
 * and is framed by nobody.
 */
export function restrictPages(_request: FastifyRequest, reply: FastifyReply, payload: unknown, done: () => void): void {
  const isPage = String(reply.getHeader('Content-Type') ?? '').startsWith('text/html');
  if (isPage && typeof payload === 'string' && !reply.hasHeader('Content-Security-Policy')) {
    void reply.header('Content-Security-Policy', policyOf(payload));
  }
  done();
}

/**
 * The policy of a page whose scripts are files; the styles that stand in the page itself are named by their hashes.
 * @param ancestors origins whose pages may frame it; none: nobody may
 */
export function policyOf(page: string, ancestors: readonly string[] = []): string {
  const styles = [...page.matchAll(/<style>([^]*?)<\/style>|\sstyle="([^"]*)"/g)].map(
    ([, element, attribute]) =>
      `'sha256-${createHash('sha256')
        .update(element ?? attribute ?? '')
        .digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...(styles.length > 0 ? ["'unsafe-hashes'"] : []), ...styles].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`,
  ].join('; ');
}
