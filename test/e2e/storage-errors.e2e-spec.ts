/**
 * ClickHouse fails in every way while each route is called: 503 with Retry-After where the answer needs it, and never 500.
 * Real: the built service, HTTP, the engine; see test/support for the server and the faults.
 */
import { type ClickHouseFront, openClickHouseFront } from '../support/clickhouse-front';
import { type Fault, FaultProxy } from '../support/fault-proxy';
import { type Answer, call, createKey } from './support/api';
import { type Service, startService } from './support/service';
import { until } from './support/until';

const START_MS = 60_000;

let front: ClickHouseFront;
let proxy: FaultProxy;
let service: Service;

beforeAll(async () => {
  front = await openClickHouseFront();
  proxy = await FaultProxy.open(front.url);
  service = await startService({ CLICKHOUSE_URL: proxy.url });
}, START_MS);

afterEach(() => proxy.heal());

afterAll(async () => {
  await service.stop();
  await proxy.close();
  await front.close();
}, START_MS);

/** An export passes on what ClickHouse answers as it comes, so that one which has begun can only break off. */
const exported = (fault: Fault): [path: string, method: string][] =>
  fault === 'half' || fault === 'wrong page' ? [] : [['/usage/export?table=timeSeries&format=csv', 'GET']];

function expectTryAgain(answer: Answer): void {
  expect(answer).toMatchObject({ status: 503, body: { success: false, error: 'OVERLOADED' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.stringify(answer.body)).not.toMatch(/DB::|Code:|html|ECONN/);
}

describe.each<[fault: Fault]>([
  ['down'],
  ['refusing'],
  ['denying'],
  ['reset before'],
  ['half'],
  ['page'],
  ['wrong page'],
])('while ClickHouse is %s', (fault) => {
  it('answers 503, to be tried again, on every route that needs it', async () => {
    const { id } = await createKey(service, fault.replace(' ', '-'));
    const key = service.adminKey;
    await proxy.fail(fault);
    const calls: [path: string, method: string, body?: unknown][] = [
      ['/usage', 'GET'],
      ['/usage?timeframe=7d&groupBy=endpoint', 'GET'],
      ...exported(fault),
      ['/keys', 'POST', { name: 'one' }],
      ['/keys', 'GET'],
      [`/keys/${id}`, 'GET'],
      [`/keys/${id}`, 'PATCH', { name: 'another' }],
      [`/keys/${id}/rotate`, 'POST', {}],
      ['/accounts', 'GET'],
      ['/admin/reconcile', 'POST', {}],
      ['/admin/events/delete', 'POST', { accountId: 'acme', confirm: true }],
    ];
    for (const [path, method, body] of calls) {
      const answer = await call(service, path, { key, method, ...(body === undefined ? {} : { body }) });
      // The name of the call stands in the message of a failure.
      expect([method, path, answer.status]).toEqual([method, path, 503]);
      expectTryAgain(answer);
    }
  });

  it('revokes a key at once, for good', async () => {
    const { id, secret } = await createKey(service, fault.replace(' ', '-'));
    await proxy.fail(fault);
    const answer = await call(service, `/keys/${id}`, { key: service.adminKey, method: 'DELETE' });
    expect(answer).toMatchObject({ status: 200, body: { key: { id, status: 'revoked' } } });
    const refused = await call(service, '/keys', { key: secret });
    expect(refused).toMatchObject({ status: 401, body: { error: 'API_KEY_REVOKED' } });
    await proxy.heal();
    const stored = `SELECT count() FROM keys FINAL WHERE id = '${id}' AND revoked_at IS NOT NULL FORMAT TSV`;
    await until(20_000, async () => {
      const asked = await fetch(front.url, { method: 'POST', body: stored });
      expect((await asked.text()).trim()).toBe('1');
    });
  });

  it('still answers what needs no ClickHouse, and refuses what is wrong', async () => {
    await proxy.fail(fault);
    const key = service.adminKey;
    expect((await call(service, '/health/live')).status).toBe(200);
    expect((await call(service, '/usage?timeframe=2d', { key })).status).toBe(400);
    expect((await call(service, '/keys/key_unknown', { key, method: 'DELETE' })).status).toBe(404);
    expect((await call(service, '/admin/dead-letters/replay', { key, method: 'POST' })).status).toBe(200);
  });
});
