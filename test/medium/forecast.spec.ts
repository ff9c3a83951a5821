/** `GET /usage/forecast` over HTTP. Real: guards, validation, the gate, the embedded engine. Not real: the clock, the socket. */
import { DAY, HOUR, iso } from '@meterhouse/common';
import { ForecastModule } from '../../apps/api/src/forecast/forecast.module';
import { ForecastService } from '../../apps/api/src/forecast/forecast.service';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';
import type { OracleEvent } from '../support/usage-oracle';

const api = useKeysApi(ForecastModule);

const ask = async (accountId: string, query = '') =>
  (await api.call(ADMIN, 'GET', `/usage/forecast?accountId=${accountId}&${query}`)).body;

/** A key of a new account with so many requests in each hour of so many days up to now. */
async function used(
  accountId: string,
  days: number,
  requestsAt: (hour: number) => number,
  more: Partial<OracleEvent> = {},
): Promise<{ id: string }> {
  const key = await api.make({ accountId });
  const events: OracleEvent[] = [];
  for (let hour = NOW - days * DAY; hour < NOW; hour += HOUR) {
    for (let n = requestsAt(hour); n > 0; n--) events.push({ ...aRequest(key.id, hour + n), ...more });
  }
  await insertEvents(api.clickhouse, accountId, events);
  return key;
}

/** Four requests by day and one by night, in UTC. */
const byDay = (hour: number): number => (new Date(hour).getUTCHours() >= 8 ? 4 : 1);

it('repeats the shape of the week where that does not change, by the hour', async () => {
  await used('steady', 29, byDay);
  const answer = await ask('steady', 'granularity=hour&horizon=24h');
  expect(answer).toMatchObject({
    success: true,
    method: 'week-shape',
    history: { to: iso(NOW), requests: 29 * 72 - 4, throttledRequests: 0 },
    accuracy: { mase: null, coverage80: 100, coverage95: 100 },
    confidence: 'ok',
    notice: null,
  });
  expect(answer.points).toHaveLength(24);
  for (const { timestamp, expected } of answer.points) expect(expected).toBe(byDay(Date.parse(timestamp)));
  expect(answer.total.expected).toBe(72);
});

it('gives whole buckets, the running one with what it has counted', async () => {
  const { points } = await ask('steady', 'granularity=day&horizon=7d');
  // NOW is noon: the horizon ends in the middle of the eighth day.
  expect(points.map(({ timestamp }: { timestamp: string }) => timestamp)).toEqual(
    Array.from({ length: 8 }, (_, day) => iso(NOW - 12 * HOUR + day * DAY)),
  );
  expect(points.map(({ expected }: { expected: number }) => expected)).toEqual(Array(8).fill(72));
  const months = await ask('steady', 'granularity=month&horizon=7d');
  expect(months.points).toMatchObject([{ timestamp: '2026-03-01T00:00:00.000Z', expected: 31 * 72 }]);
  expect(months.total.expected).toBe(7 * 72);
});

it('leaves the running hour out, and says so by where it begins', async () => {
  api.clock.at = NOW + 40 * 60_000;
  expect((await ask('steady')).history.to).toBe(iso(NOW));
});

it('forecasts keys, and refuses those of others', async () => {
  const one = await used('two-keys', 28, () => 2);
  await used('two-keys', 28, () => 3);
  expect((await ask('two-keys', 'horizon=24h')).total.expected).toBe(5 * 24);
  expect((await ask('two-keys', `horizon=24h&keyId=${one.id}`)).total.expected).toBe(2 * 24);
  expect((await ask('steady', `keyId=${one.id}`)).error).toBe('KEY_NOT_FOUND');
});

it('takes throttled requests for demand, and says how many there were', async () => {
  await used('throttled', 28, () => 2, { statusCode: 429, errorType: 'rate_limited' });
  const answer = await ask('throttled', 'horizon=24h');
  expect(answer.total.expected).toBe(48);
  expect(answer.history.throttledRequests).toBe(answer.history.requests);
  expect(answer.notice).toMatch(/^100.0 % of the requests .* throttled/);
});

