import { type Calendar, DAY, HOUR, MINUTE, type Retention, iso } from '@meterhouse/common';
import { ApiException } from '../../http/api-exception';
import { MAX_POINTS, type Window, type WindowRequest, pointsOf, windowOf } from './window';
import { UTC_CALENDAR } from '../../../../../test/support/utc-calendar';

const RETENTION: Retention = { rawDays: 90, minuteDays: 400, hourDays: 730 };
/** Raw events are kept from 2025-12-30 on, minutes from 2025-02-23, hours from 2024-03-30, each from 10:20:30.400. */
const NOW = Date.parse('2026-03-31T10:20:30.400Z');

const at = (text: string): number => Date.parse(`${text}Z`);
const inZone = (timezone: string): Calendar => ({ timezone, weekStart: 'monday' });
const short = (instant: number): string => iso(instant).replace(/(:00)?\.000Z$/, '');

type Asked = Partial<Omit<WindowRequest, 'from' | 'to'>> & { from?: string; to?: string; first?: string; now?: number };

function ask({ from, to, first, now = NOW, ...given }: Asked): Window {
  const request: WindowRequest = {
    timeframe: null,
    granularity: 'day',
    calendar: UTC_CALENDAR,
    detailed: false,
    ...given,
    from: from === undefined ? null : at(from),
    to: to === undefined ? null : at(to),
  };
  return windowOf(request, now, first === undefined ? null : at(first), RETENTION);
}

function refusalOf(asked: Asked): ApiException {
  try {
    ask(asked);
  } catch (error) {
    if (error instanceof ApiException) return error;
    throw error;
  }
  throw new Error('The window should be refused.');
}

describe('windowOf with a timeframe', () => {
  it.each([
    ['1h', 'minute', 'UTC', '2026-03-31T09:20', '2026-03-31T10:21', 'minute'],
    ['1h', 'day', 'Asia/Kathmandu', '2026-03-31T09:20', '2026-03-31T10:21', 'minute'],
    ['24h', 'hour', 'UTC', '2026-03-30T10:20', '2026-03-31T10:21', 'minute'],
    ['7d', 'day', 'UTC', '2026-03-24T10:00', '2026-03-31T11:00', 'hour'],
    ['7d', 'minute', 'UTC', '2026-03-24T10:00', '2026-03-31T11:00', 'minute'],
    ['7d', 'day', 'Europe/Berlin', '2026-03-24T10:00', '2026-03-31T11:00', 'hour'],
    ['7d', 'day', 'Australia/Lord_Howe', '2026-03-24T10:00', '2026-03-31T11:00', 'hour'],
    ['7d', 'day', 'Australia/Adelaide', '2026-03-24T10:00', '2026-03-31T11:00', 'minute'],
    ['30d', 'week', 'UTC', '2026-03-01T10:00', '2026-03-31T11:00', 'hour'],
    ['90d', 'hour', 'UTC', '2025-12-31T10:00', '2026-03-31T11:00', 'hour'],
    ['1y', 'month', 'UTC', '2025-03-31T00:00', '2026-04-01T00:00', 'hour'],
    ['1y', 'hour', 'UTC', '2025-03-31T00:00', '2026-04-01T00:00', 'hour'],
    ['1y', 'day', 'America/New_York', '2025-03-31T04:00', '2026-04-01T04:00', 'hour'],
    ['1y', 'hour', 'America/New_York', '2025-03-31T04:00', '2026-04-01T04:00', 'hour'],
    // The day begins at 18:30; so far back the hours of a breakdown are kept, and no minutes.
    ['1y', 'day', 'Asia/Kolkata', '2025-03-30T18:00', '2026-03-31T18:30', 'minute'],
  ] as const)(
    '%s by %s in %s reads from %s to %s, at the finest by %s',
    (timeframe, granularity, zone, ...expected) => {
      const window = ask({ timeframe, granularity, calendar: inZone(zone) });
      expect([short(window.from), short(window.readTo), window.resolution]).toEqual(expected);
      expect(window).toMatchObject({ timeframe, granularity, to: NOW });
    },
  );

  it.each([
    ['UTC', '2024-05-05T23:00', '2024-05-05T00:00', '2026-04-01T00:00'],
    ['UTC', '2021-02-28T00:00', '2021-02-28T00:00', '2026-04-01T00:00'],
    ['America/New_York', '2026-03-08T04:00', '2026-03-07T05:00', '2026-04-01T04:00'],
    ['America/New_York', '2026-03-09T03:00', '2026-03-08T05:00', '2026-04-01T04:00'],
    ['America/New_York', '2026-03-09T04:00', '2026-03-09T04:00', '2026-04-01T04:00'],
    ['Asia/Kolkata', '2026-03-20T17:00', '2026-03-19T18:30', '2026-03-31T18:30'],
    ['Asia/Kolkata', '2026-03-20T19:00', '2026-03-20T18:30', '2026-03-31T18:30'],
  ])('begins `all` in %s with the day of the first event at %s', (zone, first, from, readTo) => {
    const window = ask({ timeframe: 'all', first, calendar: inZone(zone) });
    expect([short(window.from), short(window.readTo)]).toEqual([from, readTo]);
  });

  it('begins `all` with today when there is no event, or only one that is dated ahead', () => {
    expect(short(ask({ timeframe: 'all' }).from)).toBe('2026-03-31T00:00');
    expect(short(ask({ timeframe: 'all', first: '2026-04-01T00:00' }).from)).toBe('2026-03-31T00:00');
    expect(short(ask({ timeframe: 'all', calendar: inZone('Asia/Kolkata') }).from)).toBe('2026-03-30T18:30');
  });
});

