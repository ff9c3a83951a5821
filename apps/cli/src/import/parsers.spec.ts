import * as fc from 'fast-check';
import { FORMATS, type Format, REASONS } from './parsed-line';
import { PARSERS } from './parsers';
import { NO_REQUEST } from './request-line';

const AT = Date.UTC(2026, 4, 17, 10, 5, 3);

/** A combined line around a request, a status and a size. */
function combined(request: string, rest = '200 512', before = '203.0.113.9 - - [17/May/2026:10:05:03 +0000]'): string {
  return `${before} "${request}" ${rest} "https://example.com/" "Mozilla/5.0 (X11) \\"quoted\\""`;
}

function fieldsOf(format: Format, line: string): unknown {
  const parsed = PARSERS[format](line);
  return 'fields' in parsed ? parsed.fields : parsed;
}

function contentOf(format: Format, line: string): string | null {
  const parsed = PARSERS[format](line);
  return 'content' in parsed ? parsed.content : null;
}

describe('combined and common', () => {
  it.each([
    ['a plain line', combined('GET /a/b HTTP/1.1'), 'GET', '/a/b'],
    ['a query string', combined('GET /a?token=x#y HTTP/1.1'), 'GET', '/a'],
    ['a lower-case method', combined('get /a HTTP/1.1'), 'GET', '/a'],
    ['no protocol (HTTP/0.9)', combined('GET /a'), 'GET', '/a'],
    ['escaped quotes', combined('GET /say/\\"hi\\" HTTP/1.1'), 'GET', '/say/"hi"'],
    ['an escaped backslash before the closing quote', combined('GET /dir\\\\'), 'GET', '/dir\\'],
    ["Apache's bytes", combined('GET /caf\\xc3\\xa9 HTTP/1.1'), 'GET', '/café'],
    ["nginx' bytes", combined('GET /caf\\xC3\\xA9/\\x22b\\x22\\x5C HTTP/1.1'), 'GET', '/café/"b"\\'],
    ['a query of bytes', combined('GET /a?q=\\x22a\\x22 HTTP/1.1'), 'GET', '/a'],
    ['bytes that are no UTF-8', combined('GET /caf\\xe9 HTTP/1.1'), 'GET', '/caf\ufffd'],
    ['control characters in the path', combined('GET /a\\x00\\n\\x7f HTTP/1.1'), 'GET', '/a%00%0A%7F'],
    [
      'a path of 9,000 characters',
      combined(`GET /${'a/'.repeat(4_500)}`),
      'GET',
      `/${'a/'.repeat(1_024)}`.slice(0, 2_048),
    ],
    ['a space in the path', combined('GET /a b HTTP/1.1'), 'GET', '/a b'],
    ['a whole URL', combined('GET http://example.com/x?y HTTP/1.1'), 'GET', '/x'],
    ['a whole URL without a path', combined('GET http://example.com HTTP/1.1'), 'GET', '/'],
    ['a method with signs', combined('RPC_IN_DATA /rpc HTTP/1.1'), 'RPC_IN_DATA', '/rpc'],
    ['a long method', combined('UPDATEREDIRECTREF / HTTP/1.1'), 'UPDATEREDIRECTREF', '/'],
    ['IPv6 with a zone', combined('GET /', '200 1', 'fe80::1%eth0 - - [17/May/2026:10:05:03 +0000]'), 'GET', '/'],
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
    ['30 February', combined('GET /', '200 1', '::1 - - [30/Feb/2026:10:05:03 +0000]'), REASONS.date],
    ['an unknown month', combined('GET /', '200 1', '::1 - - [17/Foo/2026:10:05:03 +0000]'), REASONS.date],
    ['an hour too many', combined('GET /', '200 1', '::1 - - [17/May/2026:24:05:03 +0000]'), REASONS.date],
    ['a status of letters', combined('GET /', 'abc 1'), REASONS.status],
    ['status 000', combined('GET /', '000 1'), REASONS.status],
    ['a negative size', combined('GET /', '200 -1'), REASONS.bytes],
  ])('rejects %s', (_, line, reason) => {
    expect(PARSERS.common(line)).toEqual({ reason });
  });

  it.each([
    ['no request before the time-out', '-', NO_REQUEST.nothing],
    ['an empty request', '', NO_REQUEST.nothing],
    ['a TLS handshake', '\\x16\\x03\\x01\\x02 \\x01', NO_REQUEST.tls],
    ['an HTTP/2 connection', 'PRI * HTTP/2.0', NO_REQUEST.http2],
    ['a question about the server', 'OPTIONS * HTTP/1.0', NO_REQUEST.options],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1', NO_REQUEST.connect],
    ['RTSP', 'OPTIONS / RTSP/1.0', NO_REQUEST.protocol],
    ['SIP', 'OPTIONS sip:nm SIP/2.0', NO_REQUEST.protocol],
    ['SSH', 'SSH-2.0-Go', NO_REQUEST.protocol],
    ['a remote desktop', '\\x03\\x00\\x00/*\\xE0\\x00\\x00\\x00\\x00\\x00Cookie: mstshash=a', NO_REQUEST.protocol],
    ['SOCKS', '\\x05\\x01\\x00', NO_REQUEST.protocol],
    ['other bytes', '\\x80w\\x01\\x03', NO_REQUEST.other],
    ['a method alone', 'GET', NO_REQUEST.other],
    ['a path without a slash', 'GET foo HTTP/1.1', NO_REQUEST.other],
    ['a method with brackets', '{a: /x', NO_REQUEST.other],
    ['a method of signs', '- /x HTTP/1.1', NO_REQUEST.other],
  ])('counts %s as what it is', (_, request, noRequest) => {
    expect(PARSERS.combined(combined(request, '400 0'))).toEqual({ noRequest });
  });

  it.each([
    ['milliseconds, which stay in their second', '0.013', 0, 13],
    ['most of a second', '0.700', 1_000, 700],
    ['a minute and a half', '90.250', 90_000, 90_250],
    ['further fields', '2.000 0.001, 1.999', 2_000, 2_000],
  ])("takes nginx' request_time off the end: %s", (_, rest, earlier, latencyMs) => {
    for (const format of ['combined', 'common'] as const) {
      const line = `${combined('GET / HTTP/1.1')} ${rest}`;
      expect(PARSERS[format](line)).toMatchObject({ at: AT - earlier, fields: { latencyMs } });
    }
  });

  it.each(['0', '13', '13000', 'rt=0.013', '"0.013"', '0.0131'])(
    'takes "%s" after the browser for no duration',
    (rest) => {
      expect(fieldsOf('combined', `${combined('GET / HTTP/1.1')} ${rest}`)).not.toHaveProperty('latencyMs');
    },
  );

  it('says the same of a line in both formats, whatever its referrer and browser', () => {
    const line = combined('GET /a?b HTTP/1.1');
    const contents = [line, line.replace('example.com', 'example.org'), line.slice(0, line.indexOf(' "https'))].map(
      (text) => PARSERS.combined(text),
    );
    expect(contents).toEqual(Array(3).fill(PARSERS.common(line)));
  });

  it.each([
    ['host', '203.0.113.9', '203.0.113.8'],
    ['user', '- - [', '- jo ['],
    ['time', '10:05:03', '10:05:04'],
    ['query string', '?b', '?c'],
    ['protocol', 'HTTP/1.1', 'HTTP/1.0'],
    ['status', ' 200 ', ' 201 '],
    ['size', ' 512 ', ' 513 '],
  ])('says something else when the %s is another', (_, from, to) => {
    const line = combined('GET /a?b HTTP/1.1');
    expect(contentOf('combined', line.replace(from, to))).not.toBe(contentOf('combined', line));
  });

  it('says something else when the request took so long that it began in another second', () => {
    const contents = ['0.100', '0.200', '1.100'].map((time) => contentOf('common', `${combined('GET /')} ${time}`));
    expect(contents[1]).toBe(contents[0]);
    expect(contents[2]).not.toBe(contents[0]);
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
    expect(fieldsOf('nginx-json', JSON.stringify({ ...usual, ...changed }))).toEqual({ ...read, ...expected });
  });

  it.each([
    ['a date in whole seconds, and less than half a second', {}, 0],
    ['a date in whole seconds, and more than half a second', { request_time: '0.700' }, -1_000],
    ['an hour', { request_time: '3600.000' }, -3_600_000],
    ['msec, which is preferred because it knows milliseconds', { msec: 1779012303.25 }, 250 - 123],
    ['msec as a text', { msec: '1779012303.000' }, -123],
    ['a date with a fraction', { time_iso8601: undefined, '@timestamp': '2026-05-17T10:05:03.250Z' }, 250 - 123],
    ['no msec', { msec: '' }, 0],
    ['no duration', { msec: '1779012303.250', request_time: '' }, 250],
    ['time_local', { time_iso8601: '', time_local: '17/May/2026:10:05:03 +0000' }, 0],
  ])('dates an event at its start: %s', (_, changed, offset) => {
    expect(PARSERS['nginx-json'](JSON.stringify({ ...usual, ...changed }))).toMatchObject({ at: AT + offset });
  });

  it.each([
    ['0.001', 1],
    [0.25, 250],
    ['0.001, 0.002 : 0.100', 103],
    ['-, 0.002', 2],
    ['-', undefined],
    ['', undefined],
  ])('adds up upstream_response_time %j where there is no request_time', (value, latencyMs) => {
    const line = JSON.stringify({ ...usual, request_time: '', upstream_response_time: value });
    const { latencyMs: _, ...rest } = read;
    expect(fieldsOf('nginx-json', line)).toEqual({ ...rest, ...(latencyMs === undefined ? {} : { latencyMs }) });
  });

  it('reads lines that nginx wrote without escape=json', () => {
    const line = JSON.stringify({ ...usual, request_uri: '/caf@/#' })
      .replace('@', '\\xC3\\xA9')
      .replace('#', '\\x22');
    expect(fieldsOf('nginx-json', line)).toEqual({ ...read, endpoint: '/café/"' });
  });

  it('says the same in any order of the fields, and something else when one of them is another', () => {
    const line = JSON.stringify({ ...usual, request_id: 'a' });
    const turned = JSON.stringify(Object.fromEntries(Object.entries({ ...usual, request_id: 'a' }).reverse()));
    expect(contentOf('nginx-json', turned)).toBe(contentOf('nginx-json', line));
    expect(contentOf('nginx-json', line.replace('"a"', '"b"'))).not.toBe(contentOf('nginx-json', line));
  });

  it.each([
    ['nothing at all', { request_method: '', request_uri: '', request: '' }, NO_REQUEST.nothing],
    ['nothing but an empty request', { request_method: '', request_uri: '' }, NO_REQUEST.nothing],
    ['a TLS handshake', { request_method: '', request_uri: '', request: '\u0016\u0003\u0001' }, NO_REQUEST.tls],
    ['an HTTP/2 connection', { request_method: undefined, request: 'PRI * HTTP/2.0' }, NO_REQUEST.http2],
    ['a tunnel', { request_method: 'CONNECT', request_uri: 'a:443' }, NO_REQUEST.connect],
  ])('counts %s as what it is', (_, changed, noRequest) => {
    expect(PARSERS['nginx-json'](JSON.stringify({ ...usual, ...changed }))).toEqual({ noRequest });
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
    ['other names', JSON.stringify({ ...usual, request_method: undefined, verb: 'GET' }), REASONS.request],
    ['JSON that is too deep', `{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, REASONS.json],
    [
      'servers that took words',
      JSON.stringify({ ...usual, request_time: '-', upstream_response_time: 'a' }),
      REASONS.latency,
    ],
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
    expect(PARSERS.ndjson(JSON.stringify({ ...fields, timestamp }))).toMatchObject({ at, fields });
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
        else if ('noRequest' in parsed) expect(Object.values(NO_REQUEST)).toContain(parsed.noRequest);
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
