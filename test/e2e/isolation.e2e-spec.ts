/** Nothing of one account can be read or changed from another, on any route that the OpenAPI document knows. */
import { type Answer, call, createKey } from './support/api';
import { type Service, startService } from './support/service';

const ACCOUNTS = ['alpha', 'beta', 'gamma'] as const;

const UNKNOWN = 'key_doesNotExist00';

const RULE = { metric: 'errorRate', condition: { type: 'threshold', operator: 'above', value: 5 } };

let service: Service;
const keys = new Map<string, { secret: string; id: string }>();
const channels = new Map<string, string>();
const rules = new Map<string, string>();
const silences = new Map<string, string>();

beforeAll(async () => {
  service = await startService();
  for (const account of ACCOUNTS) {
    const permissions = ['usage:read', 'events:write', 'keys:read', 'keys:write', 'alerts:write'];
    const key = await createKey(service, account, { permissions, name: `Name-of-${account}` });
    keys.set(account, key);
    const body = { method: 'GET', endpoint: `/only-in-${account}`, statusCode: 200, latencyMs: 1 };
    await call(service, '/events?wait=true', { key: key.secret, body });
    const channel = { name: `Channel-of-${account}`, type: 'webhook', target: 'https://example.com/' };
    const made = await call(service, '/alerts/channels', { key: key.secret, body: channel });
    channels.set(account, (made.body.channel as { id: string }).id);
    const rule = await call(service, '/alerts/rules', {
      key: key.secret,
      body: { ...RULE, name: `Rule-of-${account}` },
    });
    rules.set(account, (rule.body.rule as { id: string }).id);
    const silence = { to: '2099-01-01T00:00:00Z', comment: `Silence-of-${account}` };
    const silenced = await call(service, '/alerts/silences', { key: key.secret, body: silence });
    silences.set(account, (silenced.body.silence as { id: string }).id);
  }
}, 30_000);

afterAll(() => service.stop());

const pairs = ACCOUNTS.flatMap((own) =>
  ACCOUNTS.filter((other) => other !== own).map((other) => [own, other] as const),
);

const keyOf = (account: string) => {
  const key = keys.get(account);
  if (!key) throw new Error(`No key of ${account}.`);
  return key;
};

/** The answer but for what each call has of its own: its id, its time, and the key id that it asked for. */
const comparable = ({ status, body }: Answer, keyId: string): string =>
  JSON.stringify({ status, ...body, requestId: '', timestamp: '' }).replaceAll(keyId, 'KEY');

