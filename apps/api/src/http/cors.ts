/** Lets pages of other origins call the service from a browser: those of `CORS_ORIGINS`. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Seconds for which a browser keeps the answer to a preflight. */
const MAX_AGE_SECONDS = 7_200;

/**
 * Answers preflights and sets the headers of CORS for these origins; any other gets none, and its pages cannot read the
 * answers. Without credentials: a key is sent in a header, never in a cookie.
 * @param origins such as `https://app.example.com`; none leaves everything as it is
 */
export function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  app.enableCors({
    origin: (origin: string | undefined, use: (error: Error | null, origin: string | false) => void) =>
      use(null, origin !== undefined && allowed.has(origin) ? origin : false),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'X-API-Key',
      'Content-Type',
      'Content-Encoding',
      'If-None-Match',
      'Last-Event-ID',
    ],
    exposedHeaders: [
      'X-Request-Id',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'ETag',
      'Content-Disposition',
    ],
    maxAge: MAX_AGE_SECONDS,
    // An OPTIONS that is no preflight would get a text in place of the contract's error.
    strictPreflight: false,
  });
}
