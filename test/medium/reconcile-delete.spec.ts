/**
 * Deletion of an account's or a key's events against a plain oracle over the events that remain.
 * Real: the engine, the schema and its views, the services and repositories. Not real: the clock, the keys, the writer.
 */
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { RESOLUTIONS, iso } from '@meterhouse/common';
import { MemoryRateLimitStorage } from '../../apps/api/src/rate-limiting/memory-rate-limit.storage';
import { RateLimitsService } from '../../apps/api/src/rate-limiting/rate-limits.service';
import { UsageQueryDto } from '../../apps/api/src/usage/dto/usage-query.dto';
import { UsageRepository } from '../../apps/api/src/usage/usage.repository';
import { UsageService } from '../../apps/api/src/usage/usage.service';
import { anEvent } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { aKey } from '../support/keys';
import { type OracleEvent, groupBy, oracleBucket, oracleTraffic, oracleWindow } from '../support/usage-oracle';
import { DAY, HOUR, TABLE, allContent, event, openMaintenance } from './reconcile-fixture';

type Fixture = Awaited<ReturnType<typeof openMaintenance>>;

let at: Fixture;
let usage: UsageService;

beforeAll(async () => {
  Logger.overrideLogger(false);
  at = await openMaintenance();
  const limits = new RateLimitsService(new MemoryRateLimitStorage(), at.clock);
  usage = new UsageService(new UsageRepository(at.clickhouse), at.keys, limits, at.clock, at.settings);
});
afterAll(() => at.close());

/** An account of its own with the keys k1 and k2 (made unique, as ids are). */
function anAccount(): { accountId: string; keyIds: [string, string] } {
  const accountId = randomUUID();
  const keyIds: [string, string] = [`${accountId}-1`, `${accountId}-2`];
  for (const id of keyIds) at.keys.keys.set(id, aKey({ id, accountId }));
  return { accountId, keyIds };
}

function expectPercentile(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.01 * expected + 1e-9);
}

/** `GET /usage` of the account is what plain code makes of the events. */
async function expectUsage(accountId: string, events: OracleEvent[]): Promise<void> {
  for (const timeframe of ['24h', '30d', 'all'] as const) {
    const query = Object.assign(new UsageQueryDto(), { timeframe, granularity: timeframe === '24h' ? 'hour' : 'day' });
    const answer = await usage.usage(accountId, query);
    const { counted } = oracleWindow(events, timeframe, at.clock.at);
    const total = oracleTraffic(counted);
    expect(answer.usage).toMatchObject({
      totalRequests: total.requests,
      failedRequests: total.failed,
      throttledRequests: total.throttled,
      dataTransferred: total.bytes,
      peakLatency: total.peak,
    });
    expectPercentile(answer.latency?.p50, total.percentile(0.5));
    expectPercentile(answer.latency?.p99, total.percentile(0.99));
    const buckets = groupBy(counted, (one) => oracleBucket(query.granularity, one.timestamp));
    for (const point of answer.timeSeries) {
      const traffic = oracleTraffic(buckets.get(Date.parse(point.timestamp)) ?? []);
      expect([point.requests, point.failedRequests, point.dataTransferred]).toEqual([
        traffic.requests,
        traffic.failed,
        traffic.bytes,
      ]);
      expectPercentile(point.p95, traffic.percentile(0.95));
    }
    const byKey = groupBy(counted, (one) => one.keyId);
    expect(new Map(answer.breakdown?.byKey.map((item) => [item.keyId, item.requests]))).toEqual(
      new Map([...byKey].map(([keyId, of]) => [keyId, of.length])),
    );
  }
}

async function expectNoDrift(): Promise<void> {
  const { levels } = await at.service.reconcile({});
  expect(levels.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0]);
}