describe.each(pairs)('%s against %s', (own, other) => {
  const asOwn = (path: string, rest: object = {}) => call(service, path, { key: keyOf(own).secret, ...rest });

  it("sees nothing of the other's in its lists and figures", async () => {
    for (const path of [
      '/usage?timeframe=all&granularity=day',
      '/keys',
      '/me',
      '/alerts/channels',
      '/alerts/rules',
      '/alerts/silences',
    ]) {
      const text = JSON.stringify((await asOwn(path)).body);
      expect(text).toContain(own);
      expect(text).not.toContain(other);
      expect(text).not.toContain(keyOf(other).id);
    }
  });

  it("gets the same answer for the other's key as for an unknown one, on every route with a key", async () => {
    const { id } = keyOf(other);
    const routes: ((keyId: string) => Promise<Answer>)[] = [
      (keyId) => asOwn(`/usage?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/advice?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/export?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/cost?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/live?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/forecast?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/capacity?keyId=${keyId}`),
      (keyId) => asOwn(`/usage/tiers?keyId=${keyId}`),
      (keyId) => asOwn(`/keys/${keyId}`),
      (keyId) => asOwn(`/keys/${keyId}`, { method: 'PATCH', body: { name: 'Taken' } }),
      (keyId) => asOwn(`/keys/${keyId}/rotate`, { body: {} }),
      (keyId) => asOwn(`/keys/${keyId}`, { method: 'DELETE' }),
      (keyId) => asOwn('/tokens', { body: { keyIds: [keyId] } }),
    ];
    for (const route of routes) {
      const [theirs, unknown] = [await route(id), await route(UNKNOWN)];
      expect(theirs.body.error).toBe('KEY_NOT_FOUND');
      expect(comparable(theirs, id)).toBe(comparable(unknown, UNKNOWN));
    }
    expect((await call(service, '/usage', { key: keyOf(other).secret })).status).toBe(200);
  });

  it("gets the same answer for the other's channel as for an unknown one, on every route with a channel", async () => {
    const routes: ((id: string) => Promise<Answer>)[] = [
      (id) => asOwn(`/alerts/channels/${id}`),
      (id) => asOwn(`/alerts/channels/${id}`, { method: 'PATCH', body: { enabled: false } }),
      (id) => asOwn(`/alerts/channels/${id}`, { method: 'DELETE' }),
      (id) => asOwn(`/alerts/channels/${id}/test`, { method: 'POST' }),
      (id) => asOwn(`/alerts/channels/${id}/rotate`, { body: {} }),
      (id) => asOwn(`/alerts/channels/${id}/deliveries`),
      (id) => asOwn(`/alerts/channels/${id}/deliveries/dlv_none/replay`, { method: 'POST' }),
    ];
    const id = channels.get(other) ?? '';
    for (const route of routes) {
      const [theirs, unknown] = [await route(id), await route('chn_none')];
      expect(theirs.body.error).toBe('CHANNEL_NOT_FOUND');
      expect(comparable(theirs, id)).toBe(comparable(unknown, 'chn_none'));
    }
  });

  it("gets the same answer for the other's rule, silence and alert as for an unknown one", async () => {
    const routes: [string, string, (id: string) => Promise<Answer>][] = [
      [rules.get(other) ?? '', 'RULE_NOT_FOUND', (id) => asOwn(`/alerts/rules/${id}`)],
      [rules.get(other) ?? '', 'RULE_NOT_FOUND', (id) => asOwn(`/alerts/rules/${id}`, { method: 'PATCH', body: {} })],
      [rules.get(other) ?? '', 'RULE_NOT_FOUND', (id) => asOwn(`/alerts/rules/${id}`, { method: 'DELETE' })],
      [
        rules.get(other) ?? '',
        'RULE_NOT_FOUND',
        (id) => asOwn('/alerts/silences', { body: { to: '2099-01-01T00:00:00Z', ruleIds: [id] } }),
      ],
      [silences.get(other) ?? '', 'NOT_FOUND', (id) => asOwn(`/alerts/silences/${id}`, { method: 'DELETE' })],
    ];
    for (const [id, error, route] of routes) {
      const [theirs, unknown] = [await route(id), await route('rul_none')];
      expect(theirs.body.error).toBe(error);
      expect(comparable(theirs, id)).toBe(comparable(unknown, 'rul_none'));
    }
    const named = { ...RULE, name: 'Spy', filters: { keyId: [keyOf(other).id] } };
    for (const body of [named, { rule: named }]) {
      const path = 'rule' in body ? '/alerts/rules/preview' : '/alerts/rules';
      expect((await asOwn(path, { body })).body.error).toBe('KEY_NOT_FOUND');
    }
    // Advice has another test: test/medium/advice.spec.ts finds some.
    expect((await asOwn('/usage/advice/adv_none/dismiss', { body: {} })).body.error).toBe('NOT_FOUND');
    // Alerts have another test: test/medium/alert-rules.spec.ts raises some.
    expect((await asOwn('/alerts/alr_none')).body.error).toBe('ALERT_NOT_FOUND');
    expect((await asOwn('/alerts/alr_none/acknowledge', { method: 'POST' })).body.error).toBe('ALERT_NOT_FOUND');
  });

  it('cannot send events for it, create a key in it, or name it', async () => {
    const event = { method: 'GET', endpoint: '/x', statusCode: 200, latencyMs: 1 };
    const forTheirKey = await asOwn('/events', { body: [{ ...event, keyId: keyOf(other).id }, event] });
    expect(forTheirKey.body).toMatchObject({ accepted: 1, rejected: [{ index: 0, error: 'KEY_NOT_FOUND' }] });
    for (const answer of [
      await asOwn(`/usage?accountId=${other}`),
      await asOwn(`/usage/advice?accountId=${other}`),
      await asOwn(`/usage/forecast?accountId=${other}`),
      await asOwn(`/usage/capacity?accountId=${other}`),
      await asOwn(`/usage/tiers?accountId=${other}`),
      await asOwn(`/usage/cost?accountId=${other}`),
      await asOwn(`/keys?accountId=${other}`),
      await asOwn(`/alerts/channels?accountId=${other}`),
      await asOwn(`/alerts?accountId=${other}`),
      await asOwn(`/alerts/rules?accountId=${other}`),
      await asOwn(`/alerts/silences?accountId=${other}`),
      await asOwn('/alerts/rules', { body: { ...RULE, name: 'Spy', accountId: other } }),
      await asOwn('/alerts/rules', { body: { ...RULE, name: 'Spy', accountId: null } }),
      await asOwn('/alerts/rules/preview', { body: { rule: { ...RULE, name: 'Spy', accountId: other } } }),
      await asOwn('/alerts/silences', { body: { to: '2099-01-01T00:00:00Z', accountId: other } }),
      await asOwn('/alerts/channels', {
        body: { name: 'Spy', type: 'webhook', target: 'https://example.com/', accountId: other },
      }),
      await asOwn(`/events?accountId=${other}`, { body: event }),
      await asOwn('/keys', { body: { name: 'Spy', accountId: other } }),
      await asOwn('/keys', { body: { name: 'Spy', permissions: ['admin'] } }),
      await asOwn('/tokens', { body: { accountId: other } }),
    ]) {
      expect(answer.body.error).toBe('FORBIDDEN');
    }
  });
});

