/**
 * Random and hostile calls of every route of openapi.json: the contract's answer, never a 500, nothing of the inside in it.
 * `FUZZ_CALLS` says how many; with `FUZZ_SLOW_MS` an answer that takes longer is a failure, if it does so four times alone.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DAY, iso } from '@meterhouse/common';
import { call, createKey, expectContractError } from './support/api';
import { type Document, type FuzzedCall, callsOf } from './support/openapi-calls';
import { type Service, startService } from './support/service';

const CALLS = Number(process.env.FUZZ_CALLS ?? 500);
const SLOW_MS = Number(process.env.FUZZ_SLOW_MS ?? Infinity);

const ROOT = join(__dirname, '../..');
const DOCUMENT = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as Document;

const ROUTES = Object.values(DOCUMENT.paths).flatMap((operations) => Object.keys(operations)).length;

/** Who calls; a stranger and somebody with a wrong key get no far. */
const CALLERS = ['admin', 'admin', 'admin', 'admin', 'member', 'member', 'member', 'token', 'wrong', 'none'];

/** They read and write whole tables, and may take their time. */
const TAKE_THEIR_TIME = ['POST /admin/reconcile', 'POST /admin/events/delete'];

/** It writes to where it is told on the machine, and others wait for it: backup.e2e-spec.ts tries it. */
const LEFT_OUT = 'POST /admin/backups';

const MANAGER = { permissions: ['usage:read', 'events:write', 'keys:read', 'keys:write'] };

let service: Service;
/** The present one: once it is revoked, another takes its place. */
let victim: string;
let secrets: Record<string, string>;

/** Stands for the id of a key that calls may change, so that a seed draws the same calls whatever the ids are. */
const VICTIM = 'VICTIM';
const KNOWN = {
  keyId: [VICTIM, 'their-key'],
  keyIds: [VICTIM],
  accountId: ['fuzzed', 'other'],
  endpoint: ['/v1/things', '/v1/*'],
  timeframe: ['1h', 'all'],
  from: [daysFromNow(-2), daysFromNow(-1).slice(0, 10)],
  to: [daysFromNow(0), daysFromNow(1).slice(0, 10)],
  timestamp: [daysFromNow(0), daysFromNow(-3)],
  expiresAt: [daysFromNow(1)],
};

beforeAll(async () => {
  service = await startService({ ANONYMOUS_REQUESTS_PER_MINUTE: '1000000' });
  const member = await createKey(service, 'fuzzed', MANAGER);
  await newVictim();
  await call(service, '/events?wait=true', { key: member.secret, body: event({}) });
  const { body } = await call(service, '/tokens', { key: member.secret, body: {} });
  secrets = { admin: service.adminKey, member: member.secret, token: String(body.token), wrong: 'mh_wrong' };
}, 30_000);

async function newVictim(): Promise<void> {
  victim = (await createKey(service, 'fuzzed', MANAGER)).id;
}

afterAll(async () => {
  // Whatever was sent, the service still answers, and what it knew is still there.
  expect((await call(service, '/keys', { key: service.adminKey })).status).toBe(200);
  expect(service.output()).not.toMatch(/"level":"error"|Warning/);
  await service.stop();
});

function daysFromNow(days: number): string {
  return iso(Date.now() + days * DAY);
}

function event(change: Record<string, unknown>): Record<string, unknown> {
  return { method: 'GET', endpoint: '/v1/things', statusCode: 200, latencyMs: 3, ...change };
}

interface Received {
  status: number;
  type: string;
  text: string;
  milliseconds: number;
}

async function send({ method, path, headers, body, key }: FuzzedCall): Promise<Received> {
  const url = service.url + path.replaceAll(VICTIM, victim);
  const secret = secrets[key];
  const client = new AbortController();
  const began = performance.now();
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: client.signal,
    headers: { ...headers, ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }) },
    ...(body === undefined ? {} : { body: named(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  // A live stream has no end.
  const isStream = type.startsWith('text/event-stream');
  const text = isStream ? '' : await response.text();
  if (isStream) client.abort();
  if (method === 'DELETE' && response.ok) await newVictim();
  return { status: response.status, type, text, milliseconds: performance.now() - began };
}

/** The body with the victim's id; the bytes need not be a text. */
function named(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(body).toString('latin1').replaceAll(VICTIM, victim);
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** What no answer may say: where things are on the machine, and the words of stacks. */
const INSIDE = /node_modules|\.js:\d|\bat \w+ \(|DB::Exception/;

function expectAnswered({ status, type, text }: Received): void {
  expect(text).not.toMatch(INSIDE);
  for (const folder of [ROOT, service.dataDir]) expect(text).not.toContain(folder);
  if (status >= 400) {
    expectContractError({ status, headers: new Headers(), body: JSON.parse(text) as Record<string, unknown> });
  } else if (status < 300 && type.startsWith('application/json')) {
    expect(JSON.parse(text)).toMatchObject({ success: true });
  }
}

it(`answers ${CALLS} calls of every route as the contract says`, async () => {
  const answered = new Set<string>();
  await fc.assert(
    fc.asyncProperty(callsOf(DOCUMENT, CALLERS, KNOWN), async (asked) => {
      fc.pre(asked.route !== LEFT_OUT);
      const longest = TAKE_THEIR_TIME.includes(asked.route) ? Infinity : SLOW_MS;
      let received = await send(asked);
      for (let more = 0; more < 3 && received.milliseconds > longest; more++) received = await send(asked);
      if (received.status < 300) answered.add(asked.route);
      expectAnswered(received);
      expect(received.milliseconds).toBeLessThan(longest);
    }),
    { numRuns: CALLS },
  );
  // Calls that are all refused would find nothing. Of a route that names a thing most calls name none that there is.
  expect(answered.size).toBeGreaterThan(0.3 * ROUTES);
}, 3_600_000);

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
