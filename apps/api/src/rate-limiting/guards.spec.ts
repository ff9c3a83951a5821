/** The three guards together, over HTTP, with the keys in a list and the clock standing still. */
import { Controller, Get, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SkipThrottle } from '@nestjs/throttler';
import { Clock, DAY, HOUR, MINUTE, SECOND, loadSettings } from '@meterhouse/common';
import { overridesInMemory } from '../../../../test/support/accounts';
import { FixedClock } from '../../../../test/support/fixed-clock';
import { ListedKeys, aKey, usesInMemory } from '../../../../test/support/keys';
import { AccountLimits } from '../accounts/account-limits';
import { AccountLimitsModule } from '../accounts/account-limits.module';
import { Caller, Identity } from '../auth/identity';
import { Public, Secured } from '../auth/secured.decorator';
import type { Key } from '../auth/key';
import { AuthModule } from '../auth/auth.module';
import { Authenticator } from '../auth/authenticator';
import { KeyRegistry } from '../auth/key-registry';
import { KeyUses } from '../auth/key-uses';
import { hashSecret } from '../auth/secret';
import { trustedProxies } from '../http/client-address';
import { HttpModule } from '../http/http.module';
import { SettingsModule } from '../settings.module';
import { RateLimitingModule } from './rate-limiting.module';
import { CallCounters } from './call-counters';

/** 12:34:18, so that 42 seconds of the minute are left. */
const NOW = Date.UTC(2026, 2, 2, 12, 34, 18);
const MINUTE_END = Date.UTC(2026, 2, 2, 12, 35) / 1_000;

@Controller()
class Routes {
  @Get('read')
  @Secured('usage:read')
  read(@Caller() caller: Identity) {
    return { accountId: caller.accountId };
  }

  @Get('write')
  @Secured('keys:write')
  write() {
    return {};
  }

  @Get('public')
  @Public()
  open() {
    return {};
  }

  @Get('undeclared')
  undeclared() {
    return {};
  }

  @Get(['unlimited', 'health/live'])
  @Public()
  @SkipThrottle()
  unlimited() {
    return {};
  }
}

@Public()
@Controller('mixed')
class MostlyPublic {
  @Get('closed')
  @Secured('keys:write')
  closed() {
    return {};
  }

  @Get('open')
  open() {
    return {};
  }
}

const clock = new FixedClock(NOW);
let keys: ListedKeys;
let app: NestFastifyApplication;

