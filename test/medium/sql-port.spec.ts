/** The SQL port over sockets, and through @clickhouse/client. Real: all but the clock of the service. */
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { fromBlocks, toBlocks } from '../../apps/api/src/sql/port/lz4-blocks';
import { countRunning } from '../support/engine';
import { ADMIN } from '../support/keys-api';
import { SECRET, basic, dechunked, useSqlPort } from '../support/sql-port';
import { until } from '../support/until';

const port = useSqlPort();
const { api, send, rawCall } = port;

describe('what needs no key', () => {
  it.each(['/ping', '/replicas_status', '/'])('answers GET %s', async (path) => {
    expect(await (await fetch(`${port.url}${path}`)).text()).toBe('Ok.\n');
  });

  it.each(['GET //', 'GET http://[/', 'POST //[?query=SELECT+1', 'OPTIONS *', 'GET http://a:99999/?query=1'])(
    'answers %s, which is no URL, and goes on',
    async (target) => {
      const { head } = await rawCall(`${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(head).toMatch(/^HTTP\/1\.1 (?:404|204) /);
      expect((await fetch(`${port.url}/ping`)).status).toBe(200);
    },
  );
});

describe('a page of another origin', () => {
  const page = { add_http_cors_header: '1', user: 'default', default_format: 'JSONCompact', max_result_rows: '1000' };
  const more = { max_result_bytes: '10000000', result_overflow_mode: 'break' };

  it('sends statements with the key in the URL, as Play does', async () => {
    const query = { ...page, ...more, password: port.reader.secret };
    const { headers, text } = await send({ headers: {}, query, body: 'SELECT count() AS n FROM events' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse(text)).toMatchObject({ data: [[90]], rows: 1 });
    const many = await send({ headers: {}, query, body: 'SELECT number FROM numbers(1000000)' });
    expect(JSON.parse(many.text).rows).toBeLessThan(100_000);
  });

  it.each([
    ['a bad key', { password: 'mh_bad' }, '516'],
    ['a statement that fails', {}, '47'],
  ])('reads the error of %s', async (_, sent, code) => {
    const query = { password: port.reader.secret, ...page, ...sent };
    const { headers, text } = await send({ headers: {}, query, body: 'SELECT nothing' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toContain('X-ClickHouse-Exception-Code');
    expect(text).toContain(`Code: ${code}. `);
  });

  it('may ask before it sends a key in a header', async () => {
    const headers = { 'access-control-request-method': 'POST', origin: 'http://localhost:1' };
    const answer = await fetch(port.url, { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});

describe('who calls', () => {
  const query = { query: 'SELECT 1' };
  it.each([
    ['Basic', () => ({ headers: basic('x', port.reader.secret), query })],
    ['headers', () => ({ headers: { 'x-clickhouse-key': port.reader.secret }, query })],
    ['the URL', () => ({ headers: {}, query: { ...query, user: 'x', password: port.reader.secret } })],
    ['Bearer', () => ({ headers: { authorization: `Bearer ${port.reader.secret}` }, query })],
  ])('is known by %s', async (_, sent) => {
    expect(await send(sent())).toMatchObject({ status: 200, text: '1\n' });
  });

  it.each([
    ['no password', () => ({ headers: {}, query }), 401, 194],
    ['a bad one', () => ({ headers: basic('x', 'mh_bad'), query }), 403, 516],
    [
      'two',
      () => ({ headers: { ...basic('x', port.reader.secret), 'x-clickhouse-key': port.reader.secret }, query }),
      403,
      516,
    ],
  ])('is refused with %s', async (_, sent, status, code) => {
    const answer = await send(sent());
    expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([status, String(code)]);
    expect(answer.text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\) \\(version [\\d.]+ `));
  });

  it('needs sql:read, and calls left', async () => {
    const { secret } = await api.make({ permissions: ['usage:read'] });
    expect(await send({ headers: basic('x', secret), query })).toMatchObject({ status: 403 });
    const free = await api.make({ permissions: ['sql:read'], tier: 'free' });
    const statuses: number[] = [];
    for (let call = 0; call < 61; call++) {
      statuses.push(
        (await send({ headers: basic('x', free.secret), query: { query: 'SET join_use_nulls = 1' } })).status,
      );
    }
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([60, 429]);
  });

  it('reads the rows of its account alone', async () => {
    const sql = { query: 'SELECT DISTINCT account_id FROM events ORDER BY 1' };
    expect((await send({ query: sql })).text).toBe('acme\n');
    expect((await send({ query: sql, headers: basic('x', ADMIN) })).text).toBe(`acme\n${SECRET}\n`);
  });
});

