/**
 * GET /usage against a plain oracle over random events, for every timeframe and granularity.
 * Real: the engine, the schema and its views, the service with its modules. Not real: the clock, which stands still.
 */
import fc from 'fast-check';
import { GRANULARITIES, TIMEFRAMES, WEEK_STARTS } from '@meterhouse/common';
import { ApiException } from '../../apps/api/src/http/api-exception';
import { anEvent } from '../factories/events';
import { aTimezone } from '../factories/usage-queries';
import type { OracleQuery } from '../support/usage-oracle';
import { expectAgrees } from './usage-expect';
import { type UsageFixture, aQuery, openUsage, parametersOf } from './usage-fixture';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 31, 10);

describe('GET /usage against the oracle', () => {
  let usage: UsageFixture;

  beforeAll(async () => {
    usage = await openUsage(NOW);
  });
  afterAll(() => usage.close());

  it('equals what plain code finds, for every timeframe and granularity', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3 * HOUR).chain((later) =>
          fc.record({
            now: fc.constant(NOW + later),
            events: fc.array(anEvent(NOW + later, ['k1', 'k2', 'k3']), { minLength: 60, maxLength: 120 }),
          }),
        ),
        fc.integer({ min: 1, max: 50 }),
        aTimezone,
        fc.constantFrom(...WEEK_STARTS),
        async ({ now, events }, batch, timezone, weekStart) => {
          usage.clock.at = now;
          const account = await usage.account();
          const own = events.map((event) => ({ ...event, keyId: `${account.id}-${event.keyId}` }));
          await usage.insert(account.id, own, batch);
          const check = async (given: Partial<OracleQuery>): Promise<void> => {
            const query = aQuery({ now, ...given });
            const answer = await usage.ask(account.id, parametersOf(query)).catch((error: unknown) => {
              if (error instanceof ApiException && error.code === 'GRANULARITY_TOO_FINE') return null;
              throw error;
            });
            if (answer) expectAgrees(answer, query, own);
          };
          for (const timeframe of TIMEFRAMES) {
            for (const granularity of GRANULARITIES) {
              // The account is known by now, and short windows are scanned.
              if (timeframe !== '1h') usage.readRollups(granularity.length % 2 === 0);
              await check({ timeframe, granularity, timezone, weekStart });
            }
            usage.readTop(true);
            await check({ timeframe, granularity: 'day', timezone, weekStart });
            await check({ timeframe, granularity: 'day', methods: ['GET', 'POST'], statusCodes: ['200', '5xx'] });
            usage.readTop(false);
          }
          await check({ timeframe: '30d', granularity: 'day', keyIds: [account.keyIds[1]] });
        },
      ),
      { numRuns: 5 },
    );
  });

  it('answers the same whatever the order and the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent(NOW, ['k1', 'k2']), { minLength: 20, maxLength: 60 }).chain((events) =>
          fc.record({
            events: fc.constant(events),
            shuffled: fc.shuffledSubarray(events, { minLength: events.length }),
          }),
        ),
        async ({ events, shuffled }) => {
          usage.clock.at = NOW;
          const [a, b] = [await usage.account(), await usage.account()];
          await usage.insert(a.id, events);
          await usage.insert(b.id, shuffled, 1);
          for (const timeframe of ['24h', '90d', 'all']) {
            const query = { timeframe, granularity: 'day', timezone: 'Asia/Kolkata', groupBy: 'endpoint,method' };
            expect(withoutKeys(await usage.ask(a.id, query))).toEqual(withoutKeys(await usage.ask(b.id, query)));
          }
        },
      ),
      { numRuns: 3 },
    );
  });

  it('pages endpoints in every order without gaps or overlaps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent(NOW, ['k1']), { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (events, limit, top) => {
          usage.clock.at = NOW;
          const account = await usage.account();
          await usage.insert(account.id, events);
          for (const sort of ['requests', 'errors', 'latency', 'timestamp']) {
            for (const order of ['asc', 'desc']) {
              const query = { timeframe: 'all', granularity: 'day', sort, order };
              const whole = await usage.ask(account.id, query);
              usage.readTop(top);
              const pages: unknown[] = [];
              for (let offset = 0; ; offset += limit) {
                const page = await usage.ask(account.id, { ...query, limit: `${limit}`, offset: `${offset}` });
                pages.push(...(page.breakdown?.byEndpoint ?? []));
                expect(page.pagination.hasMore).toBe(pages.length < (whole.breakdown?.byEndpoint.length ?? 0));
                expect(page.timeSeries).toEqual(whole.timeSeries);
                if (!page.pagination.hasMore) break;
              }
              usage.readTop(false);
              expect(pages).toEqual(whole.breakdown?.byEndpoint);
            }
          }
        },
      ),
      { numRuns: 4 },
    );
  });
});

/** Alerts name the keys of the account. */
function withoutKeys<T extends object>(answer: T): T {
  return { ...answer, alerts: null };
}
