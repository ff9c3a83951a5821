/** Buckets of a zone, also where its clocks change; the days of the changes are from the IANA time zone database. */
import fc from 'fast-check';
import { bucketEnd, clocksOf, instantOf, instantsOf, wallOf } from './zone';

const HOUR = 3_600_000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Chatham'];

const anyMinute = fc
  .integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })
  .map((at) => at * 60_000);

it.each([
  ['a day', 'Europe/Berlin', '2026-06-01T00:00:00+02:00', 24],
  ['the day on which clocks go forward', 'Europe/Berlin', '2026-03-29T00:00:00+01:00', 23],
  ['the day on which clocks go back', 'Europe/Berlin', '2026-10-25T00:00:00+02:00', 25],
  ['a change of half an hour', 'Australia/Lord_Howe', '2026-04-05T00:00:00+11:00', 24.5],
  ['a day that begins at one, for its midnight is skipped', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00', 23],
  ['the day before it', 'America/Sao_Paulo', '2018-11-03T00:00:00-03:00', 24],
])('%s of %s has as many hours as it has', (_, zone, start, hours) => {
  expect((bucketEnd(Date.parse(start), 'day', zone) - Date.parse(start)) / HOUR).toBe(hours);
});

it('ends weeks and months at midnight of the zone', () => {
  const end = (start: string, granularity: 'week' | 'month'): string =>
    new Date(bucketEnd(Date.parse(start), granularity, 'Europe/Berlin')).toISOString();
  expect(end('2026-03-23T00:00:00+01:00', 'week')).toBe('2026-03-29T22:00:00.000Z');
  expect(end('2026-10-01T00:00:00+02:00', 'month')).toBe('2026-10-31T23:00:00.000Z');
  expect(end('2026-12-01T00:00:00+01:00', 'month')).toBe('2026-12-31T23:00:00.000Z');
});

it('gives both hours of a clock that goes back an end of their own', () => {
  const first = Date.parse('2026-10-25T00:00:00Z');
  expect(bucketEnd(first, 'hour', 'Europe/Berlin')).toBe(first + HOUR);
  expect(wallOf(first, 'Europe/Berlin')).toEqual(wallOf(first + HOUR, 'Europe/Berlin'));
});

it('finds the instant of what a clock shows, the first where it shows it twice', () => {
  fc.assert(
    fc.property(anyMinute, fc.constantFrom(...ZONES), (minute, zone) => {
      const found = instantOf(wallOf(minute, zone), zone);
      expect(wallOf(found, zone)).toEqual(wallOf(minute, zone));
      expect(found).toBeLessThanOrEqual(minute);
    }),
  );
});

it('makes days that follow each other without a gap, each shown as the next date', () => {
  fc.assert(
    fc.property(anyMinute, fc.constantFrom(...ZONES), (minute, zone) => {
      const { year, month, day } = wallOf(minute, zone);
      const start = instantOf({ year, month, day, hour: 0, minute: 0 }, zone);
      const next = bucketEnd(start, 'day', zone);
      expect([start <= minute, minute < next]).toEqual([true, true]);
      const date = new Date(Date.UTC(year, month - 1, day + 1));
      expect(wallOf(next, zone)).toMatchObject({ month: date.getUTCMonth() + 1, day: date.getUTCDate() });
    }),
  );
});

it('knows the clocks of many instants as of each', () => {
  const spans = fc.record({
    start: anyMinute,
    step: fc.constantFrom(1, 30, 60, 24 * 60),
    zone: fc.constantFrom(...ZONES),
  });
  fc.assert(
    fc.property(spans, ({ start, step, zone }) => {
      const instants = Array.from({ length: 60 }, (_, index) => start + index * step * 60_000);
      const each = instants
        .map((at) => wallOf(at, zone))
        .map(({ year, month, day, hour, minute }) => Date.UTC(year, month - 1, day, hour, minute));
      expect(clocksOf(instants, zone)).toEqual(each);
    }),
  );
});

it.each([
  ['once', '2026-10-24T02:30', ['2026-10-24T00:30:00.000Z']],
  ['twice where clocks go back', '2026-10-25T02:30', ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']],
  ['never where clocks go forward', '2026-03-29T02:30', []],
])('a clock shows a time %s', (_, text, instants) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  const found = instantsOf({ year, month, day, hour, minute }, 'Europe/Berlin');
  expect(found.map((at) => new Date(at).toISOString())).toEqual(instants);
});