describe('a statement', () => {
  it('comes from the URL, from the body, or from both', async () => {
    expect((await send({ query: { query: 'SELECT 1' }, method: 'GET' })).text).toBe('1\n');
    expect((await send({ body: 'SELECT 2' })).text).toBe('2\n');
    expect((await send({ query: { query: 'SELECT' }, body: '3' })).text).toBe('3\n');
  });

  it('comes in a form, with its parameters', async () => {
    const form = new FormData();
    form.set('query', 'SELECT {a:String} || {b:String}');
    form.set('param_a', 'tab\\tand ');
    expect((await send({ body: form, query: { param_b: 'b' } })).text).toBe('tab\\tand b\n');
  });

  it('comes compressed', async () => {
    const headers = { 'x-clickhouse-key': port.reader.secret };
    const zipped = { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync('SELECT 4') };
    expect((await send(zipped)).text).toBe('4\n');
    const blocks = Buffer.concat([...toBlocks(Buffer.from('SELECT 5'))]);
    expect((await send({ body: blocks, query: { decompress: '1' } })).text).toBe('5\n');
    expect(await send({ body: Buffer.from('x'.repeat(40)), query: { decompress: '1' } })).toMatchObject({
      status: 500,
    });
  });

  it.each([
    ['its own FORMAT', { body: 'SELECT 1 AS a FORMAT JSONEachRow' }, '{"a":1}\n'],
    ['default_format', { body: 'SELECT 1 AS a', query: { default_format: 'CSVWithNames' } }, '"a"\n1\n'],
    [
      'the settings of the URL',
      { body: 'SELECT 1 AS a', query: { limit: '0', output_format_json_quote_64bit_integers: '1' } },
      '1\n',
    ],
    [
      'its own SETTINGS',
      { body: 'SELECT toUInt64(1) AS a FORMAT JSONEachRow SETTINGS output_format_json_quote_64bit_integers = 0' },
      '{"a":1}\n',
    ],
  ])('is answered by %s', async (_, sent, expected) => expect((await send(sent)).text).toBe(expected));

  it('has a header for its format before all', async () => {
    const headers = { 'x-clickhouse-key': port.reader.secret, 'x-clickhouse-format': 'JSONEachRow' };
    const { headers: answered, text } = await send({
      headers,
      body: 'SELECT 1 AS a',
      query: { default_format: 'CSV' },
    });
    expect([answered.get('x-clickhouse-format'), text]).toEqual(['JSONEachRow', '{"a":1}\n']);
  });

  it.each([
    'TabSeparatedWithNamesAndTypes',
    'CSVWithNames',
    'JSON',
    'JSONCompact',
    'JSONEachRow',
    'Native',
    'RowBinaryWithNamesAndTypes',
    'JSONCompactEachRowWithNamesAndTypes',
  ])('is the same in %s, in pieces and whole', async (format) => {
    const body = `SELECT number AS n, concat('a\\n"', toString(number)) AS "b""c" FROM numbers(200000) FORMAT ${format}`;
    const strip = (text: string): string => text.replace(/"(?:elapsed|rows_read|bytes_read)": [\d.e+-]+/g, '');
    const [pieces, whole] = await Promise.all([send({ body }), send({ body, query: { wait_end_of_query: '1' } })]);
    expect(pieces.status).toBe(200);
    if (format === 'Native') expect(pieces.bytes.length).toBeGreaterThan(2_000_000);
    else expect(strip(pieces.bytes.toString('latin1')) === strip(whole.bytes.toString('latin1'))).toBe(true);
  });

  it('is answered in blocks, or in a coding that the client takes', async () => {
    const body = 'SELECT number FROM numbers(100000)';
    const { bytes: plain } = await send({ body });
    const { bytes: blocks } = await send({ body, query: { compress: '1' } });
    expect(fromBlocks(blocks, 10_000_000).equals(plain)).toBe(true);
    const raw = await rawCall(
      `POST /?enable_http_compression=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\nX-ClickHouse-Key: ${port.reader.secret}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(raw.head).toMatch(/content-encoding: gzip/i);
    expect(gunzipSync(dechunked(raw.body)).equals(plain)).toBe(true);
  });

  it('has totals', async () => {
    const { text } = await send({
      body: 'SELECT number % 2 AS n, count() AS c FROM numbers(5) GROUP BY n WITH TOTALS FORMAT JSON',
    });
    expect(JSON.parse(text)).toMatchObject({ rows: 2, totals: { n: 0, c: 5 } });
  });

  it('says what it took', async () => {
    const { headers } = await send({
      body: 'SELECT count() FROM events',
      query: { wait_end_of_query: '1', query_id: 'mine' },
    });
    expect(headers.get('x-clickhouse-query-id')).toBe('mine');
    expect(JSON.parse(headers.get('x-clickhouse-summary') ?? '')).toMatchObject({
      read_rows: expect.stringMatching(/^\d+$/),
    });
    expect([headers.get('x-clickhouse-timezone'), headers.get('x-clickhouse-exception-tag')]).toEqual([
      'UTC',
      expect.stringMatching(/^[a-p]{16}$/),
    ]);
  });
});

describe('sessions', () => {
  const value = "SELECT value FROM system.settings WHERE name = 'join_use_nulls'";
  const session = { session_id: 'one' };

  it('keep what was set, for their key alone', async () => {
    expect(await send({ body: 'SET join_use_nulls = 1', query: session })).toMatchObject({ status: 200, text: '' });
    expect((await send({ body: value, query: session })).text).toBe('1\n');
    expect((await send({ body: value })).text).toBe('0\n');
    const other = await api.make({ permissions: ['sql:read'] });
    expect((await send({ body: value, query: session, headers: basic('x', other.secret) })).text).toBe('0\n');
  });

  it('are not locked, and end', async () => {
    const both = [1, 2].map(() => send({ body: 'SELECT sum(number) FROM numbers(1000000)', query: session }));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    api.clock.at += 61_000;
    expect((await send({ body: value, query: session })).text).toBe('0\n');
  });

  it.each([
    ['USE meterhouse_bi', 200],
    ['USE default', 200],
    ['USE nowhere', 404],
    ['SET readonly = 1', 200],
    ['SET max_memory_usage = 1', 500],
    ['SET ROLE service', 403],
    ["KILL QUERY WHERE query_id = 'nothing'", 200],
    ["KILL QUERY WHERE query_id = 'nothing' FORMAT JSON", 200],
    ["KILL QUERY WHERE user = 'default'", 403],
  ])('take %s', async (body, status) => expect((await send({ body })).status).toBe(status));

  it('keep extremes, which an answer in pieces would lose', async () => {
    const session = { session_id: 'extremes' };
    await send({ body: 'SET extremes = 1', query: session });
    const { text } = await send({ body: 'SELECT number AS n FROM numbers(200000) FORMAT JSON', query: session });
    expect(JSON.parse(text)).toMatchObject({ extremes: { min: { n: 0 }, max: { n: 199_999 } } });
  });

  it('keep a bound that is set to none, for the bounds that hold anyway', async () => {
    const session = { session_id: 'unbounded' };
    for (const setting of ['max_execution_time', 'max_result_rows', 'max_result_bytes']) {
      expect(await send({ body: `SET ${setting} = 0`, query: session })).toMatchObject({ status: 200 });
    }
    expect((await send({ body: 'SELECT 1', query: session })).text).toBe('1\n');
    const seconds = "SELECT toFloat64(value) BETWEEN 1 AND 60 FROM system.settings WHERE name = 'max_execution_time'";
    expect((await send({ body: seconds, query: session })).text).toBe('1\n');
  });

  it('answer without a format, which a client would look up', async () => {
    const { headers } = await send({ body: 'SET readonly = 1', query: { default_format: 'Native' } });
    expect([headers.get('x-clickhouse-format'), headers.get('x-clickhouse-query-id')]).toEqual([
      null,
      expect.any(String),
    ]);
  });
});

describe('errors', () => {
  it.each([
    ['SELECT nothing', 404, 47],
    ['SELECT (', 400, 62],
    ['SELECT * FROM nothing', 404, 60],
    ["SELECT file('/etc/passwd')", 403, 497],
    ['SELECT * FROM default.events', 403, 497],
    ['SELECT 1 SETTINGS max_memory_usage = 1', 500, 164],
    ['SELECT 1 SETTINGS nothing = 1', 500, 164],
    ['SELECT 1; SELECT 2', 400, 62],
  ])('of %s come before the first byte', async (body, status, code) => {
    const answer = await send({ body });
    expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([status, String(code)]);
    expect(answer.text).toMatch(
      new RegExp(`^Code: ${code}\\. DB::Exception: [^]* \\([A-Z_]+\\) \\(version [\\d.]+ \\(official build\\)\\)\\n$`),
    );
    expect(answer.text).not.toContain(SECRET);
  });

  it('after the first byte break the answer off behind a block that says why', async () => {
    const body = 'SELECT intDiv(1, number < 3000000) FROM numbers(4000000)';
    const { head, body: received } = await rawCall(
      `POST / HTTP/1.1\r\nHost: a\r\nX-ClickHouse-Key: ${port.reader.secret}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const [, tag = ''] = /x-clickhouse-exception-tag: (\w+)/i.exec(head) ?? [];
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    const tail = received.subarray(-2_000).toString('latin1');
    const [, message = '', length] =
      new RegExp(`\r\n__exception__\r\n${tag}\r\n([^]*\n)(\\d+) ${tag}\r\n__exception__\r\n`).exec(tail) ?? [];
    expect(message).toMatch(/^Code: 153\. DB::Exception: Division by zero/);
    expect(Number(length)).toBe(Buffer.byteLength(message));
    expect(received.subarray(-5).toString()).not.toBe('0\r\n\r\n');
  });

  it('leave the coding of an answer without its end', async () => {
    const body = 'SELECT intDiv(1, number < 3000000) FROM numbers(4000000)';
    const { head, body: received } = await rawCall(
      `POST /?enable_http_compression=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\nX-ClickHouse-Key: ${port.reader.secret}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const zipped = dechunked(received);
    expect(() => gunzipSync(zipped)).toThrow('unexpected end of file');
    const [, tag = ''] = /x-clickhouse-exception-tag: (\w+)/i.exec(head) ?? [];
    const tail = gunzipSync(zipped, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(-2_000).toString('latin1');
    expect(tail).toMatch(new RegExp(`Code: 153\\.[^]*\\d+ ${tag}\r\n__exception__\r\n$`));
  });

  it('of a database that there is not, and of a body that is too large', async () => {
    expect(await send({ body: 'SELECT 1', query: { database: 'nowhere' } })).toMatchObject({ status: 404 });
    expect((await send({ body: `SELECT '${'x'.repeat(70_000)}'` })).status).toBe(403);
    expect((await send({ body: 'x'.repeat(1_100_000) })).status).toBe(413);
  });
});

describe('a statement that runs', () => {
  const slow = 'SELECT sum(cityHash64(number)) AS slow FROM numbers(1000000000)';
  const running = () => countRunning(api.clickhouse, '%cityHash64(number)) AS slow%');

  it('ends when its client goes', async () => {
    const gone = new AbortController();
    const call = fetch(port.url, {
      method: 'POST',
      headers: basic('x', port.reader.secret),
      body: slow,
      signal: gone.signal,
    });
    await until(async () => (await running()) > 0);
    gone.abort();
    await expect(call).rejects.toThrow();
    await until(async () => (await running()) === 0);
  });

  it('ends by KILL QUERY of its account, and of no other', async () => {
    const call = send({ body: slow, query: { query_id: 'slow' } });
    await until(async () => (await running()) > 0);
    const other = await api.make({ permissions: ['sql:read'] });
    const kill = "KILL QUERY WHERE query_id = 'slow'";
    expect((await send({ body: kill, headers: basic('x', other.secret) })).status).toBe(200);
    expect(await running()).toBe(1);
    await send({ body: kill });
    const { status, headers } = await call;
    expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([500, '394']);
    await until(async () => (await running()) === 0);
  });
});

describe('clients', () => {
  it('@clickhouse/client reads, binds, streams, and gives errors', async () => {
    const client = createClient({
      url: port.url,
      username: 'anybody',
      password: port.reader.secret,
      database: 'meterhouse_bi',
      compression: { response: true },
      log: { level: ClickHouseLogLevel.OFF },
    });
    try {
      expect(await client.ping()).toEqual({ success: true });
      const result = await client.query({
        query:
          'SELECT endpoint, sum(requests) AS requests FROM usage_day_endpoint WHERE endpoint = {endpoint:String} GROUP BY endpoint',
        query_params: { endpoint: '/v1/orders' },
      });
      expect((await result.json()).data).toEqual([{ endpoint: '/v1/orders', requests: 90 }]);
      const rows = await client.query({ query: 'SELECT number FROM numbers(100000)', format: 'JSONEachRow' });
      let count = 0;
      for await (const part of rows.stream()) count += part.length;
      expect(count).toBe(100_000);
      await expect(client.query({ query: 'SELECT nothing FROM events' })).rejects.toMatchObject({
        code: '47',
        type: 'UNKNOWN_IDENTIFIER',
      });
    } finally {
      await client.close();
    }
  });

  it('clickhouse-go finds its hello', async () => {
    const { bytes } = await send({
      body: 'SELECT displayName(), version(), revision(), timezone()',
      query: { client_protocol_version: '54460', default_format: 'Native' },
    });
    expect(bytes.subarray(0, 10)).toEqual(Buffer.from([1, 0, 2, 255, 255, 255, 255, 0, 4, 1]));
    expect(bytes.toString('latin1')).toMatch(
      /displayName\(\)\x06String\x00\x0ameterhouse\x09version\(\)\x06String\x00/,
    );
  });
});