it('a token changes nothing on any documented route', async () => {
  const { token } = (await call(service, '/tokens', { key: service.adminKey, body: {} })).body;
  const { body } = await call(service, '/openapi.json');
  const changing = Object.entries(body.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).flatMap((method) => (method === 'get' ? [] : [[method.toUpperCase(), path] as const])),
  );
  expect(changing.length).toBeGreaterThan(5);
  for (const [method, path] of changing) {
    const { id } = keyOf('alpha');
    const answer = await call(service, path.replace('{keyId}', id), { key: String(token), method, body: {} });
    expect([method, path, answer.body.error]).toEqual([method, path, 'FORBIDDEN']);
  }
});

it('is refused on every admin route', async () => {
  const { body } = await call(service, '/openapi.json');
  const routes = Object.entries(body.paths as Record<string, object>)
    .filter(([path]) => path.startsWith('/admin'))
    .flatMap(([path, operations]) => Object.keys(operations).map((method) => [method.toUpperCase(), path] as const));
  expect(routes.length).toBeGreaterThan(3);
  expect((await call(service, '/accounts', { key: keyOf('alpha').secret })).body.error).toBe('FORBIDDEN');
  const own = { key: keyOf('alpha').secret, method: 'PATCH', body: { limits: { activeKeys: null } } };
  expect((await call(service, '/accounts/alpha', own)).body.error).toBe('FORBIDDEN');
  for (const path of ['/plans', '/plans/pln_unknown', '/accounts/alpha/plan']) {
    expect((await call(service, path, { key: keyOf('alpha').secret })).body.error).toBe('FORBIDDEN');
  }
  const preview = { key: keyOf('alpha').secret, body: { name: 'Mine', currency: 'USD' } };
  expect((await call(service, '/plans/preview?accountId=alpha', preview)).body.error).toBe('FORBIDDEN');
  for (const [method, path] of routes) {
    const body = method === 'GET' ? {} : { body: {} };
    const answer = await call(service, path, { key: keyOf('alpha').secret, method, ...body });
    expect([method, path, answer.body.error]).toEqual([method, path, 'FORBIDDEN']);
  }
});

it('covers every documented route that needs a key', async () => {
  const { body } = await call(service, '/openapi.json');
  const paths = body.paths as Record<string, object>;
  const routes = Object.entries(paths)
    .filter(([path]) => path !== '/' && path !== '/metrics' && !/^\/(health|admin)/.test(path))
    .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  expect(routes.sort()).toEqual([
    'DELETE /alerts/channels/{id}',
    'DELETE /alerts/rules/{ruleId}',
    'DELETE /alerts/silences/{silenceId}',
    'DELETE /keys/{keyId}',
    'GET /accounts',
    'GET /accounts/{accountId}/plan',
    'GET /alerts',
    'GET /alerts/channels',
    'GET /alerts/channels/{id}',
    'GET /alerts/channels/{id}/deliveries',
    'GET /alerts/rules',
    'GET /alerts/rules/{ruleId}',
    'GET /alerts/silences',
    'GET /alerts/{alertId}',
    'GET /keys',
    'GET /keys/{keyId}',
    'GET /me',
    'GET /plans',
    'GET /plans/{planId}',
    'GET /usage',
    'GET /usage/advice',
    'GET /usage/capacity',
    'GET /usage/cost',
    'GET /usage/export',
    'GET /usage/forecast',
    'GET /usage/live',
    'GET /usage/tiers',
    'PATCH /accounts/{accountId}',
    'PATCH /alerts/channels/{id}',
    'PATCH /alerts/rules/{ruleId}',
    'PATCH /keys/{keyId}',
    'POST /alerts/channels',
    'POST /alerts/channels/{id}/deliveries/{deliveryId}/replay',
    'POST /alerts/channels/{id}/rotate',
    'POST /alerts/channels/{id}/test',
    'POST /alerts/rules',
    'POST /alerts/rules/preview',
    'POST /alerts/silences',
    'POST /alerts/{alertId}/acknowledge',
    'POST /events',
    'POST /keys',
    'POST /keys/{keyId}/rotate',
    'POST /plans',
    'POST /plans/preview',
    'POST /sql',
    'POST /tokens',
    'POST /usage/advice/{adviceId}/dismiss',
    'PUT /accounts/{accountId}/plan',
    'PUT /plans/{planId}',
  ]);
});
