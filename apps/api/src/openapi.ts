/** The OpenAPI document of the service, and Swagger UI on it. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { projectVersion } from '@meterhouse/common';
import { etagOf, matchesEtag } from './http/etag';

const GUIDE = `Exact usage figures for every API key's owner.

1. **Authorize** with a key: \`Authorization: Bearer mh_…\` or \`X-API-Key: mh_…\`. The first admin key is the
   \`ADMIN_KEY\` of the service, or the one it printed at its first start.
2. **Send events**: \`POST /events\` with one event, an array, or one a line; 202 means that each accepted event is
   counted once.
3. **Ask**: \`GET /usage\` answers for one key or all keys of your account, over a timeframe, by a granularity.

Times are ISO 8601 UTC with milliseconds, latencies milliseconds, sizes bytes; every \`…Rate\`, \`percentage\` and
\`utilization\` is a percentage from 0 to 100, and null where there is nothing to take it of. Whole numbers have all of
their digits, also past 2^53 (9,007,199,254,740,992), which sums of bytes may be: parse them as 64-bit integers. In
JavaScript \`JSON.parse\` rounds them, unless its reviver makes a \`BigInt\` of \`context.source\`. Every error has the same shape; \`error\` is for programs, \`message\` for
people. An unknown parameter is an error, not ignored.

Every call counts against its key's tier: \`X-RateLimit-Limit\`, \`X-RateLimit-Remaining\` and \`X-RateLimit-Reset\`
say how much is left, and a 429 says in \`Retry-After\` when to try again.`;

/** The document of every route the application has; the same routes always make the same document. */
export function buildOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.0.3')
    .setTitle('Meterhouse')
    .setDescription(GUIDE)
    .setVersion(projectVersion())
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This service')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'mh_…', description: 'An API key, `mh_…`.' },
      'bearer',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key, `mh_…`.' }, 'apiKey')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('apiKey')
    .addTag('Events', 'Send what your API did.')
    .addTag('Usage', 'Ask what it did.')
    .addTag('Capacity', 'Ask what it will have to do, and what limits allow.')
    .addTag('SQL', 'Ask what it did in SQL of your own.')
    .addTag('Alerts', 'Be told when something is not as it should be.')
    .addTag('Keys', 'API keys, their tiers and limits.')
    .addTag('Tokens', 'Links that show usage to somebody without a key.')
    .addTag('Me', 'Who calls.')
    .addTag('Accounts', 'Who owns keys.')
    .addTag('Plans', 'What usage costs, and who has which plan.')
    .addTag('Admin', 'For the operators of the service: reconcile, delete, replay.')
    .addTag('Health', 'Probes and metrics for the operators of the service; no key needed.')
    .build();
  const { openapi, info, servers, tags, paths, components, ...rest } = SwaggerModule.createDocument(app, config);
  return {
    openapi,
    info,
    ...rest,
    ...(servers === undefined ? {} : { servers }),
    ...(tags === undefined ? {} : { tags }),
    paths: sortedByName(completed(paths)),
    components: { ...components, schemas: sortedByName(components?.schemas ?? {}) },
  };
}

/**
 * Serves Swagger UI at `/docs` and the document at `/openapi.json`; call it before the service listens: to build the document
 * takes a tenth of a second, for which nobody should wait later.
 */
export function serveOpenApi(app: NestFastifyApplication): void {
  const document = buildOpenApi(app);
  serveDocument(app, document);
  SwaggerModule.setup('docs', app, document, {
    raw: false,
    customSiteTitle: 'Meterhouse API',
    swaggerOptions: {
      // A key is not left in the browser's storage.
      persistAuthorization: false,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      // The default asks a validator on the public internet.
      validatorUrl: null,
    },
  });
}

/** The document is written once: it is the same for everybody. */
function serveDocument(app: NestFastifyApplication, document: OpenAPIObject): void {
  const bytes = Buffer.from(JSON.stringify(document));
  const etag = etagOf(bytes);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/openapi.json', (request, reply) => {
    void reply.headers({ etag, 'cache-control': 'no-cache' });
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.status(304).send();
    return reply.type('application/json; charset=utf-8').send(bytes);
  });
}

function sortedByName<T>(named: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Parameters that are usually left out: Swagger UI sends every example, so theirs stands in the description. */
const USUALLY_LEFT_OUT = new Set([
  'keyId',
  'accountId',
  'status',
  'tier',
  'timeframe',
  'from',
  'to',
  'timezone',
  'endpoint',
  'method',
  'statusCode',
  'errorType',
  'groupBy',
  'groupLimit',
  'compare',
]);

const HEADERS = Object.fromEntries(
  Object.entries({
    'X-Request-Id': ['Names the call in the logs.', 'string'],
    'X-RateLimit-Limit': ['Calls allowed in the window that is nearest to its end.', 'integer'],
    'X-RateLimit-Remaining': ['Calls left in it.', 'integer'],
    'X-RateLimit-Reset': ['When it begins anew, in Unix seconds.', 'integer'],
    RateLimit: ['What is left of each window, as the IETF draft has it.', 'string'],
    'RateLimit-Policy': ['The limits of the key, as the IETF draft has them.', 'string'],
  }).map(([name, [description, type]]) => [name, { description, schema: { type } }]),
);

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;

/** Adds what every operation with a key has, and what decorators cannot say. */
function completed(paths: Paths): Paths {
  for (const item of Object.values(paths)) {
    for (const operation of [item.get, item.post, item.patch, item.delete]) {
      if (operation) complete(operation);
    }
  }
  return paths;
}

function complete(operation: Operation): void {
  for (const parameter of operation.parameters ?? []) {
    if (!('in' in parameter) || parameter.in !== 'query' || !USUALLY_LEFT_OUT.has(parameter.name)) continue;
    const schema = parameter.schema && 'example' in parameter.schema ? parameter.schema : undefined;
    if (parameter.example === undefined && schema === undefined) continue;
    const value: unknown = parameter.example ?? schema?.example;
    delete parameter.example;
    delete schema?.example;
    parameter.description = `${parameter.description ?? ''} For example \`${String(value)}\`.`;
  }
  if (operation.security?.length === 0) return;
  for (const [status, response] of Object.entries(operation.responses)) {
    if (!response || '$ref' in response || !(status.startsWith('2') || status === '429')) continue;
    response.headers = { ...HEADERS, ...response.headers };
  }
}