describe('windowOf with from and to', () => {
  it.each([
    [
      'to the minute while raw events are kept',
      '2026-03-30T10:20:40',
      '2026-03-31T09:00:20',
      '2026-03-30T10:20',
      '2026-03-31T09:01',
    ],
    [
      'to the minute on whole minutes as they are',
      '2026-03-30T10:20',
      '2026-03-31T09:00',
      '2026-03-30T10:20',
      '2026-03-31T09:00',
    ],
    ['within one minute', '2026-03-30T10:20:05', '2026-03-30T10:20:06', '2026-03-30T10:20', '2026-03-30T10:21'],
    [
      'to the minute from the first that is kept',
      '2025-12-30T10:21',
      '2026-01-01T00:00:01',
      '2025-12-30T10:21',
      '2026-01-01T00:01',
    ],
    ['to the hour before', '2025-12-30T10:19', '2026-01-01T00:00:01', '2025-12-30T10:00', '2026-01-01T00:01'],
    ['to the hour on either side', '2025-06-01T10:20', '2025-06-02T11:30', '2025-06-01T10:00', '2025-06-02T12:00'],
    [
      'to the hour from the first that is kept',
      '2024-03-30T11:10',
      '2024-04-02T11:30',
      '2024-03-30T11:00',
      '2024-04-02T12:00',
    ],
    ['to the UTC day before', '2024-03-30T09:10', '2024-04-02T11:30', '2024-03-30T00:00', '2024-04-02T12:00'],
    [
      'to the UTC day on either side',
      '2020-02-28T10:20',
      '2020-02-29T00:00:01',
      '2020-02-28T00:00',
      '2020-03-01T00:00',
    ],
  ])('widens edges %s', (_, from, to, expectedFrom, expectedTo) => {
    const window = ask({ from, to });
    expect([short(window.from), short(window.to), short(window.readTo)]).toEqual([
      expectedFrom,
      expectedTo,
      expectedTo,
    ]);
    expect(window.timeframe).toBe('custom');
  });

  // What is kept of its first minute, hour or day is not the whole of it.
  it.each([
    ['minute', '2025-12-30T10:20:45', '2025-12-30T10:00', true],
    ['hour', '2024-03-30T10:30', '2024-03-30T00:00', false],
  ])('widens from a %s that is kept in part (%s) to %s', (_, from, expected, detailed) => {
    expect(short(ask({ from, to: '2026-01-05T00:00', detailed }).from)).toBe(expected);
  });

  it.each([
    ['minute', '2025-12-01T00:00', '2025-12-30T10:45', '2025-12-30T11:00', true],
    ['hour', '2024-01-01T00:00', '2024-03-30T15:00', '2024-03-31T00:00', false],
  ])(
    'widens the end where the %s rows before it are kept in part (%s to %s) to %s',
    (_, from, to, expected, detailed) => {
      expect(short(ask({ from, to, detailed }).to)).toBe(expected);
    },
  );

  it.each([undefined, '2026-03-31T12:00', '2099-01-01T00:00'])(
    'ends now, with the running minute whole, when to is %s',
    (to) => {
      const window = ask({ from: '2026-03-30T00:00', ...(to === undefined ? {} : { to }) });
      expect(window.to).toBe(NOW);
      expect(short(window.readTo)).toBe('2026-03-31T10:21');
    },
  );

  it('reads each part from the coarsest rollup that has its buckets, and minutes of every dimension from raw events', () => {
    const asked = { from: '2026-03-27T22:30', to: '2026-03-31T01:15', calendar: inZone('Europe/Berlin') } as const;
    const { series, whole, resolution } = ask(asked);
    expect(whole.spans.day).toEqual([{ from: at('2026-03-28T00:00'), to: at('2026-03-31T00:00') }]);
    expect(whole).toMatchObject({ rollupSet: 'detail', spans: { minute: [{}, {}], hour: [{}, {}] } });
    expect(series).toMatchObject({ rollupSet: 'traffic', spans: { day: [], minute: [{}, {}] } });
    expect(series.spans.hour).toEqual([{ from: at('2026-03-27T23:00'), to: at('2026-03-31T01:00') }]);
    expect(resolution).toBe('minute');
    expect(ask({ ...asked, detailed: true }).series.rollupSet).toBe('detail');
  });

  it.each([
    // Kolkata's hours begin at :30, and Kathmandu's at :15: no row of an hour lies within one.
    ['Asia/Kolkata', '2026-03-20T08:00', '2026-03-20T11:00', ['07:30', '08:30', '09:30', '10:30'], 0],
    ['Asia/Kathmandu', '2026-03-20T08:15', '2026-03-20T10:15', ['08:15', '09:15'], 0],
    ['Europe/Berlin', '2026-03-20T08:00', '2026-03-20T10:00', [], 1],
    // Half an hour off until 15:00, from 01:30 on; an hour and a half, of which the first is a row.
    ['Australia/Lord_Howe', '2025-04-05T13:00', '2025-04-05T17:00', ['13:00', '14:00', '15:30', '16:30'], 1],
  ])('cuts hours of %s from %s to %s', (zone, from, to, starts, hours) => {
    const { starts: cut, series } = ask({
      from,
      to,
      granularity: 'hour',
      calendar: inZone(zone),
      now: at(to) + 9 * DAY,
    });
    expect(cut.map((start) => short(start).slice(11))).toEqual(starts);
    expect(series.spans.hour).toHaveLength(hours);
    expect(series.spans.minute.length > 0).toBe(starts.length > 0);
  });

  it('reads days of UTC from their rollup where minutes and hours are gone', () => {
    const { series, resolution } = ask({ from: '2023-05-01T00:00', to: '2023-06-01T00:00', granularity: 'week' });
    expect(series).toEqual({
      rollupSet: 'traffic',
      spans: { day: [{ from: at('2023-05-01T00:00'), to: at('2023-06-01T00:00') }], hour: [], minute: [] },
    });
    expect(resolution).toBe('day');
  });
});

