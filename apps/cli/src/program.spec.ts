import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlIn } from '@meterhouse/common';
import { runCli } from './program';
import { type Asked, FakeService, allAccepted, eventsIn } from './testing/fake-service';

interface Run {
  code: number;
  out: string;
  err: string;
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  let out = '';
  let err = '';
  const terminal = { env, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  return { code: await runCli(args, terminal), out, err };
}

const KEY = {
  id: 'key_1',
  accountId: 'acme',
  name: 'website',
  description: null,
  tier: 'starter',
  permissions: ['events:write'],
  rateLimit: { requestsPerMinute: 300, requestsPerHour: null, requestsPerDay: 100_000 },
  status: 'active',
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: '2026-01-02T03:04:05.678Z',
  usage: { totalRequests: 12_345, requestsToday: 1, requestsThisMonth: 2 },
  metadata: {},
};

const LIMITS = { activeKeys: 20, eventsPerMinute: 20_000, eventsPerDay: null, endpointNamesPerDay: 500 };

describe('wrong usage', () => {
  it.each([
    [[], 'Usage: meterhouse'],
    [['exprot'], "unknown command 'exprot'"],
    [['import', 'x.log'], "required option '-f, --format <format>' not specified"],
    [['import', '--format', 'apache', 'x.log'], 'Allowed choices are combined, common, nginx-json, ndjson'],
    [['import', '--format', 'common'], "missing required argument 'file'"],
    [['import', '--format', 'common', '--shift-to', 'soon', 'x.log'], '--shift-to should be "now"'],
    [['import', '--format', 'common', '--shift-to', 'now', '-'], 'standard input does not allow; name a file'],
    [['import', '--format', 'common', '--account', 'acme', 'x.log'], '--account needs --key-id'],
    [['demo', '--days', '0'], 'a whole number from 1 to 365'],
    [['demo', '--events', '3e5'], 'a whole number from 1,000 to 10,000,000'],
    [['keys'], 'Usage: meterhouse keys'],
    [['keys', 'create'], "required option '--name <name>' not specified"],
    [['keys', 'create', '--name', 'x', '--tier', 'gold'], 'Allowed choices are free, starter'],
    [['keys', 'create', '--name', 'x', '--permission', 'usage:write'], 'Allowed choices are usage:read'],
    [['keys', 'create', '--name', 'x', '--rate-limit-minute', '-1'], 'a whole number of 1 or more'],
    [['keys', 'create', '--name', 'x', '--expires-at', 'tomorrow'], 'a date such as'],
    [['keys', 'create', '--name', 'x', '--expires-at', '2027-02-30'], 'a date such as'],
    [['keys', 'create', '--name', 'x', '--expires-at', '2027-01-01T00:00:00'], 'a date such as'],
    [['tokens'], 'Usage: meterhouse tokens'],
    [['tokens', 'create', '--permission', 'admin'], 'Allowed choices are usage:read, keys:read'],
    [['tokens', 'create', '--expires-in', '1h'], 'a whole number of seconds'],
    [['accounts'], 'Usage: meterhouse accounts'],
    [['accounts', 'list', '--sort', 'name'], 'Allowed choices are requests, errors, lastUsedAt'],
    [['accounts', 'list', '--limit', '0'], 'a whole number of 1 or more'],
    [['accounts', 'update', 'acme'], 'Name a limit to set'],
    [['accounts', 'update', 'acme', '--active-keys', '-1'], 'a whole number, "none" or "default"'],
    [['audit', '--from', 'yesterday'], 'a date such as'],
    [['audit', '--limit', '0'], 'a whole number of 1 or more'],
    [['keys', 'update', 'k'], 'Name what should change'],
    [['keys', 'update', 'k', '--expires-at', 'soon'], 'a date such as'],
    [['keys', 'rotate', 'k', '--grace', '1h'], 'a whole number of seconds'],
    [['--url', 'ftp://x', 'keys', 'list'], '--url should be like http://127.0.0.1:3000'],
  ])('%j ends with 2', async (args, message) => {
    const { code, err, out } = await run(args, { ADMIN_KEY: 'secret' });
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('says which variable holds the key when there is none', async () => {
    expect(await run(['keys', 'list'])).toMatchObject({ code: 2, err: expect.stringContaining('set METERHOUSE_KEY') });
  });
});

describe('help', () => {
  it.each([
    [],
    ['keys'],
    ['keys', 'create'],
    ['keys', 'list'],
    ['keys', 'revoke'],
    ['keys', 'rotate'],
    ['import'],
    ['demo'],
  ])('of "%s %s" shows an example and ends with 0', async (...command) => {
    const { code, out } = await run([...command.filter((word) => word), '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:\n {2}\$ /);
  });
});

describe('against a service', () => {
  let service: FakeService;
  let env: Record<string, string>;
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'meterhouse-cli-'))));
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(() => service.stop());

  async function serve(...[answer]: Parameters<typeof FakeService.start>): Promise<void> {
    service = await FakeService.start(answer);
    env = { METERHOUSE_URL: service.url, ADMIN_KEY: 'mh_admin' };
  }

  it('creates a key and prints its secret alone to standard output', async () => {
    await serve(() => ({ status: 201, body: { success: true, apiKey: 'mh_s3cret', keyId: KEY.id, key: KEY } }));
    const limits = ['--rate-limit-minute', '5', '--rate-limit-day', '9'];
    const { code, out, err } = await run(
      ['keys', 'create', '--name', 'w', '--account', 'acme', '--permission', 'usage:read', 'keys:read', ...limits],
      env,
    );
    expect({ code, out }).toEqual({ code: 0, out: 'mh_s3cret\n' });
    expect(err).toContain('key_1 (website, account acme, tier starter)');
    expect(JSON.parse(service.asked[0]?.body ?? '')).toEqual({
      name: 'w',
      accountId: 'acme',
      permissions: ['usage:read', 'keys:read'],
      rateLimit: { requestsPerMinute: 5, requestsPerDay: 9 },
    });
  });

  it('lists all pages of keys, as a table and as JSON', async () => {
    await serve(({ path }) => {
      const first = path.includes('offset=0');
      const keys = [first ? KEY : { ...KEY, id: 'key_two', name: 'x', lastUsedAt: null }];
      return { status: 200, body: { keys, pagination: { total: 2, limit: 1, offset: 0, hasMore: first } } };
    });
    expect((await run(['keys', 'list', '--status', 'active', '--account', 'acme'], env)).out).toBe(
      [
        'ID       NAME     ACCOUNT  TIER     STATUS  PERMISSIONS   REQUESTS  LAST USED         EXPIRES',
        'key_1    website  acme     starter  active  events:write    12,345  2026-01-02 03:04  -',
        'key_two  x        acme     starter  active  events:write    12,345  -                 -',
        '',
      ].join('\n'),
    );
    expect(service.asked[1]?.path).toBe('/keys?limit=100&offset=1&accountId=acme&status=active');
    expect(JSON.parse((await run(['keys', 'list', '--json'], env)).out)).toHaveLength(2);
  });

  it('prints nothing raw that a service answers', async () => {
    const name = '\u001b]0;OWNED\u0007\u001b[2J\u202e\nkey_admin  Admin';
    await serve(({ method }) =>
      method === 'DELETE'
        ? { status: 400, body: { success: false, error: 'INVALID_PARAMETERS', message: `no ${name}` } }
        : {
            status: 200,
            body: { keys: [{ ...KEY, name }], pagination: { total: 1, limit: 100, offset: 0, hasMore: false } },
          },
    );
    const table = (await run(['keys', 'list'], env)).out;
    expect(table.split('\n')).toHaveLength(3);
    expect(table).toContain('\\u001b]0;OWNED\\u0007\\u001b[2J\\u202e\\u000akey_admin  Admin');
    const json = (await run(['keys', 'list', '--json'], env)).out;
    expect(JSON.parse(json)).toMatchObject([{ name }]);
    const { err } = await run(['keys', 'revoke', 'x'], env);
    for (const printed of [table, json, err]) expect(controlIn(printed.replaceAll('\n', ''))).toBeNull();
    expect(err.split('\n')).toHaveLength(2);
  });

  it('lists the first accounts, as a table and as JSON', async () => {
    const usage = { requests: 12_345, previousRequests: 7, failedRequests: 89 };
    const account = {
      id: 'acme',
      keys: { total: 3, active: 2 },
      tier: 'starter',
      limits: LIMITS,
      customLimits: ['eventsPerDay'],
      lastUsedAt: null,
      usage,
    };
    await serve(({ path }) => {
      const accounts = path.includes('offset=0') ? [account] : [{ ...account, id: 'b', tier: null }];
      return { status: 200, body: { accounts, pagination: { total: 9, limit: 1, offset: 0, hasMore: true } } };
    });
    const flags = ['accounts', 'list', '--search', 'a&b', '--sort', 'errors', '--order', 'asc', '--limit', '2'];
    expect((await run(flags, env)).out).toBe(
      [
        'ID    TIER     KEYS  ACTIVE  REQUESTS  FAILED  30 DAYS BEFORE  LAST USED',
        'acme  starter     3       2    12,345      89               7  -',
        'b     -           3       2    12,345      89               7  -',
        '',
      ].join('\n'),
    );
    expect(service.asked.map(({ path }) => path)).toEqual([
      '/accounts?limit=2&offset=0&search=a%26b&sort=errors&order=asc',
      '/accounts?limit=1&offset=1&search=a%26b&sort=errors&order=asc',
    ]);
    expect(JSON.parse((await run([...flags, '--json'], env)).out)).toMatchObject([account, { id: 'b' }]);
  });

  it('shows the newest entries of the audit log, as a table and as JSON', async () => {
    const actor = { keyId: 'key_1', accountId: 'acme', address: '192.0.2.7' };
    const nobody = { keyId: null, accountId: null, address: null };
    const entry = { at: '2026-03-02T10:15:29.412Z', action: 'key.revoked', actor, target: 'key_2', details: {} };
    const hostile = { ...entry, actor: nobody, target: null, details: { name: '\u001b[2J\n\u202e' } };
    await serve(({ path }) => ({
      status: 200,
      body: {
        entries: path.includes('offset=0') ? [entry] : [hostile],
        pagination: { total: 9, limit: 1, offset: 0, hasMore: true },
      },
    }));
    const flags = ['audit', '--account', 'acme', '--action', 'key.revoked', '--from', '2026-03-01', '--limit', '2'];
    const { out } = await run(flags, env);
    expect(out).toBe(
      [
        'AT                   ACTION       KEY    ACCOUNT  ADDRESS    TARGET  DETAILS',
        '2026-03-02 10:15:29  key.revoked  key_1  acme     192.0.2.7  key_2   {}',
        '2026-03-02 10:15:29  key.revoked  -      -        -          -       {"name":"\\u001b[2J\\n\\u202e"}',
        '',
      ].join('\n'),
    );
    expect(service.asked.map(({ path }) => path)).toEqual([
      '/admin/audit?limit=2&offset=0&accountId=acme&action=key.revoked&from=2026-03-01T00%3A00%3A00.000Z',
      '/admin/audit?limit=1&offset=1&accountId=acme&action=key.revoked&from=2026-03-01T00%3A00%3A00.000Z',
    ]);
    expect(JSON.parse((await run([...flags, '--json'], env)).out)).toEqual([entry, hostile]);
  });

  it("sets an account's limits", async () => {
    await serve(() => ({ status: 200, body: { success: true, account: { id: 'a:b', limits: LIMITS } } }));
    const flags = ['--active-keys', '20', '--events-per-day', 'none', '--endpoint-names-per-day', 'default'];
    const { code, out } = await run(['accounts', 'update', 'a:b', ...flags], env);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Updated a:b: 20 active keys, 20,000 events a minute, no limit of events a day, 500 endpoint names a day.\n',
    });
    const [{ method, path, body }] = service.asked as [Asked];
    expect([method, path, JSON.parse(body)]).toEqual([
      'PATCH',
      '/accounts/a%3Ab',
      { limits: { activeKeys: 20, eventsPerDay: null, endpointNamesPerDay: 'default' } },
    ]);
  });

