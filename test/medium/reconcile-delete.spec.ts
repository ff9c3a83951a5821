/**
 * Deletion of an account's or a key's events against a plain oracle over the events that remain.
 * Real: the engine, the schema and its views, the services and repositories. Not real: the clock, the keys, the writer.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { iso } from '@meterhouse/common';
import { ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import type { UsageEvent } from '../../apps/api/src/ingest/event/event';
import { encodeRecord } from '../../apps/api/src/ingest/log/record';
import { toRecord } from '../../apps/api/src/ingest/rows/event-batch';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { aUsageEvent, anEvent } from '../factories/events';
import { insertEvents } from '../support/insert-events';
import { aKey } from '../support/keys';
import { type OracleEvent, groupBy } from '../support/usage-oracle';
import { DAY, HOUR, allContent, dimensionsOf, event, lengthOf, openMaintenance } from './reconcile-fixture';

type Fixture = Awaited<ReturnType<typeof openMaintenance>>;

let at: Fixture;

beforeAll(async () => {
  Logger.overrideLogger(false);
  at = await openMaintenance();
});
afterAll(() => at.close());

/** An account of its own with the keys k1 and k2 (made unique, as ids are). */
function anAccount(): { accountId: string; keyIds: [string, string] } {
  const accountId = randomUUID();
  const keyIds: [string, string] = [`${accountId}-1`, `${accountId}-2`];
  for (const id of keyIds) at.keys.add(aKey({ id, accountId }));
  return { accountId, keyIds };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** What a rollup should hold of the events, a line a row: what it is of, then its figures. */
function expectedRows(rollup: Rollup, events: OracleEvent[]): string[] {
  const detailed = rollup.startsWith('usage');
  const bucketOf = (one: OracleEvent): number => Math.floor(one.timestamp / lengthOf(rollup)) * lengthOf(rollup);
  const rowOf = (one: OracleEvent): string =>
    [
      bucketOf(one) / 1_000,
      one.keyId,
      ...(detailed ? [one.endpoint, one.method, one.statusCode, one.errorType] : []),
    ].join(' ');
  return [...groupBy(events, rowOf)]
    .map(([row, of]) => {
      const measured = of.filter(({ statusCode }) => ![101, 429].includes(statusCode));
      const latencies = measured.map(({ latencyMs }) => Math.round(latencyMs * 1_000));
      const bytes = of.map(({ requestBytes, responseBytes }) => requestBytes + responseBytes);
      const own = detailed
        ? [Math.max(...of.map(({ timestamp }) => timestamp))]
        : [
            of.filter(({ statusCode }) => statusCode >= 400).length,
            of.filter(({ statusCode }) => statusCode === 429).length,
            measured.length,
          ];
      return [row, of.length, sum(latencies), Math.max(0, ...latencies), sum(bytes), ...own].join(' ');
    })
    .sort();
}

/** The raw table and every rollup hold of the account what plain code makes of the events. */
async function expectStored(accountId: string, events: OracleEvent[]): Promise<void> {
  const [raw] = await at.clickhouse.query(
    'SELECT count() AS events FROM events WHERE account_id = {accountId:String}',
    {
      accountId,
    },
  );
  expect(raw?.number('events')).toBe(events.length);
  for (const rollup of ROLLUPS) {
    const dimensions = dimensionsOf(rollup).replace('account_id, ', '');
    const own = rollup.startsWith('usage')
      ? 'toUnixTimestamp64Milli(max(last_at))'
      : 'sum(failed), sum(throttled), sum(timed)';
    const rows = await at.clickhouse.query(
      `SELECT concatWithSeparator(' ', ${dimensions.replace('bucket', 'toUnixTimestamp(bucket)')},
          sum(requests), sum(latency_sum_us), max(latency_max_us), sum(bytes), ${own}) AS line
       FROM ${rollup}
       WHERE account_id = {accountId:String}
       GROUP BY ${dimensions}`,
      { accountId },
    );
    expect(rows.map((row) => row.string('line')).sort()).toEqual(expectedRows(rollup, events));
  }
}

async function expectNoDrift(): Promise<void> {
  const { rollups } = await at.service.reconcile({});
  expect(rollups.map(({ bucketsDrifted }) => bucketsDrifted)).toEqual([0, 0, 0, 0]);
}

describe('POST /admin/events/delete', () => {
  it('leaves what plain code makes of the remaining events, for any account, key and span', async () => {
    const back = fc.integer({ min: 0, max: 89 * 24 * 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          mine: fc.array(anEvent(at.clock.at, ['k1', 'k2']), { minLength: 40, maxLength: 120 }),
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
          expect(answer.rollups).toEqual(ROLLUPS.map((rollup) => ({ rollup, requestsRemoved: count })));
          await expectStored(
            a.accountId,
            ofA.filter((one) => !goes(one)),
          );
          await expectStored(b.accountId, ofB);
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
        ROLLUPS.map(async (rollup) => {
          const sql = `SELECT sum(requests) AS requests FROM ${rollup} WHERE account_id = {id:String}`;
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
    expect(await days(accountId)).toEqual([2, 2, 2, 2]);
    const rest = await at.service.deleteEvents('key_admin', { accountId, confirm: true });
    expect(rest).toMatchObject({ eventsDeleted: 2, rollups: ROLLUPS.map(() => ({ requestsRemoved: 2 })) });
    expect(await days(accountId)).toEqual([0, 0, 0, 0]);
    expect(await days(other.accountId)).toEqual([4, 4, 4, 4]);
    const again = await at.service.deleteEvents('key_admin', { accountId, confirm: true });
    expect(again).toMatchObject({ eventsDeleted: 0, rollups: ROLLUPS.map(() => ({ requestsRemoved: 0 })) });
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
    await expectStored(accountId, events.slice(2));
    await expectNoDrift();
  });

  it('takes hostile ids as what they are, and refuses what it cannot correct', async () => {
    const before = await allContent(at.clickhouse);
    const accountId = "x\\' OR 1 = 1 -- {from:Int64} /*";
    for (const keyId of ["' OR '1' = '1", '{account:String}']) {
      at.keys.add(aKey({ id: keyId, accountId }));
      await insertEvents(at.clickhouse, accountId, [event(at.clock.at - HOUR, { keyId })]);
      const span = keyId.startsWith('{') ? { from: iso(at.clock.at - DAY) } : {};
      const answer = await at.service.deleteEvents('key_admin', { accountId, keyId, ...span, confirm: true });
      expect(answer.eventsDeleted).toBe(1);
      expect(await allContent(at.clickhouse)).toEqual(before);
    }
    const refused = (body: object) =>
      expect(at.service.deleteEvents('key_admin', { accountId: 'a', confirm: true, ...body })).rejects;
    await refused({ keyId: 'unknown' }).toMatchObject({ code: 'KEY_NOT_FOUND' });
    at.keys.add(aKey({ id: 'key_b', accountId: 'b' }));
    const message = 'Key "key_b" belongs to the account "b".';
    await refused({ keyId: 'key_b' }).toMatchObject({ code: 'KEY_NOT_FOUND', message });
    await refused({ from: iso(at.clock.at - 95 * DAY) }).toMatchObject({ code: 'INVALID_PARAMETERS' });
    await refused({ to: iso(at.clock.at - 95 * DAY) }).toMatchObject({ code: 'INVALID_PARAMETERS' });
    await refused({ from: '2026-01-02', to: '2026-01-01' }).toMatchObject({ code: 'INVALID_PARAMETERS' });
  });

  it.each([
    ['all of an account', () => ({}), ['other']],
    ['those of a key', ({ keyIds: [keyId] }: Account) => ({ keyId }), ['k2', 'k2 before', 'other']],
    ['those of a span', () => ({ from: iso(at.clock.at - 2 * HOUR) }), ['before', 'k2 before', 'other']],
  ])('reaches what waits to be taken back: %s', async (_, chosen, left) => {
    const account = anAccount();
    const row = (id: string, given: Partial<UsageEvent> = {}): string => {
      const { accountId, keyIds } = account;
      const event = { accountId, keyId: keyIds[0], id, timestamp: at.clock.at - HOUR, hasClientId: true, ...given };
      return toRows([aUsageEvent(event)]).text.toString('utf8');
    };
    const before = { timestamp: at.clock.at - 5 * HOUR };
    const k2 = { keyId: account.keyIds[1] };
    const rows = [
      row('k1'),
      row('before', before),
      row('k2', k2),
      row('k2 before', { ...k2, ...before }),
      row('other', { accountId: 'other' }),
    ];
    const parked = await park(rows);
    const request = { accountId: account.accountId, ...chosen(account), confirm: true } as const;
    const { parkedEventsDeleted } = await at.service.deleteEvents('key_admin', request);
    expect(parkedEventsDeleted).toBe(3 * (rows.length - left.length));
    const taken: string[] = [];
    const take = (some: string[]): Promise<void> => Promise.resolve(void taken.push(...some.map(idOf)));
    expect(await at.parked.replay(take)).toBe(left.length);
    expect(await at.parked.recover(take)).toMatchObject({ recovered: 2 * left.length });
    expect(taken.sort()).toEqual([...left, ...left, ...left].sort());
    await parked.remove();
  });
});

type Account = ReturnType<typeof anAccount>;

const idOf = (row: string): string => (JSON.parse(row) as string[])[2] ?? '';

/** Puts the rows into a file of dead letters, and into two of damaged parts of the log: as text, and as whole records. */
async function park(rows: string[]): Promise<{ remove: () => Promise<void> }> {
  const { dataDir } = at.settings.storage;
  await at.parked.deadLetters.park(
    1,
    rows.map((row) => ({ row, reason: 'too long' })),
  );
  await mkdir(join(dataDir, 'log'));
  const damaged = Buffer.concat([Buffer.from('damaged'), ...encodeRecord(toRecord(rows))]);
  await writeFile(join(dataDir, 'log', '0000000001.8.corrupt'), rows.join('\n'));
  await writeFile(join(dataDir, 'log', '0000000002.8.corrupt'), damaged);
  return { remove: () => rm(join(dataDir, 'log'), { recursive: true }) };
}
