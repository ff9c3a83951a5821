import { DAY, HOUR, MINUTE, iso } from '@meterhouse/common';
import { cutByEvents, deletionSpan, reconcileRange, spanByRollup } from './range';

const NOW = Date.parse('2026-03-31T10:20:30.400Z');
const TODAY = Date.parse('2026-03-31');
const RETENTION = { rawDays: 90, minuteDays: 30, hourDays: 730 };

describe('the range of a reconcile', () => {
  const range = (from?: string, to?: string) => reconcileRange(from, to, NOW, RETENTION);

  it('is by default every day of which all raw events are kept', () => {
    expect(range()).toEqual({ from: TODAY - 90 * DAY, to: TODAY + DAY });
  });

  it('takes in tomorrow when events may be dated there', () => {
    expect(reconcileRange(undefined, undefined, TODAY + DAY - 4 * MINUTE, RETENTION).to).toBe(TODAY + 2 * DAY);
  });

  it('is rounded to whole days, outwards', () => {
    const day = { from: Date.parse('2026-03-02'), to: Date.parse('2026-03-03') };
    expect(range('2026-03-02', '2026-03-03')).toEqual(day);
    expect(range('2026-03-02T23:59:59.999Z', '2026-03-02T23:59:59.999Z')).toEqual(day);
    expect(range('2026-03-30T12:00:00Z', iso(NOW))).toEqual({ from: TODAY - DAY, to: TODAY + DAY });
  });

  it.each([
    [iso(TODAY - 90 * DAY - 1), undefined, 'from should be 2025-12-31T00:00:00.000Z or after'],
    [undefined, iso(TODAY + DAY + 1), 'to should be 2026-04-01T00:00:00.000Z or before'],
    ['2026-03-03', '2026-03-03', 'to should be after from'],
    ['2026-03-04', '2026-03-03', 'to should be after from'],
  ])('refuses %s to %s', (from, to, message) => {
    expect(() => range(from, to)).toThrow(message);
  });

  it('is cut to what each rollup keeps', () => {
    const spans = (retention: typeof RETENTION) =>
      Object.fromEntries(spanByRollup(range(), NOW, retention).map(({ rollup, span }) => [rollup, span]));
    const days = (count: number) => ({ from: TODAY - count * DAY, to: TODAY + DAY });
    expect(spans(RETENTION)).toEqual({
      traffic_minute: days(30),
      traffic_hour: days(90),
      usage_hour: days(90),
      usage_day: days(90),
    });
    expect(spans({ rawDays: 90, minuteDays: 400, hourDays: 20 })).toEqual({
      traffic_minute: days(90),
      traffic_hour: days(20),
      usage_hour: days(20),
      usage_day: days(90),
    });
    const [minute] = spanByRollup(range('2026-01-01', '2026-01-05'), NOW, RETENTION);
    expect(cutByEvents(minute?.span ?? { from: 0, to: 1 }, new Map())).toEqual([]);
  });
});

it('cuts days into spans of a million events', () => {
  const events = new Map([300_000, 700_000, 1, 5_000_000, 0, 2].map((count, index) => [index * DAY, count]));
  expect(cutByEvents({ from: 0, to: 7 * DAY }, events)).toEqual([
    { from: 0, to: 2 * DAY },
    { from: 2 * DAY, to: 3 * DAY },
    { from: 3 * DAY, to: 4 * DAY },
    { from: 4 * DAY, to: 7 * DAY },
  ]);
});

describe('the span of a deletion', () => {
  const span = (from?: string, to?: string) => deletionSpan(from, to, NOW, RETENTION);

  it('is exact, open where nothing is given, and everything when nothing is', () => {
    expect(span()).toBeNull();
    expect(span('2026-03-02T01:02:03.004Z')).toEqual({ from: Date.parse('2026-03-02T01:02:03.004Z'), to: TODAY + DAY });
    expect(span(undefined, '2026-03-02T00:00:00.001Z')).toEqual({ from: 0, to: Date.parse('2026-03-02') + 1 });
  });

  it.each([
    [iso(TODAY - 90 * DAY - HOUR), undefined, 'from should be 2025-12-31T00:00:00.000Z or after'],
    [undefined, iso(TODAY - 90 * DAY - HOUR), 'to should be 2025-12-31T00:00:00.000Z or after'],
    ['2026-03-03', '2026-03-03', 'to should be after from'],
    ['2026-05-03', undefined, 'to should be after from'],
  ])('refuses %s to %s', (from, to, message) => {
    expect(() => span(from, to)).toThrow(message);
  });
});