beforeEach(async () => {
  clock.at = NOW;
  const key = (id: string, given: Partial<Key> = {}): Key =>
    aKey({ id, accountId: 'acme', secretHash: hashSecret(`secret of ${id}`), ...given });
  const enterprise = (
    requestsPerMinute: number | null,
    requestsPerHour: number | null,
    requestsPerDay: number | null,
  ) => ({ tier: 'enterprise', rateLimit: { requestsPerMinute, requestsPerHour, requestsPerDay } }) as const;
  keys = new ListedKeys(
    key('free'),
    key('other'),
    key('expired', { expiresAt: NOW }),
    key('revoked', { revokedAt: NOW - HOUR, expiresAt: NOW }),
    key('unlimited', enterprise(null, null, null)),
    key('hourly', enterprise(3, 4, null)),
    key('admin', { permissions: ['admin'], ...enterprise(null, null, null) }),
    ...['first', 'second', 'third'].map((id) => key(id, { accountId: 'shop' })),
    key('shop admin', { accountId: 'shop', permissions: ['admin'] }),
    key('lasting', { accountId: 'mixed' }),
    key('ending', { accountId: 'mixed', tier: 'starter', expiresAt: NOW + SECOND }),
  );
  @Module({
    providers: [
      { provide: KeyRegistry, useValue: keys },
      { provide: KeyUses, useValue: usesInMemory() },
      Authenticator,
    ],
    exports: [KeyRegistry, KeyUses, Authenticator],
  })
  class ListedKeysModule {}
  @Module({
    providers: [{ provide: AccountLimits, useValue: new AccountLimits(keys, overridesInMemory(), clock) }],
    exports: [AccountLimits],
  })
  class ListedAccountsModule {}
  const module = await Test.createTestingModule({
    imports: [
      SettingsModule.forRoot(loadSettings({ ANONYMOUS_REQUESTS_PER_MINUTE: '5' })),
      HttpModule,
      RateLimitingModule,
    ],
    controllers: [Routes, MostlyPublic],
  })
    .overrideModule(AuthModule)
    .useModule(ListedKeysModule)
    .overrideModule(AccountLimitsModule)
    .useModule(ListedAccountsModule)
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter({ trustProxy: trustedProxies(['10.0.0.0/8', 'fd00::/8']) }),
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterEach(() => app.close());

interface Answer {
  status: number;
  error: unknown;
  message: unknown;
  headers: Record<string, unknown>;
}

async function call(path: string, as?: string, headers: Record<string, string> = {}, from?: string): Promise<Answer> {
  const answer = await app.inject({
    url: path,
    headers: { ...(as === undefined ? {} : { authorization: `Bearer secret of ${as}` }), ...headers },
    ...(from === undefined ? {} : { remoteAddress: from }),
  });
  const body: Record<string, unknown> = answer.json();
  return { status: answer.statusCode, error: body['error'], message: body['message'], headers: answer.headers };
}

async function repeat(times: number, path: string, as?: string): Promise<Answer> {
  for (let done = 1; done < times; done++) await call(path, as);
  return call(path, as);
}

const limitHeaders = (headers: Record<string, unknown>): unknown[] =>
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'ratelimit-policy', 'ratelimit'].map(
    (name) => headers[name],
  );

describe('who may call', () => {
  it('a key with the permission, in either header', async () => {
    expect(await call('/read', 'free')).toMatchObject({ status: 200 });
    expect(await call('/read', undefined, { 'x-api-key': 'secret of free' })).toMatchObject({ status: 200 });
    expect(await call('/read', 'free', { 'x-api-key': 'secret of free' })).toMatchObject({ status: 200 });
    expect(await call('/write', 'admin')).toMatchObject({ status: 200 });
  });

  it.each([
    ['no key', undefined, {}, 401, 'UNAUTHORIZED', /needs an API key/],
    ['an unknown key', 'nobody', {}, 401, 'UNAUTHORIZED', /not known/],
    ['two keys', 'free', { 'x-api-key': 'secret of other' }, 401, 'UNAUTHORIZED', /different API keys/],
    ['another scheme', undefined, { authorization: 'Basic YTpi' }, 401, 'UNAUTHORIZED', /should be "Bearer"/],
    ['a long header', undefined, { 'x-api-key': 'x'.repeat(9_000) }, 401, 'UNAUTHORIZED', /longer than any key/],
    ['an expired key', 'expired', {}, 401, 'API_KEY_EXPIRED', /expired at 2026-03-02T12:34:18.000Z/],
    ['a revoked key', 'revoked', {}, 401, 'API_KEY_REVOKED', /revoked at 2026-03-02T11:34:18.000Z/],
  ])('not %s', async (_, as, headers, status, error, message) => {
    expect(await call('/read', as, headers)).toMatchObject({ status, error, message: expect.stringMatching(message) });
  });

  it('not a key without the permission', async () => {
    expect(await call('/write', 'free')).toMatchObject({
      status: 403,
      error: 'FORBIDDEN',
      message: 'This route needs the permission keys:write, which this key does not have.',
    });
  });

  it('nobody on a route that declares nothing, and says 401 to those without a key', async () => {
    expect(await call('/undeclared', 'admin')).toMatchObject({ status: 403, error: 'FORBIDDEN' });
    expect(await call('/undeclared')).toMatchObject({ status: 401 });
  });

  it('anybody on a public route, with a bad key too', async () => {
    expect(await call('/public')).toMatchObject({ status: 200 });
    expect(await call('/public', 'revoked')).toMatchObject({ status: 200 });
    expect(await call('/mixed/open')).toMatchObject({ status: 200 });
  });

  it('not anybody on a method that needs a permission in a public class', async () => {
    expect(await call('/mixed/closed')).toMatchObject({ status: 401 });
    expect(await call('/mixed/closed', 'free')).toMatchObject({ status: 403 });
  });
});

describe('all keys of an account together', () => {
  it('have twice the calls of one, and say so', async () => {
    await repeat(60, '/read', 'first');
    expect(await repeat(59, '/read', 'second')).toMatchObject({
      status: 200,
      headers: { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '1' },
    });
    const last = await call('/read', 'third');
    expect(last).toMatchObject({
      status: 200,
      headers: { 'x-ratelimit-limit': '120', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(MINUTE_END) },
    });
    expect(last.headers['ratelimit']).toMatch(
      /^"minute";r=59;t=42, "day";r=9999;t=\d+, "account-minute";r=0;t=42, "account-day";r=19880;t=\d+$/,
    );
    const refused = await call('/read', 'third');
    expect(refused).toMatchObject({
      status: 429,
      error: 'RATE_LIMIT_EXCEEDED',
      message:
        'The limit of 120 requests a minute for all keys of the account together is used up; try again in 42 seconds.',
      headers: { 'retry-after': '42', 'x-ratelimit-limit': '120', 'x-ratelimit-remaining': '0' },
    });
    expect(refused.headers['ratelimit-policy']).toBe(
      '"minute";q=60;w=60, "day";q=10000;w=86400, "account-minute";q=120;w=60, "account-day";q=20000;w=86400',
    );
    clock.at += MINUTE;
    // What was refused counts for neither.
    const after = await call('/read', 'third');
    expect(after.headers['ratelimit']).toMatch(/"day";r=9998;/);
  });

  it('do not bind an admin, and are not used up by one', async () => {
    expect(await repeat(60, '/read', 'shop admin')).toMatchObject({ status: 200 });
    await repeat(60, '/read', 'first');
    expect(await repeat(60, '/read', 'second')).toMatchObject({ status: 200 });
    expect(await call('/read', 'third')).toMatchObject({ status: 429 });
    clock.at += MINUTE;
    expect(await repeat(60, '/read', 'shop admin')).toMatchObject({ status: 200 });
  });

  it('have those of the highest key that is active', async () => {
    keys.add(aKey({ id: 'lasting2', accountId: 'mixed', secretHash: hashSecret('secret of lasting2') }));
    keys.add(aKey({ id: 'lasting3', accountId: 'mixed', secretHash: hashSecret('secret of lasting3') }));
    await repeat(60, '/read', 'lasting');
    await repeat(60, '/read', 'lasting2');
    expect(await call('/read', 'lasting3')).toMatchObject({ status: 200 });
    clock.at += SECOND;
    expect(await call('/read', 'lasting3')).toMatchObject({ status: 429, headers: { 'x-ratelimit-limit': '120' } });
  });
});

describe('how often', () => {
  it('puts the state of the limits on each answer', async () => {
    expect(limitHeaders((await call('/read', 'free')).headers)).toEqual(
      [
        60,
        59,
        MINUTE_END,
        '"minute";q=60;w=60, "day";q=10000;w=86400',
        `"minute";r=59;t=42, "day";r=9999;t=${DAY / 1_000 - (12 * 3_600 + 34 * 60 + 18)}`,
      ].map((value) => (typeof value === 'number' ? String(value) : value)),
    );
  });

  it('one budget over all routes, refused calls not counted', async () => {
    await repeat(30, '/read', 'free');
    await repeat(15, '/write', 'free');
    expect(await repeat(15, '/public', 'free')).toMatchObject({
      status: 200,
      headers: { 'x-ratelimit-remaining': '0' },
    });
    const refused = await repeat(3, '/read', 'free');
    expect(refused).toMatchObject({
      status: 429,
      error: 'RATE_LIMIT_EXCEEDED',
      message: 'The limit of 60 requests a minute is used up; try again in 42 seconds.',
    });
    expect(refused.headers['retry-after']).toBe('42');
    expect(limitHeaders(refused.headers).slice(0, 3)).toEqual(['60', '0', String(MINUTE_END)]);
    expect(await app.get(CallCounters).counts(['free', 'other'], NOW)).toEqual(
      new Map([
        ['free', { minute: 60, hour: 60, day: 60 }],
        ['other', { minute: 0, hour: 0, day: 0 }],
      ]),
    );
    expect(await call('/read', 'other')).toMatchObject({ status: 200 });
    clock.at = MINUTE_END * 1_000;
    expect(await call('/read', 'free')).toMatchObject({ status: 200, headers: { 'x-ratelimit-remaining': '59' } });
  });

  it('no budget anew where the clock is set back, be it over midnight', async () => {
    clock.at = Date.UTC(2026, 2, 3) + 30 * SECOND;
    for (let made = 0; made < 60; made++) expect((await call('/read', 'free')).status).toBe(200);
    for (const back of [MINUTE, HOUR, DAY, 400 * DAY]) {
      clock.at -= back;
      expect((await call('/read', 'free')).status).toBe(429);
    }
  });

  it('reports the window with the fewest calls left, and waits for the last of those that are full', async () => {
    await repeat(3, '/read', 'hourly');
    expect((await call('/read', 'hourly')).headers['retry-after']).toBe('42');
    clock.at = MINUTE_END * 1_000;
    const last = await call('/read', 'hourly');
    expect(limitHeaders(last.headers)).toEqual([
      '4',
      '0',
      String(Date.UTC(2026, 2, 2, 13) / 1_000),
      '"minute";q=3;w=60, "hour";q=4;w=3600',
      '"minute";r=2;t=60, "hour";r=0;t=1500',
    ]);
    expect(await call('/read', 'hourly')).toMatchObject({ status: 429, headers: { 'retry-after': '1500' } });
  });

  it('counts a key without limits, and says nothing of limits to it', async () => {
    const answer = await repeat(100, '/read', 'unlimited');
    expect(answer.status).toBe(200);
    expect(limitHeaders(answer.headers)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect((await app.get(CallCounters).counts(['unlimited'], NOW)).get('unlimited')).toEqual({
      minute: 100,
      hour: 100,
      day: 100,
    });
  });

  it('limits calls without a valid key by address, whatever they send', async () => {
    await call('/read');
    await call('/read', 'nobody');
    await call('/read', 'revoked');
    await call('/public');
    expect(await call('/read', 'expired')).toMatchObject({
      status: 401,
      headers: { 'ratelimit-policy': '"minute";q=5;w=60', ratelimit: '"minute";r=0;t=42' },
    });
    expect(await call('/public')).toMatchObject({
      status: 429,
      error: 'RATE_LIMIT_EXCEEDED',
      message: expect.stringMatching(/^Without a valid API key, the limit of 5 requests a minute/),
    });
    expect(await call('/read', 'free')).toMatchObject({ status: 200 });
    expect(await call('/public', undefined, {}, '10.0.0.9')).toMatchObject({ status: 200 });
  });

  it.each([
    ['an address with and without a port', ['203.0.113.7', '203.0.113.7:4711', '203.0.113.7:4712', '[203.0.113.7]:1']],
    [
      "a client's IPv6 network",
      ['2001:db8:0:1::a', '[2001:db8:0:1::b]', '[2001:DB8:0:1::c]:443', '"[2001:db8:0:1::d]:80"'],
    ],
    ['an IPv4 address written as IPv6', ['203.0.113.8', '::ffff:203.0.113.8', '[::ffff:203.0.113.8]:443']],
    ['an address behind two proxies', ['203.0.113.9', '203.0.113.9:1, 10.0.0.2', '203.0.113.9, 10.0.0.2:99, fd00::2']],
    ['what is no address, which the proxy answers for', ['', 'unknown7', '_hidden', '999.1.1.1', '1.2.3.4:x']],
  ])('counts as one client %s', async (_, addresses) => {
    for (const [index, address] of addresses.entries()) {
      const { headers } = await call('/public', undefined, { 'x-forwarded-for': address }, '10.0.0.1');
      expect(headers['x-ratelimit-remaining']).toBe(String(4 - index));
    }
  });

  it('believes X-Forwarded-For of proxies it trusts only', async () => {
    await repeat(5, '/public');
    expect(await call('/public', undefined, { 'x-forwarded-for': '203.0.113.7' })).toMatchObject({ status: 429 });
  });

  it('leaves routes that skip it alone', async () => {
    expect(await repeat(20, '/unlimited')).toMatchObject({ status: 200 });
    expect(limitHeaders((await call('/unlimited', 'free')).headers)[0]).toBeUndefined();
    expect(limitHeaders((await call('/public')).headers)[1]).toBe('4');
  });
});

describe('what needs no key', () => {
  const ADDRESS = '192.0.2.7';

  it('is limited by address, beside the budget of keys and of failed sign-ins', async () => {
    for (let calls = 0; calls < 300; calls++) {
      expect((await call('/unlimited', undefined, {}, ADDRESS)).status).toBe(200);
      expect((await call('/no-such-path', 'free', {}, ADDRESS)).status).toBe(404);
    }
    for (const path of ['/unlimited', '/no-such-path']) {
      expect(await call(path, 'free', {}, ADDRESS)).toMatchObject({
        status: 429,
        error: 'RATE_LIMIT_EXCEEDED',
        message: expect.stringMatching(/600 calls a minute without a key from one address .* in 42 seconds/),
        headers: { 'retry-after': '42' },
      });
    }
    expect(await call('/read', 'free', {}, ADDRESS)).toMatchObject({
      status: 200,
      headers: { 'x-ratelimit-remaining': '59' },
    });
    expect(await call('/unlimited', undefined, {}, '192.0.2.8')).toMatchObject({ status: 200 });
    clock.at += 42_000;
    expect(await call('/unlimited', undefined, {}, ADDRESS)).toMatchObject({ status: 200 });
  });

  it('is not limited where it is a probe', async () => {
    for (let calls = 0; calls < 601; calls++) await call('/health/live', undefined, {}, ADDRESS);
    expect(await call('/health/live', undefined, {}, ADDRESS)).toMatchObject({ status: 200 });
  });
});
