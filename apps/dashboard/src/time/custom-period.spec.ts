/** Periods by days and times of a zone's clock. */
import fc from 'fast-check';
import { type End, endsOf, isTwice, periodOf } from './custom-period';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const BERLIN = 'Europe/Berlin';
const end = (text: string, later = false): End => {
  const [date = '', time = ''] = text.split(' ');
  return { date, time, later };
};
const chosen = (from: string, to: string, zone = BERLIN) => periodOf(end(from), end(to), zone, NOW);

it('keeps whole days as days, both included', () => {
  expect(chosen('2026-11-01', '2026-11-07')).toEqual({ period: { from: '2026-11-01', to: '2026-11-08' } });
});

it('ends now where it reaches to today, or past it', () => {
  expect(chosen('2026-11-01', '2026-11-28')).toEqual({ period: { from: '2026-11-01' } });
  expect(chosen('2026-11-28 08:00', '2026-11-28 23:00')).toEqual({ period: { from: '2026-11-28T07:00:00.000Z' } });
});

it('takes times of the zone', () => {
  expect(chosen('2026-11-01 08:30', '2026-11-01 09:00')).toEqual({
    period: { from: '2026-11-01T07:30:00.000Z', to: '2026-11-01T08:00:00.000Z' },
  });
  expect(chosen('2026-11-01 08:30', '2026-11-01')).toEqual({
    period: { from: '2026-11-01T07:30:00.000Z', to: '2026-11-01T23:00:00.000Z' },
  });
});

it('asks which is meant of a time that comes twice', () => {
  const twice = '2026-10-25 02:30';
  expect([isTwice(end(twice), BERLIN), isTwice(end('2026-10-24 02:30'), BERLIN)]).toEqual([true, false]);
  const both = periodOf(end(twice), end(twice, true), BERLIN, NOW);
  expect(both).toEqual({ period: { from: '2026-10-25T00:30:00.000Z', to: '2026-10-25T01:30:00.000Z' } });
});

it.each([
  ['a time that clocks jump over', '2026-03-29 02:30', '2026-03-30', 'from', /jump over 02:30: choose 03:00 or later/],
  ['an end before its start', '2026-11-07', '2026-11-01', 'to', /not after the start/],
  ['an end at its start', '2026-11-07 10:00', '2026-11-07 10:00', 'to', /not after the start/],
  ['a start in the future', '2026-11-29', '2026-11-30', 'from', /begins in the future/],
  ['no day', '', '2026-11-30', 'from', /missing/],
])('refuses %s', (_, from, to, which, problem) => {
  const found = chosen(from, to);
  expect(found).toMatchObject({ end: which });
  expect('problem' in found && found.problem).toMatch(problem);
});

it('opens with the period that is shown', () => {
  const ends = (from: string, to?: string) => endsOf(to === undefined ? { from } : { from, to }, BERLIN, NOW);
  expect(ends('2026-11-01', '2026-11-08')).toEqual({ from: end('2026-11-01'), to: end('2026-11-07') });
  expect(ends('2026-11-01')).toEqual({ from: end('2026-11-01'), to: end('2026-11-28') });
  expect(endsOf({ timeframe: '24h' }, BERLIN, NOW)).toEqual({ from: end('2026-11-22'), to: end('2026-11-28') });
});

it('gives back any period of minutes that it opened with', () => {
  const minute = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: NOW / 60_000 - 1 }).map((at) => at * 60_000);
  const zone = fc.constantFrom('UTC', BERLIN, 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
  fc.assert(
    fc.property(minute, minute, zone, (one, other, where) => {
      fc.pre(one !== other);
      const [from, to] = [Math.min(one, other), Math.max(one, other)].map((at) => new Date(at).toISOString());
      const period = { from: from ?? '', to: to ?? '' };
      const ends = endsOf(period, where, NOW);
      expect(periodOf(ends.from, ends.to, where, NOW)).toEqual({ period });
    }),
  );
});
