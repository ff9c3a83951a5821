/** What a caller of the SQL port may send beside its statement, and what it must not reach by it. Real: all but the clock. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRET, useSqlPort } from '../support/sql-port';

const port = useSqlPort();
const { send } = port;

describe('what a caller sends beside the statement', () => {
  it.each([
    ...['constructor', 'valueOf', 'toString', 'hasOwnProperty', 'log_comment, readonly', 'param', 'a=b'],
    ...['max_memory_usage', 'max_rows_to_read', 'allow_introspection_functions', 'format_schema', 'user_files_path'],
    ...['format_template_row', 'session_settings', 'custom_a', 'SQL_account', 'row_policy'],
  ])('is no setting of the engine: %s', async (name) => {
    for (const value of ['0', "x', readonly = '0"]) {
      const { status, headers } = await send({ body: 'SELECT 1', query: { [name]: value } });
      expect([status, headers.get('x-clickhouse-exception-code')]).toEqual([500, '164']);
      const set = await send({
        body: `SET \`${name}\` = '${value.replaceAll("'", "''")}'`,
        query: { session_id: 's' },
      });
      expect([400, 404, 500]).toContain(set.status);
    }
    expect((await send({ body: 'SELECT 1', query: { session_id: 's' } })).text).toBe('1\n');
  });

  it.each(['', 'Nothing', 'a b', 'JSON\0', "x'", '../x', 'Template', 'Protobuf', 'CapnProto'])(
    'is a format or an error: %j',
    async (name) => {
      const { status, headers, text } = await send({ body: 'SELECT 1', query: { default_format: name } });
      if (name === '') expect(text).toBe('1\n');
      else expect([status >= 400, headers.get('x-clickhouse-exception-code')]).toEqual([true, expect.any(String)]);
      expect(text).not.toMatch(/its log says why/);
    },
  );

  it.each([
    ['SELECT * FROM {a:Identifier}.{b:Identifier}', { param_a: 'system', param_b: 'processes' }],
    ['SELECT * FROM {a:Identifier}', { param_a: 'system.processes' }],
    ['SELECT * FROM system.{a:Identifier}', { param_a: 'errors' }],
    ['SELECT 1 IN {a:Identifier}', { param_a: 'system.processes' }],
    ['SELECT * FROM {a:Identifier}.events', { param_a: 'default' }],
    ['SELECT * FROM {a:Identifier}', { param_a: 'default.events' }],
    ['SELECT * FROM {a:Identifier}.{b:Identifier}', { param_a: 'default', param_b: 'keys' }],
    ['SELECT {a:Identifier} FROM system.databases', { param_a: 'data_path' }],
    ['SELECT count() FROM system.databases AS a NATURAL JOIN (SELECT 1 AS metadata_path) AS b', {}],
    ["SELECT {a:Identifier}('/etc/hostname')", { param_a: 'file' }],
    ['SHOW CREATE TABLE {a:Identifier}', { param_a: 'default.keys' }],
    ['DESCRIBE TABLE {a:Identifier}', { param_a: 'default.keys' }],
    [`SELECT * FROM latency(account = {a:String}, from = '2026-01-01', to = '2027-01-01')`, { param_a: SECRET }],
    ['SELECT {a:String}', { param_a: `x', log_comment = 'caller x ${SECRET}` }],
    ['SELECT 1', { 'param_a = 1, readonly': '0' }],
    ['SELECT 1', { param___proto__: 'x', param_constructor: 'x' }],
    ['SELECT 1', { role: 'service', log_comment: `caller x ${SECRET}`, quota_key: SECRET, user: SECRET }],
  ])('binds %s to nothing of another account: %j', async (body, query) => {
    const form = new FormData();
    form.set('query', body);
    for (const [name, value] of Object.entries(query)) {
      if (name.startsWith('param_')) form.set(name, String(value));
    }
    const headers = { authorization: `Bearer ${port.reader.secret}` };
    for (const sent of [
      { body, query: query as Record<string, string>, headers },
      { body: form, headers },
    ]) {
      const { text } = await send(sent);
      const own = text
        .replaceAll(`x', log_comment = 'caller x ${SECRET}`, '')
        .replaceAll(`x\\', log_comment = \\'caller x ${SECRET}`, '');
      expect(own).not.toMatch(/planted|\/tmp\/|secret_hash/);
    }
  });

  it.each([
    [
      'two queries',
      [
        ['query', 'SELECT 1'],
        ['query', 'SELECT 2'],
      ],
      200,
    ],
    [
      'a setting',
      [
        ['query', 'SELECT 1'],
        ['readonly', '0'],
      ],
      501,
    ],
    [
      'another name',
      [
        ['query', 'SELECT 1'],
        ['__proto__', '0'],
      ],
      501,
    ],
    [
      'a parameter with another name',
      [
        ['query', 'SELECT 1'],
        ['param_a, readonly', '0'],
      ],
      400,
    ],
  ])('is a form with %s', async (_, fields, status) => {
    const form = new FormData();
    for (const [name = '', value = ''] of fields) form.append(name, value);
    expect((await send({ body: form })).status).toBe(status);
  });

  it('is an id that no header can hold', async () => {
    const { text, headers } = await send({ body: 'SELECT 1', query: { query_id: 'ü\r\nSet-Cookie: a=b' } });
    expect([text, headers.get('x-clickhouse-query-id'), headers.get('set-cookie')]).toEqual([
      '1\n',
      '???Set-Cookie: a=b',
      null,
    ]);
  });
});

describe('a statement that is no SELECT', () => {
  const kinds = [
    'SHOW TABLES',
    'DESCRIBE usage_hour',
    'EXISTS TABLE events',
    'SHOW CREATE TABLE events',
    'EXPLAIN SELECT 1',
  ];
  const file = join(tmpdir(), `meterhouse-outfile-${process.pid}`);

  it.each([...kinds, 'EXPLAIN SYNTAX SELECT 1', 'EXPLAIN AST SELECT 1', '(SELECT 1)', 'SELECT 1 UNION ALL SELECT 2'])(
    'writes no file and changes no setting: %s',
    async (statement) => {
      for (const mode of ['', ' TRUNCATE', ' APPEND', ' AND STDOUT']) {
        const written = await send({ body: `${statement} INTO OUTFILE '${file}'${mode} FORMAT TSV` });
        expect(written.status).toBeGreaterThanOrEqual(400);
      }
      for (const setting of ['readonly = 0', 'max_memory_usage = 0', 'max_rows_to_read = 0, max_threads = 1']) {
        for (const clause of [
          `SETTINGS ${setting}`,
          `SETTINGS ${setting} FORMAT TSV`,
          `FORMAT TSV SETTINGS ${setting}`,
        ]) {
          expect((await send({ body: `${statement} ${clause}` })).status).toBeGreaterThanOrEqual(400);
        }
      }
      expect(existsSync(file)).toBe(false);
    },
  );

  it.each(kinds)('ignores whose rows it says it may read: %s', async (statement) => {
    const { text } = await send({ body: `${statement} SETTINGS log_comment = 'caller x ${SECRET}'` });
    expect(text).not.toContain(SECRET);
  });
});

describe("filters, as Grafana's plugin sends them", () => {
  const count = 'SELECT count() FROM events';
  const filtered = (table: string, condition: string) =>
    send({
      body: `${count} settings additional_table_filters={'${table}' : ' ${condition.replace(/[\\']/g, '\\$&')} '}`,
    });

  it.each([
    ['meterhouse_bi.events', `endpoint = '/v1/orders'`, '90\n'],
    ['events', `endpoint != '/v1/orders' OR 0`, '0\n'],
    ['"meterhouse_bi"."events"', `endpoint IN ('/v1/orders', 'it''s') AND status_code > 0`, '90\n'],
    ['meterhouse_bi.keys', '0', '90\n'],
    // An alias of a table within a view.
    ['t', '0', '90\n'],
    ['e', '0', '90\n'],
    ['events', "1 = 1 OR account_id != ''", '90\n'],
  ])('hold on %s: %s', async (table, condition, expected) => {
    expect((await filtered(table, condition)).text).toBe(expected);
  });

  it('hold in the URL and with a bound of the plugin', async () => {
    const query = { additional_table_filters: `{'events':'endpoint = \\'x\\''}`, max_execution_time: '65' };
    expect((await send({ body: count, query })).text).toBe('0\n');
  });

  it.each([
    ['default.events', '1'],
    ['default.keys', `secret_hash LIKE 'a%'`],
    ['system.one', '1'],
    ['events', `file('/etc/hostname') != ''`],
    ['events', `endpoint IN (SELECT '/v1/orders')`],
    ['events', `1 IN (system.processes)`],
    ['events', `(SELECT count() FROM default.events) > 0`],
    ['events', `1 SETTINGS log_comment = 'x'`],
    ['events', `1) SETTINGS log_comment = 'x' --`],
    ['events', `1) FROM default.events WHERE (1`],
    ['events', `1; SELECT 1`],
    ['events', `1 /*`],
    ['events', 'dictGet(1, 2, 3)'],
    ['events', 'key_id = {a:String}'],
  ])('do not reach beyond the view: %s, %s', async (table, condition) => {
    const { status, text } = await filtered(table, condition);
    expect([status >= 400, text]).toEqual([true, expect.not.stringContaining(SECRET)]);
  });

  it("cannot tell of another account's rows by an error", async () => {
    expect((await filtered('events', `intDiv(1, account_id != '${SECRET}')`)).text).toBe('90\n');
  });

  it.each(["{'events':'1'", "'events'", '{events:1}', "{'events':'1' 'keys':'1'}", "{'events':1}"])(
    'say what they should be like: %s',
    async (map) => {
      const { text } = await send({ body: count, query: { additional_table_filters: map } });
      expect(text).toContain("should be like {'meterhouse_bi.usage_hour':'failed > 0'}");
    },
  );
});
