/** Plans and cost over HTTP against the built service: from a plan to a bill, and who may see what. */
import { type Answer, call, createKey, expectContractError } from './support/api';
import { type Service, startService } from './support/service';

let service: Service;
beforeAll(async () => void (service = await startService()), 30_000);
afterAll(() => service.stop());

const admin = (path: string, rest: object = {}): Promise<Answer> =>
  call(service, path, { key: service.adminKey, ...rest });

const PLAN = {
  name: 'Starter',
  currency: 'USD',
  flatFee: '49',
  prices: [
    {
      id: 'search',
      name: 'Searches',
      match: { endpoint: ['/v1/search*'] },
      weight: 5,
      tiers: [{ upTo: null, unitAmount: '0.002' }],
    },
    { id: 'rest', name: 'Requests', includedUnits: 3, tiers: [{ upTo: null, unitAmount: '0.005' }] },
  ],
  freeStatuses: ['5xx', '429'],
};

interface PlanBody {
  id: string;
  version: number;
}

/** An account with a plan and ten requests of a moment ago. */
async function account(accountId: string): Promise<{ secret: string; id: string; plan: PlanBody }> {
  const key = await createKey(service, accountId, { permissions: ['usage:read', 'events:write'] });
  const made = await admin('/plans', { body: PLAN });
  expect(made.status).toBe(201);
  const plan = made.body.plan as PlanBody;
  expect((await admin(`/accounts/${accountId}/plan`, { method: 'PUT', body: { planId: plan.id } })).status).toBe(200);
  const event = { method: 'GET', statusCode: 200, latencyMs: 1 };
  const events = [
    ...Array.from({ length: 2 }, () => ({ ...event, endpoint: '/v1/search/books' })),
    ...Array.from({ length: 6 }, () => ({ ...event, endpoint: '/v1/orders' })),
    { ...event, endpoint: '/v1/orders', statusCode: 503 },
    { ...event, endpoint: '/v1/orders', statusCode: 404 },
  ];
  expect((await call(service, '/events?wait=true', { key: key.secret, body: events })).body.accepted).toBe(10);
  return { ...key, plan };
}

it('prices the running period of an account by its plan', async () => {
  const { secret, id, plan } = await account('acme');
  const { status, body } = await call(service, '/usage/cost', { key: secret });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    success: true,
    plan: { id: plan.id, version: 1, name: 'Starter' },
    currency: 'USD',
    total: '49.04',
    lines: [
      { priceId: 'search', name: 'Searches', units: 10, includedUnits: 0, billableUnits: 10, amount: '0.02' },
      { priceId: 'rest', name: 'Requests', units: 7, includedUnits: 3, billableUnits: 4, amount: '0.02' },
    ],
    flatFee: '49.00',
    discount: '0.00',
    minimumTopUp: '0.00',
    maximumCut: '0.00',
    unpriced: [{ reason: 'free_status', requests: 1 }],
    byKey: [{ keyId: id, name: 'Key of acme', requests: 10, amount: '0.04' }],
    projected: null,
  });
  expect(body.byEndpoint).toHaveLength(2);
  expect(body.waste).toMatchObject({ errors: { requests: 2 }, throttled: { requests: 0, amount: '0.00' } });
});

it('prices it by another plan, and as a table', async () => {
  const accountId = 'tables';
  await account(accountId);
  const other = await admin('/plans', {
    body: {
      name: 'Flat',
      currency: 'JPY',
      flatFee: '100',
      prices: [{ name: 'All', tiers: [{ upTo: null, unitAmount: '0.25' }] }],
    },
  });
  const { id } = other.body.plan as PlanBody;
  const answer = await admin(`/usage/cost?accountId=${accountId}&period=current&planId=${id}`);
  expect(answer.body).toMatchObject({ currency: 'JPY', total: '103', lines: [{ units: 10, amount: '3' }] });
  const csv = await fetch(`${service.url}/usage/cost?accountId=${accountId}&format=csv&planId=${id}`, {
    headers: { authorization: `Bearer ${service.adminKey}` },
  });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect((await csv.text()).split('\r\n')).toEqual(
    expect.arrayContaining(['line,price-1,All,,10,0,10,3,JPY', 'flatFee,,,,,,,100,JPY', 'total,,,,,,,103,JPY']),
  );
});

it('answers with a version of its own from an instant on, and all versions', async () => {
  const { secret, plan } = await account('versions');
  const raised = { ...PLAN, flatFee: '59', effectiveFrom: '2000-01-01' };
  expect((await admin(`/plans/${plan.id}`, { method: 'PUT', body: raised })).body.plan).toMatchObject({ version: 2 });
  expect((await call(service, '/usage/cost', { key: secret })).body).toMatchObject({
    plan: { version: 2 },
    total: '59.04',
  });
  expect((await admin(`/plans/${plan.id}`)).body.versions).toMatchObject([
    { version: 1, flatFee: '49' },
    { version: 2, flatFee: '59' },
  ]);
  const { plans, pagination } = (await admin('/plans?limit=1')).body;
  expect(plans).toHaveLength(1);
  expect(pagination).toMatchObject({ limit: 1, hasMore: true });
  expect((await admin('/accounts/versions/plan')).body).toMatchObject({ plan: { id: plan.id, version: 2 } });
});

it('refuses what is not there, not allowed or wrong', async () => {
  const { secret } = await createKey(service, 'no-plan', { permissions: ['usage:read'] });
  const own = await account('own-plan');
  const answers: [Answer, string][] = [
    [await call(service, '/usage/cost', { key: secret }), 'PLAN_NOT_FOUND'],
    [await admin('/usage/cost?accountId=no-plan&planId=pln_doesNotExist0000'), 'PLAN_NOT_FOUND'],
    [await call(service, '/usage/cost?planId=pln_doesNotExist0000', { key: secret }), 'FORBIDDEN'],
    [await call(service, `/usage/cost?planId=${own.plan.id}`, { key: own.secret }), 'FORBIDDEN'],
    [await call(service, '/usage/cost?period=2099-01', { key: (await account('late')).secret }), 'INVALID_PARAMETERS'],
    [await call(service, '/usage/cost?accountId=acme', { key: secret }), 'FORBIDDEN'],
    [await admin('/usage/cost'), 'INVALID_PARAMETERS'],
    [await call(service, '/plans', { key: secret }), 'FORBIDDEN'],
    [await call(service, '/plans', { key: secret, body: PLAN }), 'FORBIDDEN'],
    [await call(service, '/accounts/no-plan/plan', { key: secret }), 'FORBIDDEN'],
    [await admin('/accounts/no-plan/plan'), 'PLAN_NOT_FOUND'],
    [await admin('/accounts/nobody/plan', { method: 'PUT', body: { planId: 'pln_x' } }), 'ACCOUNT_NOT_FOUND'],
    [await admin('/accounts/no-plan/plan', { method: 'PUT', body: { planId: 'pln_x' } }), 'PLAN_NOT_FOUND'],
    [await admin('/plans/pln_x', { method: 'PUT', body: PLAN }), 'PLAN_NOT_FOUND'],
    [await admin('/plans', { body: { ...PLAN, currency: 'EURO' } }), 'INVALID_PARAMETERS'],
    [await admin('/plans', { body: { ...PLAN, price: [] } }), 'INVALID_PARAMETERS'],
  ];
  for (const [answer, code] of answers) {
    expectContractError(answer);
    expect(answer.body.error).toBe(code);
  }
  expect(answers.at(-2)?.[0].body.details).toMatchObject([{ field: 'currency' }]);
});
