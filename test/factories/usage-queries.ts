/** Random queries of `GET /usage` for property tests. */
import fc from 'fast-check';
import type { OracleQuery } from '../support/usage-oracle';
import { ENDPOINTS, ERROR_TYPES, METHODS, STATUS_CODES, anInstantNear } from './events';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Zones off the hour, and zones that change their clocks: in both hemispheres, at midnight, by half an hour and by two. */
const SPECIAL_ZONES = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Eucla',
  'Australia/Adelaide',
  'Pacific/Chatham',
  'Pacific/Marquesas',
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'America/St_Johns',
  'America/New_York',
  'America/Havana',
  'America/Santiago',
  'America/Asuncion',
  'America/Nuuk',
  'Antarctica/Troll',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Tehran',
  'Europe/Berlin',
  'Europe/London',
];

export const aTimezone = fc.oneof(
  { weight: 1, arbitrary: fc.constant('UTC') },
  { weight: 4, arbitrary: fc.constantFrom(...SPECIAL_ZONES) },
  { weight: 4, arbitrary: fc.constantFrom(...Intl.supportedValuesOf('timeZone')) },
);

/** Some of the values, mostly none. */
function someOf<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  const some = fc.subarray([...new Set(values)], { minLength: 1, maxLength: 3 });
  return fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: some });
}

/** From any instant to a later one, to none, or to one that is to come; as instants, or whole minutes and hours. */
function someWindow(now: number, near: [number, ...number[]]): fc.Arbitrary<Pick<OracleQuery, 'from' | 'to'>> {
  const exact = fc.oneof(
    anInstantNear(...near),
    fc.integer({ min: 1, max: 89 * DAY }).map((ago) => now - ago),
    fc.integer({ min: 1, max: 900 * DAY }).map((ago) => now - ago),
  );
  const edge = fc
    .tuple(exact, fc.constantFrom(1, MINUTE, 15 * MINUTE, HOUR, DAY))
    .map(([at, step]) => at - (at % step));
  const length = fc.oneof(fc.integer({ min: 1, max: 2 * DAY }), fc.integer({ min: 1, max: 100 * DAY }));
  const to = fc.oneof(fc.constant(undefined), edge, length, fc.constant(now + DAY));
  return fc
    .tuple(edge, to)
    .map(([from, end]) => ({ from, ...(end === undefined ? {} : { to: end < 200 * DAY ? from + end : end }) }))
    .filter(({ from, to: end = now }) => from < Math.min(end, now));
}

/**
 * Any window, filter and grouping.
 * @param near instants that edges keep close to
 */
export function aUsageQuery(now: number, keyIds: string[], near: [number, ...number[]]): fc.Arbitrary<OracleQuery> {
  const timeframe = fc.constantFrom('1h', '24h', '7d', '30d', '90d', '1y', 'all').map((name) => ({ timeframe: name }));
  const window = fc.oneof({ weight: 1, arbitrary: timeframe }, { weight: 3, arbitrary: someWindow(now, near) });
  const codes = [...STATUS_CODES.map(String), '2xx', '3xx', '4xx', '5xx', '1xx'];
  return fc
    .record({
      window,
      granularity: fc.constantFrom('minute', 'hour', 'day', 'day', 'day', 'week', 'month'),
      timezone: aTimezone,
      weekStart: fc.constantFrom('monday', 'sunday'),
      keyIds: someOf(keyIds),
      endpoints: someOf(ENDPOINTS),
      methods: someOf(METHODS),
      statusCodes: someOf(codes),
      errorTypes: someOf(ERROR_TYPES),
      groupBy: someOf(['endpoint', 'method', 'statusCode', 'key']).map((names) => names.slice(0, 2)),
    })
    .map(({ window: given, ...query }) => ({ ...query, ...given, now }));
}
