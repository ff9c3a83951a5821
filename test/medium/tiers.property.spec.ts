/**
 * `GET /usage/tiers` against the limiter itself: the same requests, one by one, through the counters that calls are counted
 * in. Real: HTTP, guards, validation, the engine with its rollups, `MemoryCallCounters`. Not real: the clock, the socket.
 */
import fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND, floorTo, iso } from '@meterhouse/common';
import { TIERS, limitsOf } from '../../apps/api/src/auth/key';
import { MemoryCallCounters } from '../../apps/api/src/rate-limiting/memory-call-counters';
import { windowLimitsOf } from '../../apps/api/src/rate-limiting/call-counters';
import { TiersModule } from '../../apps/api/src/tiers/tiers.module';
import { aRequest } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';

const RUNS = 30;

const api = useKeysApi(TiersModule);
let runs = 0;

const aLimit = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: null });
const aRateLimit = fc.record({
  requestsPerMinute: aLimit(8),
  requestsPerHour: aLimit(20),
  requestsPerDay: aLimit(40),
});

/** Some requests at once or over some minutes, around the edges of hours and of days. */
const aBurst = fc.record({
  key: fc.constantFrom(0, 1),
  start: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 1, 9, 23), fc.integer({ min: 0, max: HOUR - 1 }))
    .map(([days, hours, rest]) => floorTo('day', NOW) - days * DAY + hours * HOUR + rest)
    .filter((at) => at < NOW),
  spread: fc.constantFrom(0, SECOND, 20 * SECOND, 7 * MINUTE),
  requests: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 50, max: 90 })),
});

interface Refused {
  throttledRequests: number;
  throttledMinutes: number;
  throttledDays: number;
  worst: { at: string; requests: number } | null;
}

/** What the limiter refuses of requests at these instants. */
async function refused(instants: readonly number[], limits: Parameters<typeof windowLimitsOf>[0]): Promise<Refused> {
  const counters = new MemoryCallCounters();
  const budget = { subject: { kind: 'key', id: 'key' } as const, limits: windowLimitsOf(limits) };
  const minutes = new Map<number, number>();
  for (const at of [...instants].sort((a, b) => a - b)) {
    const { allowed } = await counters.consume([budget], at);
    if (!allowed) minutes.set(floorTo('minute', at), (minutes.get(floorTo('minute', at)) ?? 0) + 1);
  }
  const counts = [...minutes];
  const most = Math.max(...minutes.values());
  const worst = counts.find(([, requests]) => requests === most);
  return {
    throttledRequests: counts.reduce((sum, [, requests]) => sum + requests, 0),
    throttledMinutes: counts.length,
    throttledDays: new Set(counts.map(([minute]) => floorTo('day', minute))).size,
    worst: worst ? { at: iso(worst[0]), requests: worst[1] } : null,
  };
}

it('refuses what the limiter refuses, whatever the limits and however rows came in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aBurst, { minLength: 1, maxLength: 25 }),
      fc.tuple(aRateLimit, aRateLimit),
      aRateLimit.filter((limit) => Object.values(limit).some((of) => of !== null)),
      async (bursts, own, custom) => {
        const accountId = `tiers-${runs++}`;
        const keys = [
          await api.make({ accountId, tier: 'enterprise', rateLimit: own[0] }),
          await api.make({ accountId, tier: 'enterprise', rateLimit: own[1] }),
        ];
        const sent = bursts.flatMap(({ key, start, spread, requests }) =>
          Array.from({ length: requests }, (_, n) => ({ key, at: start + n * spread })).filter(({ at }) => at < NOW),
        );
        // Each of its own, or the engine takes the second insert for a repetition of the first.
        const events = sent.map(({ key, at }, index) => ({ ...aRequest(keys[key]?.id ?? '', at), latencyMs: index }));
        // Several inserts: rows of a minute that are not merged yet.
        for (const part of [0, 1]) {
          await insertEvents(
            api.clickhouse,
            accountId,
            events.filter((_, index) => index % 2 === part),
          );
        }
        const given = new URLSearchParams({ accountId, timeframe: '7d' });
        for (const [name, limit] of Object.entries(custom)) if (limit !== null) given.set(name, String(limit));
        const { body } = await api.call(ADMIN, 'GET', `/usage/tiers?${given.toString()}`);
        for (const [index, key] of keys.entries()) {
          const instants = sent.flatMap(({ key, at }) => (key === index ? [at] : []));
          const found = body.keys.find(({ keyId }: { keyId: string }) => keyId === key.id);
          const rateLimit = own[index] ?? custom;
          const byTier = [];
          for (const tier of TIERS) {
            const limit = limitsOf({ tier, rateLimit });
            byTier.push({ tier, limit, ...(await refused(instants, limit)) });
          }
          expect(found).toMatchObject({
            requests: instants.length,
            byTier,
            custom: { limit: custom, ...(await refused(instants, custom)) },
            fits: byTier.find(({ throttledRequests }) => throttledRequests === 0)?.tier ?? null,
          });
        }
      },
    ),
    { numRuns: RUNS },
  );
});
