/** `meterhouse tiers backtest` against prepared answers. */
import { runCli } from '../program';
import { FakeService } from '../testing/fake-service';

const NONE = { throttledRequests: 0, throttledMinutes: 0, throttledDays: 0, worst: null };
const SOME = {
  throttledRequests: 1_234,
  throttledMinutes: 3,
  throttledDays: 1,
  worst: { at: '2026-10-02T09:00:00.000Z', requests: 700 },
};

/** A fleet of three keys, of which the last sent nothing. */
const KEYS = ['key_a', 'key_b', 'key_c'].map((keyId, index) => ({
  keyId,
  accountId: 'acme',
  name: index === 0 ? '=web, "main"' : 'batch',
  tier: 'free',
  requests: index === 2 ? 0 : 5_000,
  fits: index === 0 ? null : 'free',
  byTier: ['free', 'starter'].map((tier) => ({ tier, ...(index === 0 ? SOME : NONE) })),
  custom: null as object | null,
}));

let service: FakeService;
let notice: string | null;

beforeEach(async () => {
  notice = null;
  service = await FakeService.start(({ path }) => {
    const { searchParams } = new URL(path, 'http://service');
    const [limit, offset] = [Number(searchParams.get('limit')), Number(searchParams.get('offset'))];
    const custom = searchParams.has('requestsPerMinute');
    const keys = KEYS.slice(offset, offset + Math.min(limit, 2)).map((key) => ({
      ...key,
      custom: custom ? NONE : null,
    }));
    return {
      status: 200,
      body: {
        success: true,
        period: { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' },
        summary: {
          keys: 3,
          requests: 10_000,
          byTier: [{ tier: 'free', fits: 2, throttledKeys: 1, throttledRequests: 1_234 }],
          custom: custom ? { throttledKeys: 0, throttledRequests: 0 } : null,
        },
        keys,
        notice,
        pagination: { total: 3, limit, offset, hasMore: true },
      },
    };
  });
});

afterEach(() => service.stop());

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const terminal = { env: {}, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  const code = await runCli(['--url', service.url, '--key', 'admin', 'tiers', 'backtest', ...args], terminal);
  return { code, out, err };
}

it('shows all tiers together, then each key', async () => {
  const { code, out, err } = await run('--account', 'acme');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
   "Would have been refused from 2026-10-01T00:00:00.000Z to 2026-11-01T00:00:00.000Z, of 10,000 requests of 3 keys:

   LIMIT  FITS  KEYS  REFUSED
   free      2     1    1,234

   KEY    ACCOUNT  NAME          TIER  FITS  REQUESTS   FREE  STARTER
   key_a  acme     =web, "main"  free  -        5,000  1,234    1,234
   key_b  acme     batch         free  free     5,000      0        0
   key_c  acme     batch         free  free         0      0        0
   "
  `);
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/usage/tiers?accountId=acme&limit=100&offset=0',
    '/usage/tiers?accountId=acme&limit=98&offset=2',
  ]);
});

it('asks for a window, keys and a limit to try', async () => {
  const { out } = await run('--key-id', 'key_a', 'key_b', '--from', '2026-10-01', '--minute', '120', '--limit', '2');
  expect(service.asked[0]?.path).toBe(
    '/usage/tiers?keyId=key_a&keyId=key_b&from=2026-10-01T00%3A00%3A00.000Z&requestsPerMinute=120&limit=2&offset=0',
  );
  expect(out).toMatch(/STARTER +CUSTOM\n/);
});

it('says what is not shown and what could not be tested', async () => {
  notice = 'Minutes are stored since October.';
  expect((await run('--limit', '1')).err).toBe(
    'Minutes are stored since October.\n2 more keys are not shown; see --limit.\n',
  );
});

it('prints a row for each key and limit as CSV', async () => {
  const { out } = await run('--csv');
  const lines = out.split('\n');
  expect(lines).toHaveLength(1 + 3 * 2 + 1);
  expect(lines[0]).toMatch(/^keyId,accountId,name,tier,requests,fits,limit,throttledRequests,/);
  expect(lines[1]).toBe(`key_a,acme,"'=web, ""main""",free,5000,,free,1234,3,1,2026-10-02T09:00:00.000Z,700`);
  expect(lines.at(-2)).toBe('key_c,acme,batch,free,0,free,starter,0,0,0,,');
});

it('prints all keys as JSON', async () => {
  expect(JSON.parse((await run('--json')).out)).toMatchObject({ keys: KEYS, summary: { keys: 3 } });
});

it.each([
  ['--minute', '0'],
  ['--timeframe', '2d'],
  ['--from', 'yesterday'],
])('refuses %s %s', async (...args) => {
  expect((await run(...args)).code).toBe(2);
});
