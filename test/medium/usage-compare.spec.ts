/**
 * `compare=previous` of traffic that does not change: nothing else may show a change either. Real: the engine, the schema
 * and its views, the service with its modules. Not real: the clock, which stands within a minute, an hour and a day.
 */
import { aRequest } from '../factories/events';
import { type UsageFixture, openUsage } from './usage-fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 41.7 s of a minute, 20 minutes of an hour and ten hours of a day have passed; Berlin set its clocks forward two days ago. */
const NOW = Date.parse('2026-03-31T10:20:41.700Z');

const BERLIN = { timezone: 'Europe/Berlin' };

/** Ten seconds into every step, as many steps as end before `NOW`. */
function everyStep(keyId: string, step: number, length: number) {
  const last = Math.floor((NOW - 10_000) / step) * step + 10_000;
  return Array.from({ length: Math.floor(length / step) }, (_, index) => aRequest(keyId, last - index * step));
}

/** At noon of every day in Berlin, which is at 10:00 UTC since clocks were set forward. */
function atEveryNoon(keyId: string, days: number) {
  const change = Date.parse('2026-03-29T01:00:00Z');
  const noons = Array.from({ length: days }, (_, index) => Date.parse('2026-03-31T11:00:00Z') - index * DAY);
  return noons.map((noon) => aRequest(keyId, noon > change ? noon - HOUR : noon));
}

describe('compare=previous of constant traffic', () => {
  let usage: UsageFixture;
  let byMinute: string;
  let byHour: string;
  let byDay: string;

  beforeAll(async () => {
    usage = await openUsage(NOW);
    const accounts = [await usage.account(), await usage.account(), await usage.account()] as const;
    [byMinute, byHour, byDay] = accounts.map(({ id }) => id) as [string, string, string];
    await usage.insert(byMinute, everyStep(accounts[0].keyIds[0], MINUTE, 5 * DAY), 10_000);
    await usage.insert(byHour, everyStep(accounts[1].keyIds[0], HOUR, 70 * DAY), 10_000);
    await usage.insert(byDay, atEveryNoon(accounts[2].keyIds[0], 100), 10_000);
  });
  afterAll(() => usage.close());

  /** The figures of the window and of the period before, asked for by key alone and by endpoint. */
  async function compared(account: string, asked: Record<string, string>) {
    const parameters = { granularity: 'day', ...asked, compare: 'previous' };
    const answer = await usage.ask(account, parameters);
    const byEndpoint = await usage.ask(account, { ...parameters, endpoint: '/v1/orders' });
    expect(byEndpoint.comparison).toEqual(answer.comparison);
    expect(byEndpoint.usage.totalRequests).toBe(answer.usage.totalRequests);
    const { comparison } = answer;
    if (!comparison) throw new Error('There should be a period before.');
    const points = comparison.timeSeries.reduce((sum, { requests }) => sum + requests, 0);
    expect(points).toBe(comparison.usage.totalRequests);
    return {
      period: `${comparison.period.from} ${comparison.period.to}`,
      requests: [answer.usage.totalRequests, comparison.usage.totalRequests],
      change: comparison.change.usage.totalRequests?.percent,
      perMinute: comparison.change.usage.requestsPerMinute?.percent,
    };
  }

  it.each<[string, Record<string, string>, string, number]>([
    // What is read begins on a minute, so that it is 60 minutes and 41.7 s long: as much, 61 minutes earlier.
    ['1h', { timeframe: '1h' }, '2026-03-31T08:19:00.000Z 2026-03-31T09:19:41.700Z', 61],
    ['24h', { timeframe: '24h' }, '2026-03-29T10:19:00.000Z 2026-03-30T10:19:41.700Z', 24 * 60 + 1],
    ['today', { from: '2026-03-31' }, '2026-03-30T00:00:00.000Z 2026-03-30T10:20:41.700Z', 10 * 60 + 21],
    // Ten hours of UTC are twelve of Berlin, in the summer.
    [
      'today in Berlin',
      { from: '2026-03-31', ...BERLIN },
      '2026-03-29T22:00:00.000Z 2026-03-30T10:20:41.700Z',
      12 * 60 + 21,
    ],
    [
      'a window of minutes',
      { from: '2026-03-31T07:03:00Z', to: '2026-03-31T09:10:00Z' },
      '2026-03-31T04:56:00.000Z 2026-03-31T07:03:00.000Z',
      127,
    ],
  ])('%s is 0 %% of requests by the minute', async (_, asked, period, requests) => {
    expect(await compared(byMinute, asked)).toEqual({
      period,
      requests: [requests, requests],
      change: 0,
      perMinute: 0,
    });
  });

  it.each<[string, Record<string, string>, string, number]>([
    ['7d', { timeframe: '7d' }, '2026-03-17T09:00:00.000Z 2026-03-24T09:20:41.700Z', 7 * 24 + 1],
    ['30d', { timeframe: '30d' }, '2026-01-30T09:00:00.000Z 2026-03-01T09:20:41.700Z', 30 * 24 + 1],
    [
      'a week of UTC',
      { from: '2026-03-23', to: '2026-03-30' },
      '2026-03-16T00:00:00.000Z 2026-03-23T00:00:00.000Z',
      7 * 24,
    ],
  ])('%s is 0 %% of requests by the hour', async (_, asked, period, requests) => {
    expect(await compared(byHour, asked)).toEqual({ period, requests: [requests, requests], change: 0, perMinute: 0 });
  });

  it.each<[string, Record<string, string>, string, number[]]>([
    // 167 hours with 168: seven days are compared with seven days.
    [
      'a week in which clocks are set forward',
      { from: '2026-03-23', to: '2026-03-30', ...BERLIN },
      '2026-03-15T23:00:00.000Z 2026-03-22T23:00:00.000Z',
      [7, 7],
    ],
    // Three days, of which 12 hours and 20 minutes of the third have passed: today's noon, and that of three days ago.
    [
      'days up to now since before that',
      { from: '2026-03-29', ...BERLIN },
      '2026-03-25T23:00:00.000Z 2026-03-28T11:20:41.700Z',
      [3, 3],
    ],
    [
      'March, of which 31 days have gone',
      { from: '2026-03-01', to: '2026-04-01', ...BERLIN },
      '2026-01-31T23:00:00.000Z 2026-02-28T23:00:00.000Z',
      [31, 28],
    ],
    [
      'February',
      { from: '2026-02-01', to: '2026-03-01', ...BERLIN },
      '2025-12-31T23:00:00.000Z 2026-01-31T23:00:00.000Z',
      [28, 31],
    ],
  ])('%s is compared by the calendar', async (_, asked, period, requests) => {
    expect(await compared(byDay, asked)).toMatchObject({ period, requests });
  });
});
