/** Random events for property tests. */
import fc from 'fast-check';
import type { OracleEvent } from '../support/usage-oracle';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long ago: spread over every scale that a timeframe looks at, and a little ahead. */
const age = fc.oneof(
  fc.integer({ min: -4 * MINUTE, max: 2 * MINUTE }),
  fc.integer({ min: 0, max: 70 * MINUTE }),
  fc.integer({ min: 0, max: 26 * 60 * MINUTE }),
  fc.integer({ min: 0, max: 8 * DAY }),
  fc.integer({ min: 0, max: 89 * DAY }),
);

const errorNames = ['not_found', 'server_error', 'card_declined'];

/** An event of one of the given keys, dated around `now`. */
export function anEvent(now: number, keyIds: [string, ...string[]]): fc.Arbitrary<OracleEvent> {
  return fc
    .record({
      keyId: fc.constantFrom(...keyIds),
      age,
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      endpoint: fc.constantFrom('/v1/users/{id}', '/v1/orders', '/v1/orders/{id}', '/', "/it's", '/ünï'),
      statusCode: fc.constantFrom(200, 200, 200, 201, 302, 400, 404, 429, 429, 500, 503),
      microseconds: fc.oneof(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.integer({ min: 0, max: 3_600_000_000 }),
      ),
      requestBytes: fc.nat(5_000),
      responseBytes: fc.nat(1_000_000),
      errorName: fc.constantFrom(...errorNames),
    })
    .map(({ age: ago, microseconds, errorName, ...event }) => ({
      ...event,
      timestamp: now - ago,
      latencyMs: microseconds / 1_000,
      errorType: event.statusCode < 400 ? '' : errorName,
    }));
}
