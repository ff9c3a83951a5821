import fc from 'fast-check';
import type { UsageEvent } from '../event/event';
import { toRows } from './event-rows';

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ maxLength }),
    fc.string({ unit: 'binary', maxLength }),
    fc.string({ unit: 'grapheme', maxLength }),
  );

const half = fc.oneof(fc.nat({ max: 12 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(2 ** 32 - 1));

const event: fc.Arbitrary<UsageEvent> = fc.record({
  accountId: text(128),
  keyId: text(128),
  id: text(128),
  hasClientId: fc.boolean(),
  timestamp: fc.integer({ min: 0, max: 4e12 }),
  method: fc.constantFrom('GET', 'POST', 'M-SEARCH'),
  endpoint: text(256),
  statusCode: fc.integer({ min: 100, max: 599 }),
  latencyMs: fc.oneof(fc.integer({ min: 0, max: 3_600_000 }), fc.double({ min: 0, max: 3_600_000, noNaN: true })),
  requestBytes: fc.nat({ max: 2 ** 40 }),
  responseBytes: fc.oneof(fc.nat({ max: 20 }), fc.constantFrom(9, 10, 99, 100, 999, 1_000, 2 ** 32, 2 ** 40)),
  errorType: text(64),
  pathHash: fc.record({ high: half, low: half }),
});

it('writes what JSON.stringify would, a line an event', () => {
  const expected = (one: UsageEvent): string =>
    JSON.stringify([
      one.accountId,
      one.keyId,
      one.id,
      one.hasClientId,
      (one.timestamp / 1_000).toFixed(3),
      one.method,
      one.endpoint,
      one.statusCode,
      Math.round(one.latencyMs * 1_000),
      one.requestBytes,
      one.responseBytes,
      one.errorType,
      'HASH',
    ]).replace('"HASH"', String((BigInt(one.pathHash.high) << 32n) | BigInt(one.pathHash.low)));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      expect(toRows(events).text.toString('utf8')).toBe(events.map(expected).join('\n'));
    }),
    { numRuns: 300 },
  );
});
