/** Hostile and random input on every string the service takes: the contract's answer, never a 500, and nothing changed. */
import fc from 'fast-check';
import { EVENT_FIELDS } from '../../apps/api/src/ingest/event/event';
import { type Answer, call, createKey, expectContractError } from './support/api';
import { type Service, startService } from './support/service';

/** What has broken SQL, shells, templates, paths and parsers before. */
const INJECTIONS = [
  "'",
  "''; DROP TABLE events; --",
  "' OR 1=1 --",
  "\\' OR 1=1 --",
  '") UNION ALL SELECT * FROM system.tables --',
  "x' UNION SELECT secret_hash FROM keys --",
  '{account:String}',
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  "file('/etc/passwd')",
  "url('http://127.0.0.1/')",
  '%00',
  '\u0000',
  '\\N',
  '\ud800',
  '\u202e\ufeff',
  '<script>alert(1)</script>',
  '$(id)',
  '`id`',
  'NaN',
  '1e999',
  '-0',
  '0x10',
  'null',
  '[]',
  '__proto__',
  'constructor',
  'a'.repeat(5_000),
  '🙂'.repeat(200),
];

const hostile = fc.oneof(fc.constantFrom(...INJECTIONS), fc.string({ unit: 'binary', maxLength: 200 }), fc.string());

const PARAMETERS = [
  'keyId',
  'accountId',
  'timeframe',
  'granularity',
  'includeBreakdown',
  'includeErrors',
  'includeLatency',
  'sort',
  'order',
  'limit',
  'offset',
  'status',
  'tier',
  'wait',
];

let service: Service;
let member: { secret: string; id: string };

beforeAll(async () => {
  service = await startService({ ANONYMOUS_REQUESTS_PER_MINUTE: '1000000' });
  member = await createKey(service, 'fuzzed', {
    permissions: ['usage:read', 'events:write', 'keys:read', 'keys:write'],
  });
  await call(service, '/events?wait=true', { key: member.secret, body: event({}) });
}, 30_000);

afterAll(async () => {
  // Whatever was sent, the service still answers, and what it knew is still there.
  const answer = await call(service, `/usage?timeframe=all&granularity=day&keyId=${member.id}`, { key: member.secret });
  expect(answer.status).toBe(200);
  expect(service.output()).not.toMatch(/"level":"error"/);
  await service.stop();
});

function event(change: Record<string, unknown>): Record<string, unknown> {
  return { method: 'GET', endpoint: '/v1/things', statusCode: 200, latencyMs: 3, ...change };
}

/** Text that can stand in a URL: a lone surrogate cannot be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function expectAnswered(answer: Answer): void {
  if (answer.status >= 300) expectContractError(answer);
  else expect(answer.body.success).toBe(true);
}

describe('hostile text', () => {
  it('in any query parameter of any route', async () => {
    const route = fc.constantFrom('/usage', '/keys', '/events');
    await fc.assert(
      fc.asyncProperty(
        route,
        fc.constantFrom(...PARAMETERS),
        hostile,
        fc.boolean(),
        async (path, name, value, asAdmin) => {
          const key = asAdmin ? service.adminKey : member.secret;
          expectAnswered(await call(service, `${path}?${name}=${encoded(value)}`, { key }));
        },
      ),
      { numRuns: 250, examples: INJECTIONS.map((value) => ['/usage', 'keyId', value, false]) },
    );
  }, 60_000);

  it('as the name of a parameter, in paths, and as a key', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const name = encoded(value);
        if (value !== '') expectContractError(await call(service, `/usage?x${name}=1`, { key: member.secret }));
        expectAnswered(await call(service, `/keys/x${name}`, { key: member.secret }));
        expectContractError(await call(service, `/x${name}`, { key: member.secret }));
        const header = value.replace(/[^\x21-\x7e]/g, '');
        expectContractError(await call(service, '/usage', { headers: { 'x-api-key': `x${header}` } }));
      }),
      { numRuns: 60, examples: INJECTIONS.map((value) => [value]) },
    );
  }, 60_000);

  it('in every field of an event and of a key', async () => {
    const json = fc.oneof(hostile, fc.jsonValue());
    const keyFields = ['name', 'description', 'tier', 'permissions', 'rateLimit', 'expiresAt', 'metadata', 'accountId'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<string[]>(...EVENT_FIELDS),
        fc.constantFrom(...keyFields),
        json,
        async (field, keyField, value) => {
          expectAnswered(await call(service, '/events', { key: member.secret, body: event({ [field]: value }) }));
          expectAnswered(
            await call(service, '/keys', { key: member.secret, body: { name: 'Fuzz', [keyField]: value } }),
          );
          expectAnswered(
            await call(service, `/keys/none/rotate`, { key: member.secret, body: { gracePeriodSeconds: value } }),
          );
        },
      ),
      { numRuns: 150, examples: INJECTIONS.map((value): [string, string, string] => ['endpoint', 'metadata', value]) },
    );
  }, 60_000);

  it('instead of a body', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array));
    const types = fc.constantFrom(
      'application/json',
      'application/x-ndjson',
      'text/plain',
      '',
      'application/json; charset=utf-7',
      '\\',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes,
          hostile.map((text) => text.toWellFormed()),
        ),
        types,
        fc.boolean(),
        async (raw, type, gzip) => {
          const headers = { 'content-type': type, ...(gzip ? { 'content-encoding': 'gzip' } : {}) };
          for (const path of ['/events', '/keys']) {
            expectContractError(await call(service, path, { key: member.secret, method: 'POST', raw, headers }));
          }
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);
});

it('stored text comes back as it was sent, and harms nobody', async () => {
  const endpoint = "/it's,DROP'TABLE'events--";
  const { secret } = await createKey(service, 'quoted');
  await call(service, '/events?wait=true', {
    key: secret,
    body: event({ endpoint, errorType: "x'y\\", statusCode: 500 }),
  });
  const { body } = await call(service, '/usage', { key: secret });
  expect(body).toMatchObject({ breakdown: { byEndpoint: [{ endpoint }] }, errors: { byType: [{ type: "x'y\\" }] } });
});
