/** The timeframes with their names and keys. */
import type { Timeframe } from '../state/view';

export const PERIODS: readonly { value: Timeframe; label: string; name: string; key: string }[] = [
  { value: '1h', label: '1h', name: 'Last hour', key: 'h' },
  { value: '24h', label: '24h', name: 'Last 24 hours', key: 'd' },
  { value: '7d', label: '7d', name: 'Last 7 days', key: 'w' },
  { value: '30d', label: '30d', name: 'Last 30 days', key: 'm' },
  { value: '90d', label: '90d', name: 'Last 90 days', key: 'q' },
  { value: '1y', label: '1y', name: 'Last year', key: 'y' },
  { value: 'all', label: 'All', name: 'All time', key: 'a' },
];