describe('windowOf refuses', () => {
  it.each<[string, Asked, string]>([
    ['too many minutes', { timeframe: '30d', granularity: 'minute' }, 'hour'],
    ['far too many minutes', { timeframe: '1y', granularity: 'minute' }, 'hour'],
    ['too many hours', { timeframe: 'all', granularity: 'hour', first: '2023-01-01T00:00' }, 'day'],
    ['one minute too many', { from: '2026-03-01T00:00', to: '2026-03-08T15:21', granularity: 'minute' }, 'hour'],
    [
      'one minute too many, the running one',
      { from: '2026-03-23T19:00', now: at('2026-03-31T10:20'), granularity: 'minute' },
      'hour',
    ],
    ['minutes that are gone', { from: '2024-11-01T00:00', to: '2024-11-02T00:00', granularity: 'minute' }, 'hour'],
    [
      'filtered minutes without raw events',
      { from: '2025-12-01T00:00', to: '2025-12-02T00:00', granularity: 'minute', detailed: true },
      'hour',
    ],
    ['hours that are gone', { from: '2024-01-01T00:00', to: '2024-01-05T00:00', granularity: 'hour' }, 'day'],
    [
      'minutes where hours are gone too',
      { from: '2024-01-01T00:00', to: '2024-01-05T00:00', granularity: 'minute' },
      'day',
    ],
  ])('%s, and names the finest granularity', (_, asked, finest) => {
    const refusal = refusalOf(asked);
    expect(refusal.code).toBe('GRANULARITY_TOO_FINE');
    expect(refusal.message).toContain(`"${finest}"`);
    expect(() => ask({ ...asked, granularity: finest as Window['granularity'] })).not.toThrow();
  });

  it.each<[string, Asked, string]>([
    ['hours', { from: '2024-01-01T00:00', to: '2024-01-05T00:00', granularity: 'hour' }, '2024-03-31T00:00'],
    ['minutes', { from: '2024-11-01T00:00', to: '2024-11-02T00:00', granularity: 'minute' }, '2025-02-24T00:00'],
    [
      'filtered minutes',
      { from: '2025-12-01T00:00', to: '2025-12-02T00:00', granularity: 'minute', detailed: true },
      '2025-12-31T00:00',
    ],
    ['too many hours', { from: '2021-01-01T00:00', granularity: 'hour' }, '2024-03-31T00:00'],
    ['all', { from: '2024-01-01T00:00', to: '2024-01-05T00:00', granularity: 'minute' }, '2025-02-24T00:00'],
    [
      'days of Kolkata',
      { from: '2025-01-01T00:00', to: '2025-01-05T00:00', calendar: inZone('Asia/Kolkata') },
      '2025-02-24T00:00',
    ],
  ])('%s that are gone, and says since when they are kept', (_, asked, since) => {
    const { message, details } = refusalOf(asked);
    expect(`${message} ${details?.[0]?.message}`).toContain(`window that begins ${since}:00.000Z or later`);
    expect(() => ask({ ...asked, from: since, to: short(at(since) + DAY) })).not.toThrow();
  });

  it('too many points of what is kept, and does not speak of its age', () => {
    const { details } = refusalOf({ timeframe: '30d', granularity: 'minute' });
    expect(details).toMatchObject([{ message: 'Use hour or coarser, or a shorter window.' }]);
  });

  it('no window of as many points as there may be', () => {
    const asked = { from: '2026-03-01T00:00', to: '2026-03-08T15:20', granularity: 'minute' } as const;
    expect(pointsOf(ask(asked), null)).toHaveLength(MAX_POINTS);
  });

  it.each<[string, Asked]>([
    [
      'days of Berlin where hours are gone',
      { from: '2024-01-01T00:00', to: '2024-01-05T00:00', calendar: inZone('Europe/Berlin') },
    ],
    [
      'days of Kolkata where minutes are gone',
      { from: '2025-01-01T00:00', to: '2025-01-05T00:00', calendar: inZone('Asia/Kolkata') },
    ],
    [
      'hours of Kolkata where minutes are gone',
      { from: '2025-01-01T00:00', to: '2025-01-05T00:00', granularity: 'hour', calendar: inZone('Asia/Kolkata') },
    ],
    [
      'filtered days of Kolkata where raw events are gone',
      { timeframe: '1y', calendar: inZone('Asia/Kolkata'), detailed: true },
    ],
    [
      'filtered hours of Kathmandu where raw events are gone',
      { timeframe: '1y', granularity: 'hour', calendar: inZone('Asia/Kathmandu'), detailed: true },
    ],
  ])('%s, and names the time zone', (_, asked) => {
    const { code, message, details } = refusalOf(asked);
    // Where no coarser granularity fits either, it is the zone that does not.
    if (code === 'INVALID_PARAMETERS') expect(message).toContain(asked.calendar?.timezone);
    else expect(code).toBe('GRANULARITY_TOO_FINE');
    expect(`${message} ${details?.[0]?.message}`).toContain('or timezone=UTC');
    expect(() => ask({ ...asked, calendar: UTC_CALENDAR })).not.toThrow();
  });

  it.each<[string, Asked]>([
    ['an empty window', { from: '2026-03-01T00:00', to: '2026-03-01T00:00' }],
    ['a window that ends before it starts', { from: '2026-03-02T00:00', to: '2026-03-01T00:00' }],
    ['a window in the future', { from: '2026-04-01T00:00', to: '2026-04-02T00:00' }],
    ['a window that starts in the future', { from: '2026-04-01T00:00' }],
  ])('%s', (_, asked) => {
    const refusal = refusalOf(asked);
    expect(refusal.code).toBe('INVALID_PARAMETERS');
    expect(refusal.message).toMatch(/^from .* should be before/);
    expect(refusal.message.includes('now')).toBe(at(asked.to ?? '2099-01-01T00:00') > NOW);
  });
});

