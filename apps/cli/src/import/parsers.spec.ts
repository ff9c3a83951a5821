import * as fc from 'fast-check';
import { FORMATS, type Format, REASONS } from './parsed-line';
import { PARSERS } from './parsers';

const AT = Date.UTC(2026, 4, 17, 10, 5, 3);

/** A combined line around a request, a status and a size. */
function combined(request: string, rest = '200 512', before = '203.0.113.9 - - [17/May/2026:10:05:03 +0000]'): string {
  return `${before} "${request}" ${rest} "https://example.com/" "Mozilla/5.0 (X11) \\"quoted\\""`;
}

function fieldsOf(format: Format, line: string): unknown {
  const parsed = PARSERS[format](line);
  return 'reason' in parsed ? parsed.reason : parsed.fields;
}

describe('combined and common', () => {
  it.each([
    ['a plain line', combined('GET /a/b HTTP/1.1'), 'GET', '/a/b'],
    ['a query string', combined('GET /a?token=x#y HTTP/1.1'), 'GET', '/a'],
    ['a lower-case method', combined('get /a HTTP/1.1'), 'GET', '/a'],
    ['no protocol (HTTP/0.9)', combined('GET /a'), 'GET', '/a'],
    ['escaped quotes', combined('GET /say/\\"hi\\" HTTP/1.1'), 'GET', '/say/"hi"'],
    ['an escaped backslash before the closing quote', combined('GET /dir\\\\'), 'GET', '/dir\\'],
    ['a space in the path', combined('GET /a b HTTP/1.1'), 'GET', '/a b'],
    ['a whole URL', combined('GET http://example.com/x?y HTTP/1.1'), 'GET', '/x'],
    ['a whole URL without a path', combined('GET http://example.com HTTP/1.1'), 'GET', '/'],
    ['an asterisk', combined('OPTIONS * HTTP/1.0'), 'OPTIONS', '*'],
    ['IPv6', combined('GET / HTTP/2.0', '200 1', '2001:db8::1 - - [17/May/2026:10:05:03 +0000]'), 'GET', '/'],
    ['a user', combined('PUT / HTTP/2', '200 1', 'host - jo [17/May/2026:10:05:03 +0000]'), 'PUT', '/'],
    ['a user with spaces', combined('PUT / HTTP/2', '200 1', '::1 - jo do [17/May/2026:10:05:03 +0000]'), 'PUT', '/'],
    ['an empty identity', combined('GET /', '200 1', '::1 "" "" [17/May/2026:10:05:03 +0000]'), 'GET', '/'],
    ['another time zone', combined('GET /', '200 1', '::1 - - [17/May/2026:15:35:03 +0530]'), 'GET', '/'],
    ['a line cut off in the browser', combined('GET /').slice(0, -5), 'GET', '/'],
    ['the common format', '::1 - - [17/May/2026:10:05:03 +0000] "GET /c HTTP/1.1" 200 7', 'GET', '/c'],
  ])('reads %s', (_, line, method, endpoint) => {
    expect(PARSERS.combined(line)).toMatchObject({ at: AT, fields: { method, endpoint } });
  });

  it('reads status and size and leaves the latency open', () => {
    const fields = { method: 'GET', endpoint: '/', statusCode: 304 };
    expect(fieldsOf('combined', combined('GET /', '304 -'))).toEqual({ ...fields, responseBytes: 0 });
    expect(fieldsOf('combined', combined('GET /', '304 2147483648'))).toEqual({ ...fields, responseBytes: 2 ** 31 });
  });

  it.each([
    ['nothing after the address', '203.0.113.9', REASONS.layout],
    ['prose', 'Segmentation fault (core dumped)', REASONS.layout],
    ['a request that does not end', '::1 - - [17/May/2026:10:05:03 +0000] "GET / 200 5', REASONS.layout],
    ['a missing request', combined('-', '408 0'), REASONS.request],
    ['a TLS handshake', combined('\\x16\\x03\\x01\\x02', '400 226'), REASONS.request],
    ['an empty request', combined('', '400 0'), REASONS.request],
    ['a method alone', combined('GET', '400 0'), REASONS.request],
    ['a path without a slash', combined('GET foo HTTP/1.1', '400 0'), REASONS.request],
    ['a method with signs', combined('{a: /x', '400 0'), REASONS.request],
    ['30 February', combined('GET /', '200 1', '::1 - - [30/Feb/2026:10:05:03 +0000]'), REASONS.date],
    ['an unknown month', combined('GET /', '200 1', '::1 - - [17/Foo/2026:10:05:03 +0000]'), REASONS.date],
    ['an hour too many', combined('GET /', '200 1', '::1 - - [17/May/2026:24:05:03 +0000]'), REASONS.date],
    ['a status of letters', combined('GET /', 'abc 1'), REASONS.status],
    ['status 000', combined('GET /', '000 1'), REASONS.status],
    ['a negative size', combined('GET /', '200 -1'), REASONS.bytes],
  ])('rejects %s', (_, line, reason) => {
    expect(PARSERS.common(line)).toEqual({ reason });
  });
});

