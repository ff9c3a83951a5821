/** The short way from a body to rows, against the long one: it makes the same rows, or leaves the body to it. */
import fc from 'fast-check';
import { aKey } from '../../../../../../test/support/keys';
import type { UsageEvent } from '../../event/event';
import { type EventRows, toRows } from '../event-rows';
import { MAX_EVENTS, SentBody } from '../../event/sent-events';
import { EventValidator, timeLimits } from '../../event/validate-event';
import { readPlain } from './fast-path';

const NOW = Date.UTC(2026, 2, 2, 10, 15, 30, 250);
const DAYS = 90;
const KEYS = new Map(['own', 'k1', 'k2', 'k3'].map((id) => [id, aKey({ id, accountId: id === 'k3' ? 'b' : 'a' })]));

const findKey = (keyId: string | null) => KEYS.get(keyId ?? 'own');

function short(text: string, isLines = false): EventRows | undefined {
  return readPlain(Buffer.from(text), isLines, timeLimits(NOW, DAYS), findKey);
}

/** Undefined where the body or one of its events is wrong. */
function long(text: string, isLines = false): EventRows | undefined {
  try {
    const validator = new EventValidator(NOW, DAYS);
    const events = new SentBody(Buffer.from(text), isLines).events().map((sent): UsageEvent => {
      const event = validator.validate(sent);
      if ('error' in event) throw new Error(event.message);
      const key = findKey(event.keyId);
      if (!key) throw new Error(`There is no key ${event.keyId}.`);
      return { ...event, keyId: key.id, accountId: key.accountId };
    });
    return toRows(events);
  } catch {
    return undefined;
  }
}

/** Without the ids that are made here, which differ by the random bits of a call. */
function comparable(rows: EventRows | undefined): unknown {
  if (!rows) return undefined;
  const lines = rows.text.toString('utf8').split('\n');
  const values = lines.map((line) => JSON.parse(line) as unknown[]);
  return {
    ...rows,
    text: values.map(([account, key, id, given, ...rest]) => [account, key, given === true ? id : '', given, ...rest]),
  };
}

function expectSame(text: string, isLines = false): void {
  const plain = short(text, isLines);
  if (plain) expect(comparable(plain)).toEqual(comparable(long(text, isLines)));
}

const number = fc.oneof(
  fc.nat({ max: 20 }),
  fc.nat({ max: 1_000_000 }),
  fc.double({ min: 0, max: 4_000_000, noNaN: true }),
  fc.integer({ min: 0, max: 10 ** 9 }).map((thousandths) => thousandths / 1_000),
  fc.constantFrom(0, 3_600_000, 3_600_001, 2 ** 40, 2 ** 40 + 1, 1e21, 1e-7, -0, -1, 0.1 + 0.2, 123_456_789_012_345.6),
);
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.constantFrom('', 'GET', 'get', 'PATCH', '/v1/users/42?page=2', '/v1/{id}', 'a'.repeat(128), 'a'.repeat(129), 'k1'),
);
const time = fc.oneof(
  fc.integer({ min: NOW - 100_000, max: NOW + 100_000 }),
  fc.integer({ min: NOW - 100_000, max: NOW }).map((at) => new Date(at).toISOString()),
  fc.integer({ min: NOW - 91 * 86_400_000, max: NOW + 400_000 }).map((at) => new Date(at).toISOString()),
  fc.constantFrom(
    '2026-03-02T10:15:60.000Z',
    '2026-02-30T10:15:30.000Z',
    '2026-03-02T10:15:30.00aZ',
    '2026-03-02T10:15:3a.000Z',
    '2026-03-02T10:15:30,000Z',
    '2026-03-02T10:15:30.000+01:00',
    '2026-03-02T10:15Z',
    NOW + 0.5,
    NOW / 1_000,
  ),
);
const anything = fc.oneof(number, text, time, fc.constantFrom(null, true, {}, []));

