/**
 * GET /usage against a plain oracle for random windows, time zones, filters, groups and comparisons, over events that lie
 * close to where clocks change and to where retention ends. Real: the engine, the schema and its views, the service with
 * its modules; rows that retention has taken are gone. Not real: the clock, which stands still in years whose time zones
 * are settled.
 */
import fc from 'fast-check';
import { ApiException } from '../../apps/api/src/http/api-exception';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { anEvent, anInstantNear } from '../factories/events';
import { aUsageQuery } from '../factories/usage-queries';
import {
  type OracleEvent,
  type OracleQuery,
  isAnswerable,
  isAskedFor,
  oraclePrevious,
  oracleStarts,
  oracleWindow,
} from '../support/usage-oracle';
import { expectAgrees, expectGroups, expectLatency, expectSeries, expectTotals } from './usage-expect';
import { type Parameters, type UsageFixture, openUsage, parametersOf } from './usage-fixture';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When clocks changed in the 90 days before some instants. */
const SEASONS: { now: number; changes: [number, ...number[]] }[] = [
  {
    now: Date.UTC(2024, 10, 20, 10, 20, 30, 400),
    changes: [
      Date.UTC(2024, 8, 8, 4), // America/Santiago, forward
      Date.UTC(2024, 8, 28, 14), // Pacific/Auckland and Pacific/Chatham, forward
      Date.UTC(2024, 9, 5, 15, 30), // Australia/Lord_Howe, forward by half an hour
      Date.UTC(2024, 9, 27, 1), // Europe and America/Nuuk, back
      Date.UTC(2024, 9, 31, 21), // Africa/Cairo, back at midnight
      Date.UTC(2024, 10, 3, 6), // America/New_York, back
      Date.UTC(2024, 9, 15, 18, 30), // midnight in Asia/Kolkata
      Date.UTC(2024, 9, 15, 18, 15), // midnight in Asia/Kathmandu
    ],
  },
  {
    now: Date.UTC(2025, 3, 24, 23, 45, 10),
    changes: [
      Date.UTC(2025, 1, 23, 2), // Africa/Casablanca, back for Ramadan
      Date.UTC(2025, 2, 9, 5), // America/Havana, forward at midnight
      Date.UTC(2025, 2, 9, 7), // America/New_York, forward
      Date.UTC(2025, 2, 29, 22), // Asia/Beirut, forward at midnight
      Date.UTC(2025, 2, 30, 1), // Europe, and Antarctica/Troll by two hours, forward
      Date.UTC(2025, 3, 5, 15), // Australia/Lord_Howe, back by half an hour
      Date.UTC(2025, 3, 6, 3), // America/Santiago, back
      Date.UTC(2025, 3, 24, 22), // Africa/Cairo, forward at midnight, hours ago
    ],
  },
];

/** After how many days the levels end. */
const ENDS = [91, 401, 731];

type Season = (typeof SEASONS)[number];

function someEvents({ now, changes }: Season): fc.Arbitrary<OracleEvent[]> {
  const keys: [string, ...string[]] = ['k1', 'k2', 'k3'];
  const [first = 0, ...others] = ENDS.map((days) => now - days * DAY);
  const old = fc.integer({ min: 92, max: 900 }).map((days) => now - days * DAY);
  return fc
    .tuple(
      fc.array(anEvent(now, keys), { minLength: 40, maxLength: 80 }),
      fc.array(anEvent(now, keys, anInstantNear(...changes)), { minLength: 100, maxLength: 150 }),
      fc.array(anEvent(now, keys, anInstantNear(first, ...others)), { minLength: 10, maxLength: 20 }),
      fc.array(anEvent(now, keys, old), { minLength: 5, maxLength: 10 }),
    )
    .map((parts) => parts.flat());
}

interface Case {
  query: OracleQuery;
  groupLimit: number;
  compare: boolean;
}

function someCases({ now, changes }: Season): fc.Arbitrary<Case[]> {
  const query = aUsageQuery(now, ['k1', 'k2', 'k3'], [...changes, ...ENDS.map((days) => now - days * DAY)]);
  const aCase = fc.record({ query, groupLimit: fc.integer({ min: 1, max: 4 }), compare: fc.boolean() });
  return fc.array(aCase, { minLength: 25, maxLength: 25 });
}

function unprinted<T extends object>(value: T): T {
  return Object.assign(value, { [fc.toStringMethod]: () => 'events and cases' });
}

const iso = (at: number): string => new Date(at).toISOString();