describe('nginx-json', () => {
  const usual = {
    time_iso8601: '2026-05-17T12:05:03+02:00',
    request_method: 'POST',
    request_uri: '/a?b=c',
    status: '201',
    request_time: '0.123',
    body_bytes_sent: '42',
    request_length: '7',
  };
  const read = { method: 'POST', endpoint: '/a', statusCode: 201, latencyMs: 123, requestBytes: 7, responseBytes: 42 };

  it.each([
    ['texts', {}, {}],
    ['numbers', { status: 201, request_time: 0.123, body_bytes_sent: 42, request_length: 7 }, {}],
    ['bytes_sent', { body_bytes_sent: undefined, bytes_sent: 99 }, { responseBytes: 99 }],
    ['uri', { request_uri: undefined, uri: '/u' }, { endpoint: '/u' }],
    [
      'request',
      { request_method: undefined, request_uri: undefined, request: 'PUT /r HTTP/1.1' },
      { method: 'PUT', endpoint: '/r' },
    ],
    ['msec', { time_iso8601: undefined, msec: '1779012303.000' }, {}],
    ['time_local', { time_iso8601: undefined, time_local: '17/May/2026:10:05:03 +0000' }, {}],
    ['a microsecond', { request_time: '0.000001' }, { latencyMs: 0.001 }],
    ['an hour', { request_time: 3_600 }, { latencyMs: 3_600_000 }],
    ['unknown fields', { remote_addr: '::1', upstream: { a: 1 } }, {}],
  ])('reads %s', (_, changed, expected) => {
    const parsed = PARSERS['nginx-json'](JSON.stringify({ ...usual, ...changed }));
    expect(parsed).toEqual({ at: AT, fields: { ...read, ...expected } });
  });

  it('prefers msec, which knows milliseconds', () => {
    expect(PARSERS['nginx-json'](JSON.stringify({ ...usual, msec: 1779012303.25 }))).toMatchObject({ at: AT + 250 });
  });

  it.each([undefined, '', '-', null])('leaves the latency open when request_time is %j', (value) => {
    const { latencyMs: _, ...rest } = read;
    expect(fieldsOf('nginx-json', JSON.stringify({ ...usual, request_time: value }))).toEqual(rest);
  });

  it.each([
    ['no JSON', '{"time', REASONS.json],
    ['a list', '[]', REASONS.json],
    ['no date', JSON.stringify({ ...usual, time_iso8601: undefined }), REASONS.date],
    ['a local date', JSON.stringify({ ...usual, time_iso8601: '2026-05-17T12:05:03' }), REASONS.date],
    ['an empty request', JSON.stringify({ ...usual, request_method: '', request_uri: '' }), REASONS.request],
    ['status 000', JSON.stringify({ ...usual, status: '000' }), REASONS.status],
    ['a size with a fraction', JSON.stringify({ ...usual, body_bytes_sent: 1.5 }), REASONS.bytes],
    ['a negative duration', JSON.stringify({ ...usual, request_time: -1 }), REASONS.latency],
    ['a duration of words', JSON.stringify({ ...usual, request_time: 'soon' }), REASONS.latency],
  ])('rejects %s', (_, line, reason) => {
    expect(PARSERS['nginx-json'](line)).toEqual({ reason });
  });
});

describe('ndjson', () => {
  it.each([
    ['an ISO date', '2026-05-17T10:05:03.250Z', AT + 250],
    ['an offset', '2026-05-17T12:05+02:00', AT - 3_000],
    ['epoch milliseconds', AT, AT],
    ['no date', undefined, null],
    ['null', null, null],
  ])('reads %s', (_, timestamp, at) => {
    const fields = { id: 'e1', method: 'GET', latencyMs: 3 };
    expect(PARSERS.ndjson(JSON.stringify({ ...fields, timestamp }))).toEqual({ at, fields });
  });

  it.each([
    ['no JSON', 'GET /', REASONS.json],
    ['a number', '5', REASONS.json],
    ['null', 'null', REASONS.json],
    ['a date of words', '{"timestamp":"yesterday"}', REASONS.date],
    ['a date that is no number of milliseconds', '{"timestamp":1.5}', REASONS.date],
    ['a date past all calendars', '{"timestamp":1e300}', REASONS.date],
  ])('rejects %s', (_, line, reason) => {
    expect(PARSERS.ndjson(line)).toEqual({ reason });
  });
});

describe('every parser', () => {
  const nearlyRight = fc
    .tuple(
      fc.constantFrom(combined('GET / HTTP/1.1'), '{"time_iso8601":"2026-05-17T10:05:03Z","status":200}'),
      fc.nat(120),
      fc.string(),
    )
    .map(([line, at, noise]) => line.slice(0, at) + noise + line.slice(at + noise.length));

  it.each(FORMATS)('%s never throws, and gives an event or a reason', (format) => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json(), nearlyRight), (line) => {
        const parsed = PARSERS[format](line);
        if ('reason' in parsed) expect(Object.values(REASONS)).toContain(parsed.reason);
        else expect(parsed.at === null || Number.isInteger(parsed.at)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['backslashes', `::1 - - [17/May/2026:10:05:03 +0000] "${'\\'.repeat(200_001)}`],
    ['brackets', `::1 - ${' ['.repeat(200_000)}`],
    ['quotes', `::1 - - [17/May/2026:10:05:03 +0000] ${'" '.repeat(200_000)}`],
    ['spaces', `::1 ${' '.repeat(400_000)}`],
    ['slashes', combined(`GET ${'http://'.repeat(60_000)}`)],
  ])('takes little time over a long line of %s', (_, line) => {
    const start = performance.now();
    PARSERS.combined(line);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