const good = fc.record(
  {
    id: fc.string({ minLength: 1, maxLength: 40 }),
    timestamp: time,
    keyId: fc.constantFrom('own', 'k1', 'k2', 'k3', null),
    method: fc.constantFrom('GET', 'post', 'M-SEARCH', 'RPC_IN_DATA', 'UPDATEREDIRECTREF', '-'),
    endpoint: fc.constantFrom('/', '/v1/users/42', '/v1/users/{id}', '/a b', '/ä', '/x?y="z"'),
    statusCode: fc.integer({ min: 100, max: 599 }),
    latencyMs: fc.integer({ min: 0, max: 9_999_999 }).map((thousandths) => thousandths / 1_000),
    requestBytes: fc.nat({ max: 2 ** 31 - 1 }),
    responseBytes: fc.constantFrom(0, 9, 10, 2 ** 31, 2 ** 32, 2 ** 40, null),
    errorType: fc.constantFrom('', 'timeout', ' timeout', 'a,b', null),
  },
  { requiredKeys: ['method', 'endpoint', 'statusCode', 'latencyMs'] },
);
const FIELDS = ['id', 'timestamp', 'keyId', 'method', 'endpoint', 'statusCode', 'latencyMs', 'requestBytes'];
const odd = fc
  .tuple(good, fc.dictionary(fc.constantFrom(...FIELDS, 'errorType', 'more', '__proto__'), anything, { maxKeys: 2 }))
  .map(([event, changes]): Record<string, unknown> => ({ ...event, ...changes }));
const event = fc.oneof({ arbitrary: good, weight: 9 }, { arbitrary: odd, weight: 1 });

const RUNS = { numRuns: 2_000 };

describe('readPlain', () => {
  it('makes the rows that the long way makes, in every form of a body', () => {
    const spaces = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), spaces, (events, space) => {
        expectSame(JSON.stringify(events, null, space));
        expectSame(JSON.stringify({ events }, null, space));
        expectSame(JSON.stringify(events[0] ?? null, null, space));
        expectSame(events.map((each) => JSON.stringify(each)).join('\r\n'), true);
        expectSame(JSON.stringify(events, null, space), true);
      }),
      RUNS,
    );
  });

  it('makes them of whatever is left of a body that was changed', () => {
    const characters = fc.constantFrom(...'{}[]:,."\\ \n0123456789eE+-ntfuäÿ\u0000');
    fc.assert(
      fc.property(fc.array(good, { maxLength: 3 }), fc.nat(), fc.nat({ max: 3 }), characters, (events, at, cut, by) => {
        const body = JSON.stringify(events);
        const place = at % body.length;
        const changed = body.slice(0, place) + by + body.slice(place + cut);
        expectSame(changed);
        expectSame(changed, true);
      }),
      RUNS,
    );
  });

  it('reads plain events itself, since all of this would hold as well if it read none', () => {
    const one = { method: 'GET', endpoint: '/v1/users/42', statusCode: 404, latencyMs: 12.5 };
    for (const more of [
      {},
      { id: 'i', timestamp: NOW, keyId: 'k1', requestBytes: 1, responseBytes: 2, errorType: 'x' },
      { timestamp: '2026-03-02T10:15:30.000Z', errorType: null, keyId: 'k3' },
    ]) {
      const body = JSON.stringify({ ...one, ...more });
      for (const [text, isLines] of [
        [body, false],
        [`[${body},${body}]`, false],
        [`{"events":[${body}]}`, false],
        [`${body}\r\n\n${body}\n`, true],
      ] as const) {
        expect(comparable(short(text, isLines))).toEqual(comparable(long(text, isLines)));
        expect(short(text, isLines)).toBeDefined();
      }
    }
    expect(short(`[${JSON.stringify(one)}]`)?.text.toString()).toMatch(
      /^\["a","own","[0-9a-f-]{36}",false,"1772446530\.250","GET","\/v1\/users\/\{id\}",404,12500,0,0,"not_found"\]$/,
    );
  });

  it('names the rows that it makes ids for one after the other', () => {
    const rows = short(
      JSON.stringify(Array(300).fill({ method: 'GET', endpoint: '/', statusCode: 200, latencyMs: 1 })),
    );
    const ids = String(rows?.text)
      .split('\n')
      .map((line) => (JSON.parse(line) as string[])[2] ?? '');
    expect(new Set(ids).size).toBe(300);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('leaves more events than a call may carry to the long way, which says so', () => {
    const body = (count: number): string =>
      JSON.stringify(Array(count).fill({ method: 'GET', endpoint: '/', statusCode: 200, latencyMs: 1 }));
    expect(short(body(MAX_EVENTS))?.count).toBe(MAX_EVENTS);
    expect(short(body(MAX_EVENTS + 1))).toBeUndefined();
  });
});