describe('GET /usage for any window, against the oracle', () => {
  let usage: UsageFixture;

  beforeAll(async () => {
    usage = await openUsage(SEASONS[0]?.now ?? 0);
  });
  afterAll(() => usage.close());

  /** The answer, or null where it is refused for its buckets. */
  async function answerOf(accountId: string, parameters: Parameters): Promise<UsageResponseDto | null> {
    return usage.ask(accountId, parameters).catch((error: unknown) => {
      const refused =
        error instanceof ApiException && ['GRANULARITY_TOO_FINE', 'INVALID_PARAMETERS'].includes(error.code);
      if (refused) return null;
      throw error;
    });
  }

  function expectComparison(
    { comparison, usage: figures, latency }: UsageResponseDto,
    query: OracleQuery,
    events: OracleEvent[],
  ): void {
    const window = oracleWindow(events, query);
    const previous = oraclePrevious(query, window);
    const { timeframe: _, ...rest } = query;
    const before = { ...rest, groupBy: [], ...(previous ?? {}) };
    const span = previous && { ...previous, end: previous.to };
    const isTold = span !== null && isAnswerable(before, span);
    if (isTold !== null) expect(comparison !== null).toBe(isTold);
    if (!comparison || !span) return;
    expect(comparison.period).toEqual({ from: iso(span.from), to: iso(span.to) });
    const counted = events.filter(
      (event) => event.timestamp >= span.from && event.timestamp < span.to && isAskedFor(event, query),
    );
    expectTotals(comparison.usage, before, span, counted);
    expectLatency(comparison.latency, counted);
    expectSeries(comparison.timeSeries, counted, oracleStarts(before, span.from, span.to));
    const { usage: changes, latency: latencyChanges } = comparison.change;
    const requests = figures.totalRequests - comparison.usage.totalRequests;
    expect(changes.totalRequests?.absolute).toBe(requests);
    if (comparison.usage.totalRequests > 0) {
      expect(changes.totalRequests?.percent).toBeCloseTo((100 * requests) / comparison.usage.totalRequests, 5);
    } else {
      expect(changes.totalRequests?.percent).toBeNull();
    }
    const [p95, p95Before] = [latency?.p95 ?? null, comparison.latency?.p95 ?? null];
    if (p95 === null || p95Before === null) expect(latencyChanges?.p95).toEqual({ absolute: null, percent: null });
    else expect(latencyChanges?.p95?.absolute).toBeCloseTo(p95 - p95Before, 5);
  }

  it('answers what plain code finds, and refuses what the rollups do not hold', async () => {
    let answered = 0;
    // Its text would fill screens: the message names the query, and the seed and the path make the events again.
    const aRun = fc
      .constantFrom(...SEASONS)
      .chain((season) =>
        fc.record({ season: fc.constant(season), events: someEvents(season), cases: someCases(season) }),
      );
    await fc.assert(
      fc.asyncProperty(aRun.map(unprinted), async ({ season, events, cases }) => {
        usage.clock.at = season.now;
        const account = await usage.account();
        const nameOf = (keyId: string): string => `${account.id}-${keyId}`;
        const own = events.map((event) => ({ ...event, keyId: nameOf(event.keyId) }));
        await usage.insert(account.id, own);
        await usage.expire();
        for (const [index, { query: asked, groupLimit, compare }] of cases.entries()) {
          usage.readRollups(index % 2 === 0);
          const query = { ...asked, keyIds: asked.keyIds.map(nameOf) };
          const parameters = {
            ...parametersOf(query),
            ...(query.groupBy.length > 0 ? { groupLimit: `${groupLimit}` } : {}),
            ...(compare ? { compare: 'previous' } : {}),
          };
          const context = JSON.stringify(parameters);
          try {
            const answer = await answerOf(account.id, parameters);
            const answerable = isAnswerable(query, oracleWindow(own, query));
            if (answerable !== null) expect(answer !== null).toBe(answerable);
            if (!answer) continue;
            answered += 1;
            expectAgrees(answer, query, own);
            if (query.groupBy.length > 0) expectGroups(answer, query, own, groupLimit, () => account.id);
            if (compare) expectComparison(answer, query, own);
          } catch (error) {
            throw new Error(`GET /usage ${context}: ${error instanceof Error ? error.message : String(error)}`, {
              cause: error,
            });
          }
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect(answered).toBeGreaterThan(20);
  });

  it('splits all accounts for an admin, who sees those of the keys asked for', async () => {
    const [season] = SEASONS;
    if (!season) throw new Error('There are seasons.');
    usage.clock.at = season.now;
    await fc.assert(
      fc.asyncProperty(
        someEvents(season).map(unprinted),
        fc.integer({ min: 1, max: 3 }),
        async (events, groupLimit) => {
          const accounts = [await usage.account(), await usage.account(), await usage.account()];
          const all: OracleEvent[] = [];
          for (const [index, account] of accounts.entries()) {
            const share = events.filter((_, position) => position % (index + 2) === 0);
            const own = share.map((event) => ({ ...event, keyId: `${account.id}-${event.keyId}` }));
            await usage.insert(account.id, own);
            all.push(...own);
          }
          const accountOf = (keyId: string): string => keyId.slice(0, -3);
          for (const groupBy of [['account'], ['account', 'method'], ['key', 'account']]) {
            const query: OracleQuery = {
              now: season.now,
              timeframe: '30d',
              granularity: 'week',
              timezone: 'Australia/Lord_Howe',
              weekStart: 'sunday',
              keyIds: accounts.flatMap((account) => account.keyIds.slice(0, 2)),
              endpoints: [],
              methods: [],
              statusCodes: [],
              errorTypes: [],
              groupBy,
            };
            const answer = await usage.ask(null, { ...parametersOf(query), groupLimit: `${groupLimit}` });
            expectAgrees(answer, query, all);
            expectGroups(answer, query, all, groupLimit, accountOf);
          }
        },
      ),
      { numRuns: 2, endOnFailure: true },
    );
  });
});
