/**
 * Answers that are kept: whatever was asked before, GET /usage equals a plain oracle after every event that was accepted.
 * Real: the engine, the schema and its views, the writer with its log, the service with its modules. Not real: the
 * clock, which the test moves on, also past midnight.
 */
import fc from 'fast-check';
import { Identity } from '../../apps/api/src/auth/identity';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { DataVersions } from '../../apps/api/src/storage/data-versions';
import { anEvent } from '../factories/events';
import { aKey } from '../support/keys';
import type { OracleEvent, OracleQuery } from '../support/usage-oracle';
import { OpenIngest } from './ingest-fixture';
import { expectAgrees } from './usage-expect';
import { type UsageFixture, aQuery, openUsage, parametersOf } from './usage-fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Short and long, by every kind of bucket, with filters, and up to a midnight. */
const QUESTIONS: (Partial<OracleQuery> | ((now: number) => Partial<OracleQuery>))[] = [
  (now) => ({ from: now - (now % DAY) - DAY, to: now - (now % DAY) + DAY }),
  (now) => ({ from: now - (now % DAY) - 20 * DAY, to: now - (now % DAY) }),
  { timeframe: '24h' },
  { timeframe: '7d', granularity: 'hour' },
  { timeframe: '30d', granularity: 'hour' },
  { timeframe: '90d', granularity: 'day', timezone: 'Asia/Kolkata' },
  { timeframe: '90d', granularity: 'week' },
  { timeframe: '30d', granularity: 'day', methods: ['GET'] },
  { timeframe: 'all', granularity: 'month' },
];

type Step =
  | { send: OracleEvent[]; by: 0 | 1 }
  | { ask: (typeof QUESTIONS)[number]; of: 0 | 1 | null; rollups: boolean }
  | { later: number };

/** It is noon. */
const START = Date.UTC(2026, 2, 18, 12);

/** How long ago events are dated: today, yesterday, and longer ago. */
const age = fc.oneof(fc.nat(20 * MINUTE), fc.nat(DAY), fc.integer({ min: DAY, max: 50 * DAY }));

const aStep = ((): fc.Arbitrary<Step> => {
  const at = age.map((ago) => START - ago);
  const send = fc.record({
    send: fc.array(anEvent(START, ['k1', 'k2', 'k3'], at), { minLength: 1, maxLength: 3 }),
    by: fc.constantFrom<0 | 1>(0, 1),
  });
  const ask = fc.record({
    ask: fc.constantFrom(...QUESTIONS),
    of: fc.constantFrom<0 | 1 | null>(0, 0, 1, null),
    rollups: fc.boolean(),
  });
  const later = fc.record({ later: fc.constantFrom(MINUTE, 7 * HOUR) });
  return fc.oneof({ arbitrary: ask, weight: 6 }, { arbitrary: send, weight: 3 }, { arbitrary: later, weight: 1 });
})();

describe('kept answers of GET /usage', () => {
  let usage: UsageFixture;
  let ingest: OpenIngest;
  /** Those of all runs, for questions over all accounts. */
  const everything: OracleEvent[] = [];

  beforeAll(async () => {
    usage = await openUsage(START);
    const { app, clickhouse, clock, engine } = usage;
    ingest = await OpenIngest.open(engine, app.get(KeyRegistry), clickhouse, clock, app.get(DataVersions));
  });
  afterAll(async () => {
    await ingest.close();
    await usage.close();
  });

  it('change with every event that they are made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 20, maxLength: 40 }), async (steps) => {
        const accounts = [await usage.account(), await usage.account()] as const;
        // The next noon, so that most of what comes in is today's.
        usage.clock.at = Math.ceil((usage.clock.at - DAY / 2) / DAY) * DAY + DAY / 2;
        const events: [OracleEvent[], OracleEvent[]] = [[], []];
        for (const step of steps) {
          if ('later' in step) {
            usage.clock.at += step.later;
          } else if ('send' in step) {
            const { id } = accounts[step.by];
            const passed = usage.clock.at - START;
            const own = step.send.map((event) => ({
              ...event,
              keyId: `${id}-${event.keyId}`,
              timestamp: event.timestamp + passed,
            }));
            const caller = new Identity(aKey({ id: `${id}-k1`, accountId: id }));
            expect(await ingest.ingest(caller, own, undefined)).toMatchObject({ accepted: own.length, rejected: [] });
            events[step.by].push(...own);
            everything.push(...own);
          } else {
            usage.readRollups(step.rollups);
            const now = usage.clock.at;
            const query = aQuery({ now, ...(typeof step.ask === 'function' ? step.ask(now) : step.ask) });
            const scope = step.of === null ? null : accounts[step.of].id;
            const answer = await usage.ask(scope, parametersOf(query));
            expectAgrees(answer, query, step.of === null ? everything : events[step.of]);
          }
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it.each([true, false])('join the same day to windows of every length (rollups alone: %s)', async (rollups) => {
    usage.readRollups(rollups);
    const now = usage.clock.at;
    const { id, keyIds } = await usage.account();
    const events = [0, 3, 5, 20, 60].flatMap((days) =>
      fc.sample(anEvent(now, keyIds, fc.constant(now - days * DAY - MINUTE)), { numRuns: 20, seed: days }),
    );
    await usage.insert(id, events);
    for (let round = 0; round < 3; round++) {
      for (const timeframe of ['7d', '30d', '90d', '30d', '7d'] as const) {
        const query = aQuery({ now, timeframe });
        expectAgrees(await usage.ask(id, parametersOf(query)), query, events);
      }
    }
  });
});