  it('creates a token and prints it alone to standard output, its link beside', async () => {
    const [token, url] = ['mht_a.b', 'http://x/app#token=mht_a.b'];
    await serve(() => ({
      status: 201,
      body: { success: true, token, tokenId: 'tok_1', expiresAt: '2026-01-02T03:04:05.678Z', url },
    }));
    const { code, out, err } = await run(['tokens', 'create'], env);
    expect({ code, out }).toEqual({ code: 0, out: `${token}\n` });
    expect(err).toContain(`tok_1, which works until 2026-01-02T03:04:05.678Z.\nIt opens the dashboard at ${url}\n`);
    const flags = ['--account', 'acme', '--key-id', 'k1', 'k2', '--permission', 'usage:read', '--expires-in', '60'];
    await run(['tokens', 'create', ...flags], env);
    expect(service.asked.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
      ['POST', '/tokens', {}],
      [
        'POST',
        '/tokens',
        { accountId: 'acme', keyIds: ['k1', 'k2'], permissions: ['usage:read'], expiresInSeconds: 60 },
      ],
    ]);
  });

  it('changes what is named of a key', async () => {
    await serve(() => ({ status: 200, body: { success: true, key: KEY } }));
    const flags = ['--name', 'n', '--tier', 'enterprise', '--rate-limit-hour', '5', '--expires-at', 'never'];
    const { code, out } = await run(['keys', 'update', 'key_1', ...flags, '--description', ''], env);
    expect({ code, out }).toEqual({ code: 0, out: 'Updated key_1.\n' });
    expect(service.asked.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
      [
        'PATCH',
        '/keys/key_1',
        { name: 'n', tier: 'enterprise', rateLimit: { requestsPerHour: 5 }, expiresAt: null, description: '' },
      ],
    ]);
  });

  it('revokes and rotates', async () => {
    await serve(({ method }) => ({
      status: 200,
      body: method === 'DELETE' ? { success: true } : { success: true, apiKey: 'mh_new', key: KEY },
    }));
    expect((await run(['keys', 'revoke', 'a/b'], env)).code).toBe(0);
    expect((await run(['keys', 'rotate', 'key_1', '--grace', '60'], env)).out).toBe('mh_new\n');
    expect(service.asked.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['DELETE', '/keys/a%2Fb', ''],
      ['POST', '/keys/key_1/rotate', '{"gracePeriodSeconds":60}'],
    ]);
  });

  it('imports a file with its newest line at the instant asked for, and keeps what was rejected', async () => {
    await serve(allAccepted);
    const [log, bad] = [join(folder, 'a.log'), join(folder, 'bad.log')];
    const lines = ['::1 - - [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 5', 'noise'];
    await writeFile(log, [...lines, lines[0]?.replace('10:05', '11:05')].join('\n'));
    const args = ['import', '--format', 'common', '--shift-to', '2026-01-31T00:00:00Z', '--rejected', bad, log];
    const { code, out } = await run(args, env);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Lines read {2}3\nAccepted {4}2\n/) });
    expect(service.asked.flatMap(eventsIn).map((event) => event['timestamp'])).toEqual([
      '2026-01-30T23:00:00.000Z',
      '2026-01-31T00:00:00.000Z',
    ]);
    expect(await readFile(bad, 'utf8')).toBe('noise\n');
  });

  it('does not doubt the format of a log whose lines the service refused', async () => {
    const message = 'timestamp should be at most 90 days old, as long as raw events are kept, but is "2015".';
    const details = [{ field: 'events[0]', message }];
    await serve(() => ({ status: 400, body: { success: false, error: 'INVALID_PARAMETERS', message, details } }));
    const log = join(folder, 'old.log');
    await writeFile(log, '::1 - - [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 5\n');
    const { code, out, err } = await run(['import', '--format', 'common', log], env);
    expect({ code, err }).toEqual({ code: 1, err: `No line of ${log} was taken: the reasons are above.\n` });
    expect(out).toContain('--shift-to now moves all dates up to today');
  });

  it('fails when no line could be taken, or a file cannot be written', async () => {
    await serve(allAccepted);
    const log = join(folder, 'noise.log');
    await writeFile(log, 'noise\n');
    const wrong = await run(['import', '--format', 'ndjson', log], env);
    expect(wrong).toMatchObject({
      code: 1,
      err: expect.stringContaining('check that it is written in the ndjson format'),
    });
    const unwritable = await run(['import', '--format', 'ndjson', '--rejected', join(folder, 'no', 'x'), log], env);
    expect(unwritable).toMatchObject({ code: 1, err: expect.stringContaining('cannot be written (ENOENT)') });
  });
});
