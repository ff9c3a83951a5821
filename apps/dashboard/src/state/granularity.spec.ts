/** Buckets that suit a period. */
import { defaultGranularity, granularitiesOf } from './granularity';
import { TIMEFRAMES } from './view';

const NOW = Date.parse('2026-11-22T12:00:00Z');

it('shows each timeframe by what reads well', () => {
  expect(TIMEFRAMES.map((timeframe) => [timeframe, defaultGranularity({ timeframe }, NOW)])).toEqual([
    ['1h', 'minute'],
    ['24h', 'hour'],
    ['7d', 'hour'],
    ['30d', 'day'],
    ['90d', 'day'],
    ['1y', 'week'],
    ['all', 'week'],
  ]);
});

it('goes by the length of a custom period, which without an end goes on to now', () => {
  const from = '2026-11-22T10:30:00Z';
  expect(defaultGranularity({ from, to: '2026-11-22T11:00:00Z' }, NOW)).toBe('minute');
  expect(defaultGranularity({ from: '2026-11-20', to: '2026-11-22' }, NOW)).toBe('hour');
  expect(defaultGranularity({ from: '2025-01-01' }, NOW)).toBe('week');
});

it('offers neither one bucket nor more than the service answers', () => {
  expect(granularitiesOf({ timeframe: '24h' }, NOW)).toEqual(['minute', 'hour']);
  expect(granularitiesOf({ timeframe: '7d' }, NOW)).toEqual(['minute', 'hour', 'day']);
  expect(granularitiesOf({ timeframe: '90d' }, NOW)).toEqual(['hour', 'day', 'week', 'month']);
});