describe('pointsOf', () => {
  const points = (asked: Asked, lastWithData: string | null = null): string[] =>
    pointsOf(ask(asked), lastWithData === null ? null : at(lastWithData)).map(short);

  it('has one point a bucket up to now, and further ones only where there is data', () => {
    const asked = { timeframe: '7d', granularity: 'minute' } as const;
    expect(points(asked)).toHaveLength((7 * DAY + 21 * MINUTE) / MINUTE);
    expect(points(asked)[0]).toBe('2026-03-24T10:00');
    expect(points(asked).at(-1)).toBe('2026-03-31T10:20');
    expect(points(asked, '2026-03-31T10:22').at(-1)).toBe('2026-03-31T10:22');
    expect(points(asked, '2026-03-30T10:22').at(-1)).toBe('2026-03-31T10:20');
  });

  it('counts the bucket that begins now', () => {
    const now = at('2026-03-31T10:00');
    const starts = pointsOf(ask({ timeframe: '24h', granularity: 'hour', now }), null);
    expect([starts[0], starts.at(-1)]).toEqual([now - 24 * HOUR, now]);
  });

  it('ends before `to`', () => {
    const asked = { from: '2026-03-30T22:00', to: '2026-03-31T00:00', granularity: 'hour' } as const;
    expect(points(asked)).toEqual(['2026-03-30T22:00', '2026-03-30T23:00']);
    expect(points({ ...asked, to: '2026-03-31T00:00:01' }).at(-1)).toBe('2026-03-31T00:00');
  });

  it.each([
    ['Europe/Berlin', '2026-03-28T12:00', ['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00']],
    ['America/New_York', '2026-03-07T12:00', ['2026-03-07T05:00', '2026-03-08T05:00', '2026-03-09T04:00']],
    ['Asia/Kathmandu', '2026-03-07T12:00', ['2026-03-06T18:15', '2026-03-07T18:15', '2026-03-08T18:15']],
  ])('starts days in %s at local midnight, from %s on', (zone, from, expected) => {
    const to = short(at(from) + 2 * DAY);
    expect(points({ from, to, calendar: inZone(zone) })).toEqual(expected);
  });

  it('starts weeks on the day that was asked for', () => {
    const asked = { from: '2026-03-20T00:00', to: '2026-03-30T00:00', granularity: 'week' } as const;
    expect(points(asked)).toEqual(['2026-03-16T00:00', '2026-03-23T00:00']);
    const sundays: Calendar = { timezone: 'Europe/Berlin', weekStart: 'sunday' };
    expect(points({ ...asked, calendar: sundays })).toEqual([
      '2026-03-14T23:00',
      '2026-03-21T23:00',
      '2026-03-28T23:00',
    ]);
  });
});
