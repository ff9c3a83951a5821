import fc from 'fast-check';
import { DAY, MINUTE } from '@meterhouse/common';
import { errorTypeOf } from './error-type';
import { NO_PATH, pathHash } from './path-hash';
import { UnreadableEvent } from './sent-events';
import { EventValidator } from './validate-event';

const NOW = Date.UTC(2026, 2, 2, 10, 15, 30);
const MINIMAL = { method: 'GET', endpoint: '/users/42?x=1', statusCode: 200, latencyMs: 12.5 };

const validate = (event: unknown) => new EventValidator(NOW, 90).validate(event);
const withField = (fields: Record<string, unknown>) => validate({ ...MINIMAL, ...fields });

describe('EventValidator', () => {
  it('fills in what a minimal event leaves out', () => {
    expect(validate(MINIMAL)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string,
      hasClientId: false,
      accountId: '',
      timestamp: NOW,
      keyId: null,
      method: 'GET',
      endpoint: '/users/{id}',
      pathHash: pathHash('/users/42'),
      statusCode: 200,
      latencyMs: 12.5,
      requestBytes: 0,
      responseBytes: 0,
      errorType: '',
    });
  });

  it('hashes no path where it should not', () => {
    expect(new EventValidator(NOW, 90, false).validate(MINIMAL)).toMatchObject({ pathHash: NO_PATH });
  });

  it('keeps what a full event says', () => {
    const event = {
      id: 'evt-1',
      timestamp: '2026-03-02T10:00:00.000Z',
      keyId: 'key_1',
      method: 'post',
      endpoint: '/orders/{orderId}',
      statusCode: 500,
      latencyMs: 3_600_000,
      requestBytes: 10,
      responseBytes: 2 ** 40,
      errorType: 'database_down',
    };
    expect(validate(event)).toEqual({
      ...event,
      hasClientId: true,
      accountId: '',
      pathHash: pathHash('/orders/{orderId}'),
      method: 'POST',
      timestamp: Date.UTC(2026, 2, 2, 10, 0, 0),
    });
  });

  it('takes null for an optional field as left out', () => {
    const nulls = { id: null, timestamp: null, keyId: null, requestBytes: null, responseBytes: null, errorType: null };
    expect(withField(nulls)).toMatchObject({ hasClientId: false, timestamp: NOW, keyId: null, requestBytes: 0 });
  });

  it.each([
    ['timestamp', NOW + 5 * MINUTE, NOW + 5 * MINUTE],
    ['timestamp', NOW - 90 * DAY, NOW - 90 * DAY],
    ['timestamp', NOW + 0.7, NOW],
    ['timestamp', new Date(NOW).toISOString().toLowerCase(), NOW],
    ['timestamp', new Date(NOW).toISOString().replace('Z', '+00'), NOW],
    ['statusCode', 100, 100],
    ['statusCode', 599, 599],
    ['latencyMs', 0, 0],
    ['method', 'patch', 'PATCH'],
    ['method', 'M-SEARCH', 'M-SEARCH'],
    ['method', 'UPDATEREDIRECTREF', 'UPDATEREDIRECTREF'],
    ['method', 'rpc_in_data', 'RPC_IN_DATA'],
    ['method', 'A'.repeat(32), 'A'.repeat(32)],
    ['endpoint', `/${'a'.repeat(2_047)}`, '/{id}'],
    ['endpoint', '/caf\u00e9', '/caf\u00e9'],
    ['id', 'half \ud800 pair', 'half \ufffd pair'],
    ['id', '\u{1f600}', '\u{1f600}'],
  ])('takes %s %j', (field, value, expected) => {
    expect(withField({ [field]: value })).toMatchObject({ [field]: expected });
  });

  it.each([
    ['id', '', /^id should be a string of 1 to 128 characters, but is ""\.$/],
    ['id', 'x'.repeat(129), /a string of 129 characters/],
    ['id', 7, /but is 7\.$/],
    ['id', 'a\u0000b', /^id should not hold control characters, but holds U\+0000\.$/],
    ['id', 'a\u202eb', /^id should not hold control characters, but holds U\+202E\.$/],
    ['keyId', 'a\u2028b', /control characters/],
    ['errorType', 'a\u001b[2J', /control characters/],
    ['timestamp', '2026-03-02', /ISO 8601/],
    ['timestamp', '2026-02-30T00:00:00Z', /ISO 8601/],
    ['timestamp', true, /ISO 8601/],
    ['timestamp', NOW + 5 * MINUTE + 1, /at most 5 minutes ahead/],
    ['timestamp', NOW - 90 * DAY - 1, /at most 90 days old/],
    ['timestamp', Math.floor(NOW / 1_000), /epoch seconds; send milliseconds/],
    ['timestamp', 1e300, /at most 5 minutes ahead/],
    ['timestamp', -1, /at most 90 days old/],
    ['keyId', '', /^keyId should/],
    ['keyId', {}, /but is an object\.$/],
    ['method', 'GET /', /HTTP method/],
    ['method', 'A'.repeat(33), /HTTP method/],
    ['method', '-', /HTTP method/],
    ['method', '~!', /HTTP method/],
    ['method', 'GÉT', /HTTP method/],
    ['method', 'a,b', /HTTP method/],
    ['method', null, /^method is required\.$/],
    ['endpoint', undefined, /^endpoint is required\.$/],
    ['endpoint', '', /^endpoint should be a string of 1 to 2048/],
    ['endpoint', 'a'.repeat(2_049), /a string of 2049 characters/],
    ['endpoint', '/a\nb', /control characters/],
    ['statusCode', '200', /^statusCode should be a whole number from 100 to 599, but is "200"\.$/],
    ['statusCode', 99, /but is 99/],
    ['statusCode', 600, /but is 600/],
    ['statusCode', 200.5, /but is 200.5/],
    ['statusCode', undefined, /^statusCode is required\.$/],
    ['latencyMs', -0.001, /a number from 0 to 3600000/],
    ['latencyMs', 3_600_000.001, /a number from 0 to 3600000/],
    ['latencyMs', '12', /but is "12"/],
    ['latencyMs', Infinity, /but is Infinity/],
    ['latencyMs', undefined, /^latencyMs is required\.$/],
    ['requestBytes', -1, /a whole number from 0/],
    ['requestBytes', 1.5, /a whole number from 0/],
    ['responseBytes', 2 ** 40 + 1, /a whole number from 0/],
    ['responseBytes', [1], /but is an array/],
    ['errorType', 'x'.repeat(65), /at most 64 characters/],
    ['errorType', 'Error: a, b', /^errorType should be without commas/],
    ['latency', 3, /^"latency" is not a field of an event\. Did you mean "latencyMs"\?$/],
    ['status_code', 3, /Did you mean "statusCode"\?$/],
    ['colour', 3, /^"colour" is not a field of an event\.$/],
  ])('refuses %s %j', (field, value, message) => {
    expect(withField({ statusCode: 500, [field]: value })).toEqual({
      error: 'INVALID_PARAMETERS',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    ['null', null, /is null\.$/],
    ['an array', [], /is an array\.$/],
    ['a string', 'GET', /is "GET"\.$/],
    ['a line that is not JSON', new UnreadableEvent('bad line'), /^bad line$/],
  ])('refuses %s as an event', (_, event, message) => {
    expect(validate(event)).toMatchObject({ message: expect.stringMatching(message) as string });
  });

  it('refuses __proto__, which reaches no prototype', () => {
    const event: unknown = JSON.parse('{"__proto__":{"method":"GET"},"endpoint":"/","statusCode":200,"latencyMs":1}');
    expect(validate(event)).toMatchObject({ message: '"__proto__" is not a field of an event.' });
    expect({}).not.toHaveProperty('method');
  });

  it.each([
    [200, undefined, ''],
    [399, 'ignored', ''],
    [400, undefined, 'bad_request'],
    [404, '', 'not_found'],
    [418, undefined, 'client_error'],
    [429, undefined, 'rate_limited'],
    [500, undefined, 'internal_error'],
    [504, undefined, 'gateway_timeout'],
    [599, undefined, 'server_error'],
    [500, 'oom', 'oom'],
    [500, ' out of memory\u00a0', 'out of memory'],
    [500, '  ', 'internal_error'],
    [200, 'a, b', ''],
  ])('names the error of %i %j: "%s"', (statusCode, errorType, expected) => {
    expect(withField({ statusCode, errorType })).toMatchObject({ errorType: expected });
  });

  it('has a name for every failure', () => {
    for (let code = 400; code < 600; code += 1) expect(errorTypeOf(code)).toMatch(/^[a-z_]{4,64}$/);
  });

  const almostEvent = fc.record(
    {
      id: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      timestamp: fc.oneof(fc.double(), fc.string(), fc.constant('2026-03-02T10:00:00Z')),
      keyId: fc.oneof(fc.string(), fc.jsonValue()),
      method: fc.oneof(fc.constantFrom('GET', 'post'), fc.jsonValue()),
      endpoint: fc.oneof(fc.webPath(), fc.string({ unit: 'binary' }), fc.jsonValue()),
      statusCode: fc.oneof(fc.integer({ min: 90, max: 610 }), fc.jsonValue()),
      latencyMs: fc.oneof(fc.double(), fc.jsonValue()),
      requestBytes: fc.oneof(fc.nat(), fc.jsonValue()),
      responseBytes: fc.oneof(fc.nat(), fc.jsonValue()),
      errorType: fc.oneof(fc.string(), fc.jsonValue()),
    },
    { requiredKeys: ['method', 'endpoint', 'statusCode', 'latencyMs'] },
  );

  it('answers any value with an event that fits its columns or with a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything(), almostEvent), (value) => {
        const result = validate(value);
        if ('error' in result) {
          expect(result.message).toMatch(/^[\x20-\x7e]{1,400}$/);
          return;
        }
        expect(result.timestamp).toBeLessThanOrEqual(NOW + 5 * MINUTE);
        expect(result.endpoint.length).toBeLessThanOrEqual(256);
        expect(Math.round(result.latencyMs * 1_000)).toBeLessThanOrEqual(0xffffffff);
        expect(result.errorType === '').toBe(result.statusCode < 400);
        for (const text of [result.id, result.endpoint, result.errorType])
          expect(text).not.toMatch(/\p{Surrogate}|\p{Cc}/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it('spends little on a body full of wrong names', () => {
    const validator = new EventValidator(NOW, 90);
    const timeOf = (event: (i: number) => object): number => {
      const start = performance.now();
      for (let i = 0; i < 5_000; i += 1) validator.validate(event(i));
      return performance.now() - start;
    };
    const good = timeOf(() => MINIMAL);
    const wrong = timeOf((i) => ({ ...MINIMAL, [`wrong${i}${'x'.repeat(30)}`]: 1 }));
    // Looking for a likely name each time would take more than a thousand times as long.
    expect(wrong).toBeLessThan(200 * good);
  });
});
