import fc from 'fast-check';
import { parseDate, parseDateOrInstant, parseInstant } from './instant';

describe('parseInstant', () => {
  it.each([
    ['2026-03-02T10:15:30.000Z', Date.UTC(2026, 2, 2, 10, 15, 30)],
    ['2026-03-02T10:15:30Z', Date.UTC(2026, 2, 2, 10, 15, 30)],
    ['2026-03-02T10:15Z', Date.UTC(2026, 2, 2, 10, 15)],
    ['2026-03-02T10:15:30.5Z', Date.UTC(2026, 2, 2, 10, 15, 30, 500)],
    ['2026-03-02T10:15:30.123999999Z', Date.UTC(2026, 2, 2, 10, 15, 30, 123)],
    ['2026-03-02T10:15:30+05:30', Date.UTC(2026, 2, 2, 4, 45, 30)],
    ['2026-03-02T23:15:30-0130', Date.UTC(2026, 2, 3, 0, 45, 30)],
    ['2026-03-02t10:15:30.5z', Date.UTC(2026, 2, 2, 10, 15, 30, 500)],
    ['2026-03-02T10:15:30+00', Date.UTC(2026, 2, 2, 10, 15, 30)],
    ['2026-03-02T10:15:30-05', Date.UTC(2026, 2, 2, 15, 15, 30)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '2026-03-02',
    '2026-03-02T10:15:30',
    '2026-03-02 10:15:30Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-03-00T00:00:00Z',
    '2026-03-02T24:00:00Z',
    '2026-03-02T10:60:00Z',
    '2026-03-02T10:15:60Z',
    '2026-03-02T10:15:30+24:00',
    '2026-03-02T10:15:30+24',
    '2026-03-02T10:15:30+1',
    '2026-03-02T10:15:30+00:',
    '1772446530000',
    'now',
    '',
    ' 2026-03-02T10:15:30Z',
    '2026-03-02T10:15:30Z\n',
  ])('refuses "%s"', (text) => {
    expect(parseInstant(text)).toBeNaN();
  });

  it('agrees with Date on every instant it writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseInstant(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('parseDate and parseDateOrInstant', () => {
  it('read a date as midnight UTC', () => {
    for (const parse of [parseDate, parseDateOrInstant]) {
      expect(parse('2026-03-01')).toBe(Date.UTC(2026, 2, 1));
      expect(parse('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
    }
  });

  it('differ in instants', () => {
    expect(parseDate('2026-03-01T02:00:00+02:00')).toBeNaN();
    expect(parseDateOrInstant('2026-03-01T02:00:00+02:00')).toBe(Date.UTC(2026, 2, 1));
  });

  it.each(['', '2026-02-30', '2026-3-1', '2026-03-01T00:00', '2026-03-01\n', 'today', '1770000000000'])(
    'refuse "%s"',
    (text) => {
      expect(parseDate(text)).toBeNaN();
      expect(parseDateOrInstant(text)).toBeNaN();
    },
  );
});