describe('POST /admin/events/delete', () => {
  it('leaves what plain code makes of the remaining events, for any account, key and span', async () => {
    const back = fc.integer({ min: 0, max: 89 * 24 * 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          mine: fc.array(anEvent(at.clock.at, ['k1', 'k2']), { minLength: 1, maxLength: 120 }),
          others: fc.array(anEvent(at.clock.at, ['k1', 'k2']), { maxLength: 30 }),
          oneKey: fc.boolean(),
          from: fc.option(back, { nil: null }),
          to: fc.option(back, { nil: null }),
        }),
        async ({ mine, others, oneKey, from, to }) => {
          const [a, b] = [anAccount(), anAccount()];
          const named = (events: OracleEvent[], { keyIds }: typeof a): OracleEvent[] =>
            events.map((one) => ({ ...one, keyId: one.keyId === 'k1' ? keyIds[0] : keyIds[1] }));
          const [ofA, ofB] = [named(mine, a), named(others, b)];
          const half = Math.floor(ofA.length / 2);
          await insertEvents(at.clickhouse, a.accountId, ofA.slice(0, half));
          await insertEvents(at.clickhouse, a.accountId, ofA.slice(half));
          await insertEvents(at.clickhouse, b.accountId, ofB);
          const older = Math.max(from ?? 0, (to ?? 0) + 1);
          const start = from === null ? null : at.clock.at - older * 60_000;
          const end = to === null ? null : at.clock.at - Math.min(to, older - 1) * 60_000;
          const goes = (one: OracleEvent): boolean =>
            (!oneKey || one.keyId === a.keyIds[0]) &&
            (start === null || one.timestamp >= start) &&
            (end === null || one.timestamp < end);

          const answer = await at.service.deleteEvents('key_admin', {
            accountId: a.accountId,
            ...(oneKey ? { keyId: a.keyIds[0] } : {}),
            ...(start === null ? {} : { from: iso(start) }),
            ...(end === null ? {} : { to: iso(end) }),
            confirm: true,
          });

          const count = ofA.filter(goes).length;
          expect(answer.eventsDeleted).toBe(count);
          expect(answer.levels.find(({ level }) => level === 'day')?.requestsRemoved).toBe(count);
          await expectUsage(
            a.accountId,
            ofA.filter((one) => !goes(one)),
          );
          await expectUsage(b.accountId, ofB);
          await expectNoDrift();
        },
      ),
      { numRuns: 6 },
    );
  }, 240_000);

  it('deletes what is rolled up of days whose raw events are gone, of a whole account and up to a time', async () => {
    const [{ accountId, keyIds }, other] = [anAccount(), anAccount()];
    const days = (id: string): Promise<(number | undefined)[]> =>
      Promise.all(
        RESOLUTIONS.map(async (level) => {
          const sql = `SELECT sum(requests) AS requests FROM ${TABLE[level]} WHERE account_id = {id:String}`;
          return (await at.clickhouse.query(sql, { id }))[0]?.number('requests');
        }),
      );
    for (const [id, keyId] of [
      [accountId, keyIds[0]],
      [other.accountId, other.keyIds[0]],
    ] as const) {
      await insertEvents(
        at.clickhouse,
        id,
        [100, 80, 2, 1].map((age) => event(at.clock.at - age * DAY, { keyId })),
      );
    }
    await at.clickhouse.command(
      'ALTER TABLE events DELETE WHERE timestamp < fromUnixTimestamp64Milli({first:Int64}) SETTINGS mutations_sync = 2',
      { first: at.clock.at - 95 * DAY },
    );
    const before = await at.service.deleteEvents('key_admin', {
      accountId,
      to: iso(at.clock.at - 2 * DAY),
      confirm: true,
    });
    expect(before).toMatchObject({ from: null, eventsDeleted: 1 });
    expect((await days(accountId)).slice(1)).toEqual([2, 2]);
    const rest = await at.service.deleteEvents('key_admin', { accountId, confirm: true });
    expect(rest).toMatchObject({ eventsDeleted: 2, levels: [{}, {}, { level: 'day', requestsRemoved: 2 }] });
    expect(await days(accountId)).toEqual([0, 0, 0]);
    expect((await days(other.accountId)).slice(1)).toEqual([4, 4]);
    const again = await at.service.deleteEvents('key_admin', { accountId, confirm: true });
    expect(again).toMatchObject({ eventsDeleted: 0, levels: RESOLUTIONS.map(() => ({ requestsRemoved: 0 })) });
  });

  it('finishes what a call that broke off began', async () => {
    const { accountId, keyIds } = anAccount();
    const events = [30, 20, 10].map((hours) => event(at.clock.at - hours * HOUR, { keyId: keyIds[0] }));
    await insertEvents(at.clickhouse, accountId, events);
    await at.clickhouse.command(
      'ALTER TABLE events DELETE WHERE account_id = {accountId:String} AND timestamp < fromUnixTimestamp64Milli({to:Int64}) SETTINGS mutations_sync = 2',
      { accountId, to: at.clock.at - 15 * HOUR },
    );
    await at.service.deleteEvents('key_admin', {
      accountId,
      from: iso(at.clock.at - 2 * DAY),
      to: iso(at.clock.at - 15 * HOUR),
      confirm: true,
    });
    await expectUsage(accountId, events.slice(2));
    await expectNoDrift();
  });

  it('takes hostile ids as what they are, and refuses what it cannot correct', async () => {
    const before = await allContent(at.clickhouse);
    const accountId = "x\\' OR 1 = 1 -- {from:Int64} /*";
    for (const keyId of ["' OR '1' = '1", '{account:String}']) {
      at.keys.keys.set(keyId, aKey({ id: keyId, accountId }));
      await insertEvents(at.clickhouse, accountId, [event(at.clock.at - HOUR, { keyId })]);
      const span = keyId.startsWith('{') ? { from: iso(at.clock.at - DAY) } : {};
      const answer = await at.service.deleteEvents('key_admin', { accountId, keyId, ...span, confirm: true });
      expect(answer.eventsDeleted).toBe(1);
      expect(await allContent(at.clickhouse)).toEqual(before);
    }
    const refused = (body: object) =>
      expect(at.service.deleteEvents('key_admin', { accountId: 'a', confirm: true, ...body })).rejects;
    await refused({ keyId: 'unknown' }).toMatchObject({ code: 'KEY_NOT_FOUND' });
    await refused({ from: iso(at.clock.at - 95 * DAY) }).toMatchObject({ code: 'INVALID_PARAMETERS' });
    await refused({ to: iso(at.clock.at - 95 * DAY) }).toMatchObject({ code: 'INVALID_PARAMETERS' });
    await refused({ from: '2026-01-02', to: '2026-01-01' }).toMatchObject({ code: 'INVALID_PARAMETERS' });
  });
});