it('forecasts bytes', async () => {
  await used('bytes', 28, () => 1, { requestBytes: 100, responseBytes: 900 });
  expect((await ask('bytes', 'metric=dataTransferred&horizon=24h')).total.expected).toBe(24_000);
});

it('says where the history is short, and where it is too short', async () => {
  await used('new', 1, () => 1);
  expect(await ask('new')).toMatchObject({
    method: 'none',
    points: [],
    total: null,
    accuracy: null,
    confidence: 'none',
  });
  expect((await ask('new')).notice).toMatch(/needs 48 complete hours, but there are 23/);
  await used('days', 6, byDay);
  expect(await ask('days', 'horizon=24h')).toMatchObject({ method: 'day-shape', confidence: 'low' });
  expect((await ask('days', 'horizon=24h')).total.expected).toBe(72);
  await used('weeks', 16, byDay);
  expect(await ask('weeks')).toMatchObject({ method: 'week-shape', confidence: 'low' });
  expect((await ask('steady', 'horizon=90d')).notice).toMatch(/The 90 days ahead are longer/);
  expect(await ask('steady', `keyId=${(await api.make({ accountId: 'steady' })).id}`)).toMatchObject({
    confidence: 'none',
    notice: expect.stringMatching(/no requests/),
  });
});

it('keeps to the hours of a zone over a change of its clocks', async () => {
  // Clocks in Berlin are set forward on 29 March 2026.
  const zone = 'Europe/Berlin';
  const local = (at: number): number =>
    Number(new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(at));
  api.clock.at = Date.UTC(2026, 2, 27);
  const key = await api.make({ accountId: 'zone' });
  const events: OracleEvent[] = [];
  for (let at = api.clock.at - 28 * DAY; at < api.clock.at; at += HOUR) {
    for (let n = local(at) === 9 ? 5 : 1; n > 0; n--) events.push(aRequest(key.id, at + n));
  }
  await insertEvents(api.clickhouse, 'zone', events);
  const { points } = await ask('zone', `granularity=hour&timezone=${zone}`);
  for (const { timestamp, expected } of points) expect(expected).toBe(local(Date.parse(timestamp)) === 9 ? 5 : 1);
  const days = (await ask('zone', `granularity=day&timezone=${zone}`)).points;
  expect(days.map(({ expected }: { expected: number }) => expected).slice(0, 4)).toEqual([28, 28, 27, 28]);
});

it('puts hours of a zone that is off the hour together from minutes', async () => {
  const { points } = await ask('steady', 'granularity=hour&horizon=24h&timezone=Asia/Kolkata');
  expect(points[0].timestamp).toBe(iso(NOW - HOUR / 2));
  expect(points).toHaveLength(24);
});

it('projects the rest of a period for an account and its keys', async () => {
  const service = api.app.get(ForecastService);
  const { signal } = new AbortController();
  const until = NOW + 3 * DAY;
  const { from, account, byKey } = await service.projectedUntil('two-keys', until, signal);
  expect(from).toBe(NOW);
  expect(account?.expected).toBe(5 * 72);
  expect([...byKey.values()].map((band) => band?.expected).sort()).toEqual([2 * 72, 3 * 72]);
  expect(await service.projectedUntil('two-keys', NOW, signal)).toMatchObject({ account: null });
});

it.each([
  ['metric=latency', 'INVALID_PARAMETERS'],
  ['horizon=1y', 'INVALID_PARAMETERS'],
  ['granularity=minute', 'INVALID_GRANULARITY'],
  ['timezone=Mars', 'INVALID_PARAMETERS'],
  ['from=2026-01-01', 'INVALID_PARAMETERS'],
])('%s is refused', async (query, error) => {
  expect(await ask('steady', query)).toMatchObject({ success: false, error });
});
