/**
 * GET /usage where clocks change or are off the hour: events placed by hand, one to several on each side of a midnight, an
 * hour or a change, and the counts of each local bucket written by hand. Real: the engine, the schema and its views, the
 * service with its modules. Not real: the clock, which stands in a year whose time zones are settled.
 */
import { aRequest } from '../factories/events';
import type { OracleEvent } from '../support/usage-oracle';
import { type UsageFixture, openUsage } from './usage-fixture';

const NOW = Date.UTC(2025, 10, 20, 12);

/** As many plain requests at an instant as are asked for. */
function requestsAt(keyId: string, [instant, count]: readonly [string, number]): OracleEvent[] {
  const event = aRequest(keyId, Date.parse(instant));
  return Array.from({ length: count }, () => event);
}

interface Golden {
  name: string;
  query: Record<string, string>;
  now?: string;
  events: readonly (readonly [string, number])[];
  /** When each bucket starts, by the UTC clock, and its requests. */
  points: readonly (readonly [string, number])[];
}

const GOLDEN: Golden[] = [
  {
    name: 'Europe/Berlin, 30 March 2025: at 02:00 it is 03:00, and the day has 23 hours',
    now: '2025-04-20T12:00:00Z',
    query: { from: '2025-03-29', to: '2025-04-01', timezone: 'Europe/Berlin' },
    events: [
      ['2025-03-28T22:59:59.999Z', 64], // the 28th, 23:59:59.999 (+1)
      ['2025-03-28T23:00:00.000Z', 1], // the 29th, 00:00 (+1)
      ['2025-03-29T22:59:59.999Z', 2], // the 29th, 23:59:59.999
      ['2025-03-29T23:00:00.000Z', 4], // the 30th, 00:00
      ['2025-03-30T00:59:59.999Z', 8], // the 30th, 01:59:59.999, the last before the change
      ['2025-03-30T01:00:00.000Z', 16], // the 30th, 03:00 (+2)
      ['2025-03-30T21:59:59.999Z', 32], // the 30th, 23:59:59.999 (+2)
      ['2025-03-30T22:00:00.000Z', 3], // the 31st, 00:00 (+2)
      ['2025-03-30T23:00:00.000Z', 5], // the 31st, 01:00 (+2)
      ['2025-03-31T22:00:00.000Z', 64], // the 1st of April
    ],
    points: [
      ['2025-03-28T23:00:00.000Z', 3],
      ['2025-03-29T23:00:00.000Z', 60],
      ['2025-03-30T22:00:00.000Z', 8],
    ],
  },
  {
    name: 'Europe/Berlin, 26 October 2025: 02:00 comes twice, and the day has 25 hours',
    query: { from: '2025-10-25', to: '2025-10-28', timezone: 'Europe/Berlin' },
    events: [
      ['2025-10-25T21:59:59.999Z', 1], // the 25th, 23:59:59.999 (+2)
      ['2025-10-25T22:00:00.000Z', 2], // the 26th, 00:00 (+2)
      ['2025-10-26T00:30:00.000Z', 4], // the 26th, 02:30 (+2), the first time
      ['2025-10-26T01:30:00.000Z', 8], // the 26th, 02:30 (+1), the second time
      ['2025-10-26T22:59:59.999Z', 16], // the 26th, 23:59:59.999 (+1): the 25th hour
      ['2025-10-26T23:00:00.000Z', 32], // the 27th, 00:00 (+1)
    ],
    points: [
      ['2025-10-24T22:00:00.000Z', 1],
      ['2025-10-25T22:00:00.000Z', 30],
      ['2025-10-26T23:00:00.000Z', 32],
    ],
  },
  {
    name: 'Europe/Berlin, weeks and months around the autumn change: both end an hour later than by summer time',
    query: { from: '2025-10-20', to: '2025-11-03', timezone: 'Europe/Berlin', granularity: 'week' },
    events: [
      ['2025-10-26T21:59:59.999Z', 1], // Sunday, 22:59:59.999 (+1)
      ['2025-10-26T22:30:00.000Z', 2], // Sunday, 23:30 (+1)
      ['2025-10-26T23:00:00.000Z', 4], // Monday, 00:00 (+1)
      ['2025-11-02T22:59:59.999Z', 8], // Sunday, 23:59:59.999 (+1)
      ['2025-11-02T23:00:00.000Z', 16], // Monday after
    ],
    points: [
      ['2025-10-19T22:00:00.000Z', 3],
      ['2025-10-26T23:00:00.000Z', 12],
    ],
  },
  {
    name: 'America/New_York, 2 November 2025: 01:00 comes twice; weeks begin on that Sunday',
    query: {
      from: '2025-10-26',
      to: '2025-11-09',
      timezone: 'America/New_York',
      granularity: 'week',
      weekStart: 'sunday',
    },
    events: [
      ['2025-11-02T03:59:59.999Z', 1], // Saturday, 23:59:59.999 (-4)
      ['2025-11-02T04:00:00.000Z', 2], // Sunday, 00:00 (-4)
      ['2025-11-02T05:30:00.000Z', 4], // Sunday, 01:30 (-4), the first time
      ['2025-11-02T06:30:00.000Z', 8], // Sunday, 01:30 (-5), the second time
      ['2025-11-09T04:59:59.999Z', 16], // Saturday, 23:59:59.999 (-5)
      ['2025-11-09T05:00:00.000Z', 32], // Sunday, 00:00 (-5)
    ],
    points: [
      ['2025-10-26T04:00:00.000Z', 1],
      ['2025-11-02T04:00:00.000Z', 30],
    ],
  },
  {
    name: 'America/New_York, 9 March 2025: at 02:00 it is 03:00; March begins and ends under another offset',
    now: '2025-04-20T12:00:00Z',
    query: { from: '2025-03-01', to: '2025-04-01', timezone: 'America/New_York', granularity: 'month' },
    events: [
      ['2025-03-01T04:59:59.999Z', 64], // February, 23:59:59.999 (-5)
      ['2025-03-01T05:00:00.000Z', 1], // the 1st, 00:00 (-5)
      ['2025-03-09T06:59:59.999Z', 2], // the 9th, 01:59:59.999 (-5)
      ['2025-03-09T07:00:00.000Z', 4], // the 9th, 03:00 (-4)
      ['2025-04-01T03:59:59.999Z', 8], // the 31st, 23:59:59.999 (-4)
      ['2025-04-01T04:00:00.000Z', 64], // the 1st of April, 00:00 (-4)
    ],
    points: [['2025-03-01T05:00:00.000Z', 15]],
  },
  {
    name: 'Australia/Lord_Howe, 5 October 2025: at 02:00 it is 02:30, and days begin half an hour earlier after it',
    query: { from: '2025-10-04', to: '2025-10-07', timezone: 'Australia/Lord_Howe' },
    events: [
      ['2025-10-04T13:29:59.999Z', 1], // the 4th, 23:59:59.999 (+10:30)
      ['2025-10-04T13:30:00.000Z', 2], // the 5th, 00:00 (+10:30)
      ['2025-10-04T15:29:59.999Z', 4], // the 5th, 01:59:59.999 (+10:30)
      ['2025-10-04T15:30:00.000Z', 8], // the 5th, 02:30 (+11)
      ['2025-10-05T12:59:59.999Z', 16], // the 5th, 23:59:59.999 (+11)
      ['2025-10-05T13:00:00.000Z', 32], // the 6th, 00:00 (+11)
      ['2025-10-05T13:30:00.000Z', 1], // the 6th, 00:30 (+11)
      ['2025-10-06T13:00:00.000Z', 64], // the 7th
    ],
    points: [
      ['2025-10-03T13:30:00.000Z', 1],
      ['2025-10-04T13:30:00.000Z', 30],
      ['2025-10-05T13:00:00.000Z', 33],
    ],
  },
  {
    name: 'Asia/Kathmandu, whose days begin at 18:15',
    query: { from: '2025-11-10', to: '2025-11-12', timezone: 'Asia/Kathmandu' },
    events: [
      ['2025-11-09T18:14:59.999Z', 64], // the 9th, 23:59:59.999 (+5:45)
      ['2025-11-09T18:15:00.000Z', 1], // the 10th, 00:00
      ['2025-11-09T18:59:59.999Z', 2], // the 10th, 00:44:59.999
      ['2025-11-10T18:00:00.000Z', 4], // the 10th, 23:45
      ['2025-11-10T18:14:59.999Z', 8], // the 10th, 23:59:59.999
      ['2025-11-10T18:15:00.000Z', 16], // the 11th, 00:00
      ['2025-11-11T18:14:59.999Z', 32], // the 11th, 23:59:59.999
      ['2025-11-11T18:15:00.000Z', 64], // the 12th
    ],
    points: [
      ['2025-11-09T18:15:00.000Z', 15],
      ['2025-11-10T18:15:00.000Z', 48],
    ],
  },
  {
    name: 'Asia/Kathmandu over a week: minutes of the hours that midnight cuts, whole hours between them',
    query: { from: '2025-11-03', to: '2025-11-11', timezone: 'Asia/Kathmandu' },
    events: [
      ['2025-11-04T17:59:59.999Z', 1], // the 4th, 23:44:59.999: the last of a whole hour
      ['2025-11-04T18:00:00.000Z', 2], // the 4th, 23:45: the first of an hour that is cut
      ['2025-11-04T18:14:59.999Z', 4], // the 4th, 23:59:59.999
      ['2025-11-04T18:15:00.000Z', 8], // the 5th, 00:00
      ['2025-11-04T18:59:59.999Z', 16], // the 5th, 00:44:59.999: the last of the hour that is cut
      ['2025-11-04T19:00:00.000Z', 32], // the 5th, 00:45: the first of a whole hour
      ['2025-11-08T18:59:59.999Z', 3], // the 9th, 00:44:59.999
    ],
    points: [
      ['2025-11-02T18:15:00.000Z', 0],
      ['2025-11-03T18:15:00.000Z', 7],
      ['2025-11-04T18:15:00.000Z', 56],
      ['2025-11-05T18:15:00.000Z', 0],
      ['2025-11-06T18:15:00.000Z', 0],
      ['2025-11-07T18:15:00.000Z', 0],
      ['2025-11-08T18:15:00.000Z', 3],
      ['2025-11-09T18:15:00.000Z', 0],
    ],
  },
  {
    name: 'Africa/Cairo, 31 October 2025: at midnight it is 23:00 again, and the 30th has 25 hours',
    query: { from: '2025-10-30', to: '2025-11-01', timezone: 'Africa/Cairo' },
    events: [
      ['2025-10-29T21:00:00.000Z', 1], // the 30th, 00:00 (+3)
      ['2025-10-30T20:59:59.999Z', 2], // the 30th, 23:59:59.999 (+3)
      ['2025-10-30T21:00:00.000Z', 4], // the 30th, 23:00 (+2) again
      ['2025-10-30T21:59:59.999Z', 8], // the 30th, 23:59:59.999 (+2)
      ['2025-10-30T22:00:00.000Z', 16], // the 31st, 00:00 (+2)
    ],
    points: [
      ['2025-10-29T21:00:00.000Z', 15],
      ['2025-10-30T22:00:00.000Z', 16],
    ],
  },
  {
    name: 'Asia/Kathmandu by the hour: hours begin at :15',
    query: {
      from: '2025-11-10T00:00:00Z',
      to: '2025-11-10T03:00:00Z',
      timezone: 'Asia/Kathmandu',
      granularity: 'hour',
    },
    events: [
      ['2025-11-09T23:59:59.999Z', 64], // 05:44:59.999 (+5:45), before the window
      ['2025-11-10T00:00:00.000Z', 1], // 05:45
      ['2025-11-10T00:14:59.999Z', 2], // 05:59:59.999
      ['2025-11-10T00:15:00.000Z', 4], // 06:00
      ['2025-11-10T01:14:59.999Z', 8], // 06:59:59.999
      ['2025-11-10T01:15:00.000Z', 16], // 07:00
      ['2025-11-10T02:59:59.999Z', 32], // 08:44:59.999
    ],
    points: [
      ['2025-11-09T23:15:00.000Z', 3],
      ['2025-11-10T00:15:00.000Z', 12],
      ['2025-11-10T01:15:00.000Z', 16],
      ['2025-11-10T02:15:00.000Z', 32],
    ],
  },
  {
    name: 'Asia/Kolkata by the hour over five days, a window too long to be read by minutes alone',
    query: { from: '2025-11-10', to: '2025-11-15', timezone: 'Asia/Kolkata', granularity: 'hour' },
    events: [
      ['2025-11-11T18:30:00.000Z', 1], // the 12th, 00:00 (+5:30)
      ['2025-11-11T18:59:59.999Z', 2], // the 12th, 00:29:59.999
      ['2025-11-11T19:00:00.000Z', 4], // the 12th, 00:30
      ['2025-11-11T19:29:59.999Z', 8], // the 12th, 00:59:59.999
      ['2025-11-11T19:30:00.000Z', 16], // the 12th, 01:00
    ],
    points: Array.from({ length: 120 }, (_, hour): [string, number] => [
      new Date(Date.parse('2025-11-09T18:30:00Z') + hour * 3_600_000).toISOString(),
      { 48: 15, 49: 16 }[hour] ?? 0,
    ]),
  },
  {
    name: 'Australia/Lord_Howe by the hour, 5 October 2025: 02:30 is the start of an hour of 30 minutes',
    query: {
      from: '2025-10-04T13:30:00Z',
      to: '2025-10-04T17:00:00Z',
      timezone: 'Australia/Lord_Howe',
      granularity: 'hour',
    },
    events: [
      ['2025-10-04T14:29:59.999Z', 1], // 00:59:59.999 (+10:30)
      ['2025-10-04T14:30:00.000Z', 2], // 01:00
      ['2025-10-04T15:29:59.999Z', 4], // 01:59:59.999
      ['2025-10-04T15:30:00.000Z', 8], // 02:30 (+11)
      ['2025-10-04T16:00:00.000Z', 16], // 03:00
    ],
    points: [
      ['2025-10-04T13:30:00.000Z', 1],
      ['2025-10-04T14:30:00.000Z', 6],
      ['2025-10-04T15:30:00.000Z', 8],
      ['2025-10-04T16:00:00.000Z', 16],
    ],
  },
];

