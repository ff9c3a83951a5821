/**
 * What clients may keep of GET /usage: ETag, Cache-Control and 304, over HTTP.
 * Real: the engine, the schema and its views, the service's modules. Not real: the clock, which stands where it is put.
 */
import type { InjectOptions } from 'fastify';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import type { OracleEvent } from '../support/usage-oracle';
import { ADMIN, type UsageFixture, openUsage } from './usage-fixture';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 18, 12);

let usage: UsageFixture;
let account: Awaited<ReturnType<UsageFixture['account']>>;

const anEvent = (timestamp: number): OracleEvent => ({
  keyId: account.keyIds[0],
  timestamp,
  method: 'GET',
  endpoint: '/v1/things',
  statusCode: 200,
  latencyMs: 12,
  requestBytes: 1,
  responseBytes: 2,
  errorType: '',
});

const get = (query: string, headers: InjectOptions['headers'] = {}) =>
  usage.app.inject({
    url: `/usage?accountId=${account.id}&${query}`,
    headers: { authorization: `Bearer ${ADMIN}`, ...headers },
  });

beforeAll(async () => {
  usage = await openUsage(NOW);
});
beforeEach(async () => {
  usage.clock.at = NOW;
  account = await usage.account();
  await usage.insert(account.id, [anEvent(NOW - HOUR), anEvent(NOW - 30 * HOUR)]);
});
afterAll(() => usage.close());

it('answers JSON with every field, and the same as the service without HTTP', async () => {
  const answer = await get('timeframe=7d');
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  const body = answer.json<UsageResponseDto>();
  expect(body.timeSeries).toHaveLength(169);
  expect(Object.keys(body).slice(0, 5)).toEqual(['success', 'period', 'usage', 'timeSeries', 'latency']);
  // Its own calls count on the limits of the admin's key alone.
  expect(body).toEqual(JSON.parse(JSON.stringify(await usage.ask(account.id, { timeframe: '7d' }))));
});

it('keeps the tag while the figures stay, and answers 304 without a body to who has it', async () => {
  const first = await get('timeframe=7d');
  const { etag } = first.headers;
  expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
  for (const header of [etag, `"other", ${etag}`, String(etag).replace('W/', ''), '*']) {
    const again = await get('timeframe=7d', { 'if-none-match': header });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
  }
  const other = await get('timeframe=7d', { 'if-none-match': '"other"' });
  expect([other.statusCode, other.headers.etag]).toEqual([200, etag]);
});

it('changes the tag with the figures, the window and the question', async () => {
  const tag = async (query: string): Promise<unknown> => (await get(query)).headers.etag;
  const tags = [await tag('timeframe=7d'), await tag('timeframe=24h'), await tag('timeframe=7d&includeLatency=false')];
  await usage.insert(account.id, [anEvent(NOW - 2 * HOUR)]);
  tags.push(await tag('timeframe=7d'));
  usage.clock.at += HOUR;
  tags.push(await tag('timeframe=7d'));
  expect(new Set(tags).size).toBe(5);
});

it('lets windows that have ended be kept for minutes, and others for seconds, by their reader alone', async () => {
  const ended = await get('from=2026-03-16&to=2026-03-17&granularity=hour');
  expect(ended.headers['cache-control']).toBe('private, max-age=300');
  const open = await get('from=2026-03-16&granularity=hour');
  expect(open.headers['cache-control']).toBe('private, max-age=2');
  for (const { headers } of [ended, open]) expect(headers['vary']).toBe('authorization, x-api-key');
});

it('answers errors as ever', async () => {
  const refused = await get('timeframe=2d');
  expect([refused.statusCode, refused.json<{ error: string }>().error]).toEqual([400, 'INVALID_TIMEFRAME']);
  expect(refused.headers.etag).toBeUndefined();
});
