import type { FastifyRequest } from 'fastify';

/**
 * A path of this service as the client of a request can open it: at the host it called, or that a proxy of `TRUST_PROXY`
 * names in `X-Forwarded-Host` and `X-Forwarded-Proto`. The path alone where the client named none that could be called.
 * @example publicUrl(request, '/app') === 'https://usage.example.com/app'
 */
export function publicUrl({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>, path: string): string {
  const origin = `${protocol}://${host}`;
  return URL.canParse(origin) ? new URL(path, origin).href : path;
}
