import { ApiException, DAY, HOUR, MINUTE } from '@meterhouse/common';
import { pointsOf, windowOf } from './window';

const RETENTION = { minuteDays: 30, hourDays: 730 };
const NOW = Date.parse('2026-03-31T10:20:30.400Z');

const at = (text: string): number => Date.parse(text);

describe('windowOf', () => {
  it.each([
    ['1h', 'minute', '2026-03-31T09:20:00Z', '2026-03-31T10:21:00Z', 'minute'],
    ['24h', 'hour', '2026-03-30T10:20:00Z', '2026-03-31T10:21:00Z', 'minute'],
    ['7d', 'day', '2026-03-24T10:00:00Z', '2026-03-31T11:00:00Z', 'hour'],
    ['7d', 'minute', '2026-03-24T10:00:00Z', '2026-03-31T11:00:00Z', 'minute'],
    ['30d', 'week', '2026-03-01T10:00:00Z', '2026-03-31T11:00:00Z', 'hour'],
    ['90d', 'hour', '2025-12-31T10:00:00Z', '2026-03-31T11:00:00Z', 'hour'],
    ['1y', 'month', '2025-03-31T00:00:00Z', '2026-04-01T00:00:00Z', 'day'],
    ['1y', 'hour', '2025-03-31T00:00:00Z', '2026-04-01T00:00:00Z', 'hour'],
  ] as const)('%s by %s reads from %s to %s at the %s rollup', (timeframe, granularity, from, readTo, resolution) => {
    const window = windowOf(timeframe, granularity, NOW, null, RETENTION);
    expect(window).toMatchObject({ from: at(from), readTo: at(readTo), to: NOW, resolution });
  });

  it('begins with the first event of `all`, or today when there is none', () => {
    const first = at('2024-02-29T00:00:00Z');
    expect(windowOf('all', 'month', NOW, first, RETENTION).from).toBe(first);
    expect(windowOf('all', 'month', NOW, null, RETENTION).from).toBe(at('2026-03-31T00:00:00Z'));
  });

  it.each([
    ['30d', 'minute', 'hour', null],
    ['1y', 'minute', 'hour', null],
    ['all', 'hour', 'day', at('2023-01-01T00:00:00Z')],
  ] as const)('refuses %s by %s and names %s', (timeframe, granularity, finest, first) => {
    const attempt = () => windowOf(timeframe, granularity, NOW, first, RETENTION);
    expect(attempt).toThrow(ApiException);
    expect(attempt).toThrow(`"${finest}"`);
  });

  it('refuses a granularity whose rollup is no longer kept', () => {
    expect(() => windowOf('7d', 'minute', NOW, null, { minuteDays: 3, hourDays: 730 })).toThrow('"hour"');
  });
});

describe('pointsOf', () => {
  it('has one point a bucket up to now, and further ones only where there is data', () => {
    const window = windowOf('7d', 'minute', NOW, null, RETENTION);
    const points = pointsOf(window, null);
    expect(points[0]).toBe(at('2026-03-24T10:00:00Z'));
    expect(points.at(-1)).toBe(at('2026-03-31T10:20:00Z'));
    expect(points).toHaveLength((7 * DAY + 21 * MINUTE) / MINUTE);
    expect(pointsOf(window, at('2026-03-31T10:22:00Z')).at(-1)).toBe(at('2026-03-31T10:22:00Z'));
  });

  it('counts the bucket that begins now', () => {
    const now = at('2026-03-31T10:00:00Z');
    const points = pointsOf(windowOf('24h', 'hour', now, null, RETENTION), null);
    expect(points.at(-1)).toBe(now);
    expect(points[0]).toBe(now - 24 * HOUR);
  });
});
