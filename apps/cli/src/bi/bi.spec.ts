/** `meterhouse bi grant`: what it prints, what it sends, and when it refuses. Not real: the ClickHouse server. */
import { createHash } from 'node:crypto';
import { runCli } from '../program';
import { type Asked, FakeService } from '../testing/fake-service';
import { readerStatements } from './reader.sql';
import { unsafeVersion } from './server';

const HASH = createHash('sha256').update('secret').digest('hex');

async function run(args: readonly string[], env: Record<string, string> = {}) {
  let out = '';
  let err = '';
  const terminal = { env, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  return { code: await runCli(['bi', 'grant', ...args], terminal), out, err };
}

describe('the SQL of a reader', () => {
  const passwordHash = HASH;

  it('of an account', () => {
    expect(
      readerStatements({ user: 'acme_bi', account: 'acme', passwordHash, database: 'default' }).join(';\n'),
    ).toMatchSnapshot();
  });

  it('of all accounts has no policy that holds rows back', () => {
    const statements = readerStatements({ user: 'analyst', account: null, passwordHash, database: 'usage' });
    expect(statements.filter((statement) => statement.includes('ROW POLICY'))).toEqual(
      ['events', 'traffic_minute', 'traffic_hour', 'usage_hour', 'usage_day', 'keys'].map(
        (table) => `DROP ROW POLICY IF EXISTS \`meterhouse_bi: analyst\` ON \`usage\`.\`${table}\``,
      ),
    );
  });

  it('quotes what it is given', () => {
    const text = readerStatements({ user: 'a`\\b', account: "x'\\\n", passwordHash, database: 'd`' }).join(';\n');
    expect(text).toContain("ON `d\\``.`events` USING account_id = 'x\\'\\\\\\x0a' AS RESTRICTIVE TO `a\\`\\\\b`");
  });
});

describe('without --apply', () => {
  it('prints the SQL alone on standard output, and a password that was made once beside it', async () => {
    const { code, out, err } = await run(['--account', 'acme']);
    const password = /^Password of meterhouse_bi_acme, shown this once: (\S{43})\n$/.exec(err)?.[1] ?? '';
    const passwordHash = createHash('sha256').update(password).digest('hex');
    const statements = readerStatements({
      user: 'meterhouse_bi_acme',
      account: 'acme',
      passwordHash,
      database: 'default',
    });
    expect({ code, out }).toEqual({ code: 0, out: `${statements.join(';\n')};\n` });
    expect(out).not.toContain(password);
  });

  it('takes the hash of a password, and the database of CLICKHOUSE_URL', async () => {
    const env = { CLICKHOUSE_URL: 'http://service:pass@127.0.0.1:1/usage' };
    const { code, out, err } = await run(['--all', '--user', 'x', '--password-sha256', HASH.toUpperCase()], env);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`CREATE USER IF NOT EXISTS \`x\` IDENTIFIED WITH sha256_hash BY '${HASH}'`);
    expect(out).toContain('ON `usage`.`events` TO `meterhouse_bi`');
  });
});

describe('with --apply', () => {
  /** @param counts what the checks before find */
  const serverOf = (version: string, counts = '0') =>
    FakeService.start(({ body }: Asked) => {
      const answer = body === 'SELECT version()' ? version : body.startsWith('SELECT count()') ? counts : '';
      const fails = body.startsWith('CREATE QUOTA') && counts === '0 ';
      return fails
        ? { status: 403, body: `Code: 497. DB::Exception: ${HASH} (ACCESS_DENIED)` }
        : { status: 200, body: answer };
    });
  const apply = async (server: FakeService, ...args: string[]) => {
    const url = server.url.replace('//', '//service:p%40ss@');
    try {
      return await run([...args, '--password-sha256', HASH, '--apply'], { CLICKHOUSE_URL: `${url}/usage` });
    } finally {
      await server.stop();
    }
  };

  it('runs each statement, as the user of CLICKHOUSE_URL', async () => {
    const server = await serverOf('26.8.1.1\n');
    const { code, out, err } = await apply(server, '--account', "it's");
    expect({ code, out, err }).toEqual({
      code: 0,
      out: '',
      err: "Reader meterhouse_bi_it's was made: account it's.\n",
    });
    const statements = readerStatements({
      user: "meterhouse_bi_it's",
      account: "it's",
      passwordHash: HASH,
      database: 'usage',
    });
    expect(server.asked.slice(3).map(({ body }) => body)).toEqual(statements);
    for (const { headers, path } of server.asked) {
      expect([headers.authorization, path]).toEqual([`Basic ${btoa('service:p@ss')}`, '/']);
    }
  });

  it.each([
    ['26.7.2.1', '0', 'This server is ClickHouse 26.7.2.1, on which a reader can lift readonly'],
    ['26.7.6.49', '1', 'There is a user meterhouse_bi_acme who is no reader'],
  ])('changes nothing on %s with %s such users', async (version, counts, message) => {
    const server = await serverOf(version, counts);
    const { code, err } = await apply(server, '--account', 'acme');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(message) });
    expect(server.asked.every(({ body }) => body.startsWith('SELECT '))).toBe(true);
  });

  it('gives the reason of the server, without the hash', async () => {
    const { code, err } = await apply(await serverOf('26.7.6.49', '0 '), '--account', 'acme');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'ClickHouse refused: Code: 497. DB::Exception: … (ACCESS_DENIED)\n',
    });
  });
});

it.each([
  ['26.3.27.4', true],
  ['26.3.27.3', false],
  ['26.3.28.1', true],
  ['26.2.99.99', false],
  ['26.4.1.1', false],
  ['26.7.6.48', false],
  ['26.7.6.49', true],
  ['26.8.1.1 (official build)', true],
  ['27.1.1.1', true],
  ['25.12.99.1', false],
  ['', false],
])('version %j: %j', (version, isSafe) => expect(unsafeVersion(version) === null).toBe(isSafe));

it.each([
  [[], 'Give either --account or --all'],
  [['--account', 'a', '--all'], 'Give either --account or --all'],
  [['--account', ''], '--account should name an account'],
  [['--all', '--user', 'default'], 'A reader needs a name of its own'],
  [['--all', '--password-sha256', 'secret'], '64 hexadecimal digits'],
  [['--all', '--apply'], 'Set CLICKHOUSE_URL'],
])('%j ends with 2', async (args, message) => {
  expect(await run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
});

it('does not make a reader of the user of the service', async () => {
  const env = { CLICKHOUSE_URL: 'http://service@127.0.0.1:1' };
  expect(await run(['--all', '--user', 'service'], env)).toMatchObject({ code: 2 });
});