describe('GET /usage where clocks change', () => {
  let usage: UsageFixture;

  beforeAll(async () => {
    usage = await openUsage(NOW);
  });
  afterAll(() => usage.close());

  it.each(GOLDEN)('$name', async ({ now, query, events, points }) => {
    usage.clock.at = now === undefined ? NOW : Date.parse(now);
    const account = await usage.account();
    const [keyId] = account.keyIds;
    await usage.insert(
      account.id,
      events.flatMap((group) => requestsAt(keyId, group)),
    );
    const parameters = { granularity: 'day', groupBy: 'key', ...query };
    const answer = await usage.ask(account.id, parameters);
    const series = answer.timeSeries.map((point) => [point.timestamp, point.requests]);
    const total = points.reduce((sum, [, requests]) => sum + requests, 0);
    expect(series).toEqual(points);
    expect(answer.usage.totalRequests).toBe(total);
    expect(answer.breakdown?.byEndpoint).toMatchObject([{ requests: total }]);
    expect(answer.groups?.series.map((group) => group.timeSeries.map((point) => point.requests))).toEqual([
      points.map(([, requests]) => requests),
    ]);
    // From the rollups of every dimension, and from raw events where hours are cut, it is the same.
    const filtered = await usage.ask(account.id, { ...parameters, endpoint: '/v1/orders' });
    expect(filtered.timeSeries).toEqual(answer.timeSeries);
    expect(filtered.usage).toEqual(answer.usage);
  });
});
