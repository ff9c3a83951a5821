/**
 * Every event once: ids, insert tokens, retries and concurrent calls on the real engine. Real: validation, the service, the writer, the deduplicator, ClickHouse and its views.
 * Not real: HTTP, and the keys, which are in memory. Faults are made between the writer and ClickHouse.
 */
import type { BlockInsert, ClickHouse } from '@meterhouse/clickhouse';
import { DAY } from '@meterhouse/common';
import fc from 'fast-check';
import { ApiException } from '../../apps/api/src/http/api-exception';
import type { Identity } from '../../apps/api/src/auth/identity';
import { toBatch } from '../../apps/api/src/ingest/rows/event-batch';
import type { UsageEvent } from '../../apps/api/src/ingest/event/event';
import { toRows } from '../../apps/api/src/ingest/rows/event-rows';
import { aSentEvent, aUsageEvent } from '../factories/events';
import { OpenIngest, allSums, inEveryTable, makeKey, sumsOf, useIngest } from './ingest-fixture';

const event = (more: Record<string, unknown> = {}) => aSentEvent({ latencyMs: 10, ...more });

const ready = (more: Partial<UsageEvent>): UsageEvent => aUsageEvent({ accountId: 'rows', ...more });

describe('ingest once', () => {
  jest.setTimeout(60_000);

  const ingest = useIngest();

  /** A ClickHouse whose inserts fail as often as `faults` says, before or after the rows are stored. */
  function faulty(faults: ('before' | 'after' | 'none')[]): ClickHouse {
    const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const insertBlock = async (statement: BlockInsert, rows: readonly Buffer[]): Promise<void> => {
      const fault = faults.shift() ?? 'none';
      if (fault === 'before') throw reset();
      await ingest.engine.clickhouse.insertBlock(statement, rows);
      if (fault === 'after') throw reset();
    };
    return new Proxy(ingest.engine.clickhouse, {
      get: (target, name) => (name === 'insertBlock' ? insertBlock : (Reflect.get(target, name) as unknown)),
    });
  }

  describe('de-duplication', () => {
    it('counts an id once in its account, in a call, across calls and in calls at the same time', async () => {
      const one = ingest.registry.add(makeKey('k-dup1', 'dup1'));
      const two = ingest.registry.add(makeKey('k-dup2', 'dup2'));
      const first = await ingest.service.ingest(
        one,
        [event({ id: 'a' }), event({ id: 'a', latencyMs: 99 })],
        undefined,
      );
      expect(first).toMatchObject({ accepted: 1, duplicates: 1 });
      const concurrent = await Promise.all(
        Array.from({ length: 10 }, () =>
          ingest.service.ingest(one, [event({ id: 'a' }), event({ id: 'b' })], undefined),
        ),
      );
      expect(concurrent.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
      expect((await ingest.service.ingest(two, event({ id: 'a' }), undefined)).accepted).toBe(1);
      expect(await allSums(ingest.engine.clickhouse, 'dup1')).toEqual(
        inEveryTable({ requests: 2, latencyUs: 20_000, bytes: 0 }),
      );
    });

    it('knows ids of any characters', async () => {
      const ids = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), { minLength: 5 });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(ids, async (list) => {
          const caller = ingest.registry.add(makeKey(`k-odd-${++run}`, `odd'\\${run}`));
          const sent = list.map((id) => event({ id }));
          // Ids with control characters are refused; a call may hold nothing else.
          const send = () => ingest.service.ingest(caller, [event(), ...sent], undefined);
          const first = await send();
          expect(await send()).toMatchObject({ accepted: 1, duplicates: sent.length - first.rejected.length });
        }),
        { numRuns: 6 },
      );
    });
  });

  it('changes nothing when a batch is inserted again', async () => {
    const now = Date.now();
    const rows = Array.from({ length: 3_000 }, (_, i) =>
      ready({
        accountId: 'token',
        id: `id-${i}`,
        hasClientId: i % 2 === 0,
        // Days, weeks and months apart: each table takes several partitions.
        timestamp: now - (i % 25) * DAY,
        endpoint: `/e${i % 50}`,
        latencyMs: i,
      }),
    );
    const batch = await toBatch([toRows(rows).text], 'test/1');
    await ingest.engine.clickhouse.insertBlock(batch.statement, batch.rows);
    const sums = await allSums(ingest.engine.clickhouse, 'token');
    const ids = await countIds();
    expect(sums).toEqual(inEveryTable({ requests: 3_000, latencyUs: 4_498_500_000, bytes: 9_000 }));
    for (let again = 0; again < 3; again += 1) await ingest.engine.clickhouse.insertBlock(batch.statement, batch.rows);
    expect(await allSums(ingest.engine.clickhouse, 'token')).toEqual(sums);
    expect(await countIds()).toBe(ids);
    const other = await toBatch([toRows([...rows, ...rows.slice(0, 1)]).text], 'test/1');
    await ingest.engine.clickhouse.insertBlock(other.statement, other.rows);
    expect((await sumsOf(ingest.engine.clickhouse, 'traffic_minute', 'token')).requests).toBe(6_001);
  });

  async function countIds(): Promise<number> {
    const [row] = await ingest.engine.clickhouse.query('SELECT count() AS ids FROM event_ids');
    return row?.number('ids') ?? -1;
  }

  it('completes a batch that was half applied', async () => {
    const batch = await toBatch([toRows([ready({ accountId: 'half', id: 'half' })]).text], 'test/1');
    await ingest.engine.clickhouse.command(
      `CREATE MATERIALIZED VIEW broken_view TO usage_hour AS
       SELECT account_id, throwIf(id = 'half', 'A view that fails.') AS requests FROM events`,
    );
    await expect(ingest.engine.clickhouse.insertBlock(batch.statement, batch.rows)).rejects.toThrow(
      'A view that fails.',
    );
    await ingest.engine.clickhouse.command('DROP TABLE broken_view');
    expect(await sumsOf(ingest.engine.clickhouse, 'events', 'half')).toMatchObject({ requests: 1 });
    expect(await allSums(ingest.engine.clickhouse, 'half')).toContainEqual(
      expect.objectContaining({ requests: 0, latencyUs: 0, bytes: 0 }),
    );
    await ingest.engine.clickhouse.insertBlock(batch.statement, batch.rows);
    expect(await allSums(ingest.engine.clickhouse, 'half')).toEqual(
      inEveryTable({ requests: 1, latencyUs: 10_000, bytes: 3 }),
    );
  });

  it('stores five full calls at once', async () => {
    const caller = ingest.registry.add(makeKey('k-full', 'full'));
    const calls = Array.from({ length: 5 }, (_, call) =>
      ingest.service.ingest(
        caller,
        Array.from({ length: 10_000 }, (_, i) => event({ id: `${call}-${i}`, endpoint: `/e${i % 400}` })),
        undefined,
      ),
    );
    expect(await Promise.all(calls)).toEqual(calls.map(() => expect.objectContaining({ accepted: 10_000 }) as unknown));
    expect(await allSums(ingest.engine.clickhouse, 'full')).toEqual(
      inEveryTable({ requests: 50_000, latencyUs: 500_000_000, bytes: 0 }),
    );
  });

  it('accepts each id in one of the full calls that hold it and take turns', async () => {
    const caller = ingest.registry.add(makeKey('k-turns', 'turns'));
    const events = Array.from({ length: 10_000 }, (_, i) => event({ id: `${i}` }));
    const answers = await Promise.all(
      [events, events.toReversed(), events].map((list) => ingest.service.ingest(caller, list, undefined)),
    );
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(10_000);
    expect(answers.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(20_000);
    expect(await allSums(ingest.engine.clickhouse, 'turns')).toEqual(
      inEveryTable({ requests: 10_000, latencyUs: 100_000_000, bytes: 0 }),
    );
  });

  const sentEvent = fc.record({
    id: fc.option(fc.constantFrom(...'abcdefghij'), { nil: undefined }),
    age: fc.integer({ min: 0, max: 20 * DAY }),
    endpoint: fc.constantFrom('/a', '/b/1', '/b/2'),
    statusCode: fc.constantFrom(200, 201, 404, 429, 500, 7),
    latencyMs: fc.integer({ min: 0, max: 5_000_000 }).map((us) => us / 1_000),
    responseBytes: fc.nat({ max: 10_000 }),
  });
  const scenario = fc.record({
    calls: fc.array(
      fc.record({
        events: fc.array(sentEvent, { minLength: 1, maxLength: 12 }),
        sends: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    faults: fc.array(fc.constantFrom('before' as const, 'after' as const, 'none' as const), { maxLength: 4 }),
  });
  type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

  /** The bodies of a scenario. An id names one event: every sender of it sends the same figures. */
  function bodiesOf({ calls, faults }: Scenario, now: number) {
    const named = new Map<string, object>();
    return calls.map(({ events, sends }, call) => ({
      sends,
      events: events.map(({ id: given, age, ...rest }, index) => {
        // What may be sent again must be named.
        const id = given ?? (sends > 1 || faults.length > 0 ? `${call}-${index}` : undefined);
        const sent = { method: 'GET', id, timestamp: now - age, ...rest };
        if (id === undefined || sent.statusCode < 100) return sent;
        const known = (named.get(id) ?? sent) as typeof sent;
        named.set(id, known);
        return known;
      }),
    }));
  }

  /** Sends until it is taken, or none of it can be. @returns how many events were accepted */
  async function send(target: OpenIngest, caller: Identity, body: unknown): Promise<number> {
    for (;;) {
      try {
        return (await target.ingest(caller, body, undefined)).accepted;
      } catch (error) {
        if (!(error instanceof ApiException)) throw error;
        if (error.code === 'INVALID_PARAMETERS') return 0;
        expect(error.code).toBe('OVERLOADED');
      }
    }
  }

  it('counts every event once, whatever is sent again, at once, or retried', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const accountId = `random-${++run}`;
        const caller = ingest.registry.add(makeKey(`k-${accountId}`, accountId));
        const target = await OpenIngest.open(ingest.engine, ingest.registry, faulty([...given.faults]));
        const bodies = bodiesOf(given, Date.now());
        const accepted = await Promise.all(
          bodies.flatMap(({ events, sends }) => Array.from({ length: sends }, () => send(target, caller, events))),
        );
        const counted = [...new Set(bodies.flatMap(({ events }) => events))].filter(
          ({ statusCode }) => statusCode >= 100,
        );
        const timed = counted.filter(({ statusCode }) => ![101, 429].includes(statusCode));
        const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
        expect(await allSums(ingest.engine.clickhouse, accountId)).toEqual(
          inEveryTable({
            requests: counted.length,
            failed: counted.filter(({ statusCode }) => statusCode >= 400).length,
            throttled: counted.filter(({ statusCode }) => statusCode === 429).length,
            timed: timed.length,
            latencyUs: sum(timed.map(({ latencyMs }) => Math.round(latencyMs * 1_000))),
            bytes: sum(counted.map(({ responseBytes }) => responseBytes)),
          }),
        );
        expect(sum(accepted)).toBe(counted.length);
        await target.close();
      }),
      { numRuns: 15 },
    );
  });
});
