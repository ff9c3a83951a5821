/** Random events for property tests. */
import fc from 'fast-check';
import type { UsageEvent } from '../../apps/api/src/ingest/event/event';
import type { OracleEvent } from '../support/usage-oracle';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const ENDPOINTS = ['/v1/users/{id}', '/v1/orders', '/v1/orders/{id}', '/', "/it's", '/ünï'] as const;
export const METHODS = ['GET', 'POST', 'DELETE'] as const;
export const STATUS_CODES = [101, 200, 200, 200, 201, 302, 400, 404, 429, 429, 500, 503] as const;
export const ERROR_TYPES = ['not_found', 'server_error', 'card_declined', '=1+1'] as const;

/** How long ago: spread over every scale that a timeframe looks at, and a little ahead. */
const age = fc.oneof(
  fc.integer({ min: -4 * MINUTE, max: 2 * MINUTE }),
  fc.integer({ min: 0, max: 70 * MINUTE }),
  fc.integer({ min: 0, max: 26 * HOUR }),
  fc.integer({ min: 0, max: 8 * DAY }),
  fc.integer({ min: 0, max: 89 * DAY }),
);

/** An event of one of the given keys, dated around `now`, or when `at` says. */
export function anEvent(
  now: number,
  keyIds: [string, ...string[]],
  at: fc.Arbitrary<number> = age.map((ago) => now - ago),
): fc.Arbitrary<OracleEvent> {
  return fc
    .record({
      keyId: fc.constantFrom(...keyIds),
      timestamp: at,
      method: fc.constantFrom(...METHODS),
      endpoint: fc.constantFrom(...ENDPOINTS),
      statusCode: fc.constantFrom(...STATUS_CODES),
      microseconds: fc.oneof(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.integer({ min: 0, max: 3_600_000_000 }),
      ),
      requestBytes: fc.nat(5_000),
      responseBytes: fc.nat(1_000_000),
      errorName: fc.constantFrom(...ERROR_TYPES),
    })
    .map(({ microseconds, errorName, ...event }) => ({
      ...event,
      latencyMs: microseconds / 1_000,
      errorType: event.statusCode < 400 ? '' : errorName,
    }));
}

/** A plain request of a key at an instant. */
export function aRequest(keyId: string, timestamp: number): OracleEvent {
  return {
    keyId,
    timestamp,
    method: 'GET',
    endpoint: '/v1/orders',
    statusCode: 200,
    latencyMs: 10,
    requestBytes: 1,
    responseBytes: 1,
    errorType: '',
  };
}

/** What a sender must say of an event, and what is said beside. */
export function aSentEvent(more: Record<string, unknown> = {}): Record<string, unknown> {
  return { method: 'GET', endpoint: '/v1/orders/4711', statusCode: 200, latencyMs: 12.5, ...more };
}

/** An event that is ready to be written, of now. */
export function aUsageEvent(change: Partial<UsageEvent> = {}): UsageEvent {
  return {
    accountId: 'account',
    keyId: 'key',
    id: 'id',
    hasClientId: true,
    timestamp: Date.now(),
    method: 'GET',
    endpoint: '/',
    pathHash: { high: 0, low: 7 },
    statusCode: 200,
    latencyMs: 10,
    requestBytes: 1,
    responseBytes: 2,
    errorType: '',
    ...change,
  };
}

/** Instants close to some that matter: a millisecond, minutes and hours before and after. */
export function anInstantNear(...instants: [number, ...number[]]): fc.Arbitrary<number> {
  const distance = fc.oneof(
    fc.constantFrom(-1, 0, 1),
    fc.integer({ min: -90 * MINUTE, max: 90 * MINUTE }),
    fc.integer({ min: -30 * HOUR, max: 30 * HOUR }),
  );
  return fc.tuple(fc.constantFrom(...instants), distance).map(([instant, by]) => instant + by);
}
