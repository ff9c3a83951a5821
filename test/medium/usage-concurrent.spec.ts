/**
 * GET /usage while batches are being inserted: every answer agrees with itself, and pages of a closed window are whole.
 * Real: the engine, the schema and its views, the service with its modules. Not real: the clock, which stands still, and
 * ingest, in whose place plain inserts follow one another.
 */
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import type { OracleEvent } from '../support/usage-oracle';
import { type Parameters, type UsageFixture, openUsage } from './usage-fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2025, 5, 18, 10, 20, 30);

/** The window that nothing is added to: another day. */
const CLOSED = { from: '2025-06-16T00:10:00Z', to: '2025-06-17T22:50:00Z' };

const QUERIES: Parameters[] = [
  { timeframe: '24h', granularity: 'hour', groupBy: 'endpoint' },
  { timeframe: '7d', granularity: 'day', timezone: 'Asia/Kolkata', groupBy: 'key,method', groupLimit: '2' },
  {
    from: '2025-06-15',
    granularity: 'day',
    timezone: 'Europe/Berlin',
    groupBy: 'statusCode',
    method: 'GET,POST,DELETE',
  },
];

const sum = (items: { requests: number }[]): number => items.reduce((total, item) => total + item.requests, 0);

function anEvent(keyId: string, index: number, timestamp: number): OracleEvent {
  return {
    keyId,
    timestamp,
    method: ['GET', 'POST', 'DELETE'][index % 3] ?? 'GET',
    endpoint: `/v1/things/${index % 40}`,
    statusCode: [200, 200, 404, 429, 500][index % 5] ?? 200,
    latencyMs: index % 100,
    requestBytes: 1,
    responseBytes: 1,
    errorType: index % 5 < 2 ? '' : 'failed',
  };
}

describe('GET /usage under concurrent ingest', () => {
  let usage: UsageFixture;
  let account: Awaited<ReturnType<UsageFixture['account']>>;

  beforeAll(async () => {
    usage = await openUsage(NOW);
    account = await usage.account();
    const start = Date.parse(CLOSED.from);
    const events = Array.from({ length: 1_000 }, (_, index) =>
      anEvent(account.keyIds[index % 2] ?? '', index, start + ((index * 7_919) % 2_700) * MINUTE),
    );
    await usage.insert(account.id, events, 1_000);
  });
  afterAll(() => usage.close());

  /** Inserts batches of the last day, over minutes, hours and days, until the work is done; how many events there were. */
  async function whileInserting(work: () => Promise<void>): Promise<number> {
    let [inserted, done] = [0, false];
    const insert = async (): Promise<void> => {
      for (let round = 0; !done; round++) {
        const batch = Array.from({ length: 50 + (round % 7) }, (_, index) =>
          anEvent(account.keyIds[(round + index) % 3] ?? '', index, NOW - ((index * 104_729 + round) % (11 * HOUR))),
        );
        await usage.insert(account.id, batch);
        inserted += batch.length;
      }
    };
    const inserting = insert();
    await work().finally(() => (done = true));
    await inserting;
    return inserted;
  }

  function expectOneTotal({ usage: { totalRequests }, timeSeries, breakdown, groups }: UsageResponseDto): void {
    const parts = [timeSeries, breakdown?.byEndpoint, breakdown?.byMethod, breakdown?.byStatusCode, breakdown?.byKey];
    expect([...parts, groups?.series].map((part) => part && sum(part))).toEqual(Array(6).fill(totalRequests));
    for (const group of groups?.series ?? []) expect(sum(group.timeSeries)).toBe(group.requests);
  }

  it('gives one total in every part of an answer', async () => {
    const totals: number[] = [];
    const inserted = await whileInserting(async () => {
      for (let round = 0; round < 10; round++) {
        for (const query of QUERIES) expectOneTotal(await usage.ask(account.id, { ...query, limit: '1000' }));
        const { usage: figures } = await usage.ask(account.id, { timeframe: '30d', granularity: 'day' });
        totals.push(figures.totalRequests);
      }
    });
    // What was seen only grows, and all of it shows in the end.
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    const last = await usage.ask(account.id, { timeframe: '30d', granularity: 'day' });
    expect(last.usage.totalRequests).toBe(1_000 + inserted);
  });

  it('neither loses nor repeats a row on the pages of a closed window', async () => {
    const query = { ...CLOSED, granularity: 'hour' };
    const whole = await usage.ask(account.id, { ...query, limit: '1000' });
    expect(whole.breakdown?.byEndpoint).toHaveLength(40);
    expect(whole.usage.totalRequests).toBe(1_000);
    await whileInserting(async () => {
      for (const sort of ['requests', 'latency', 'timestamp']) {
        const sorted = await usage.ask(account.id, { ...query, sort, limit: '1000' });
        const rows: unknown[] = [];
        for (let offset = 0; ; offset += 9) {
          const page = await usage.ask(account.id, { ...query, sort, limit: '9', offset: `${offset}` });
          rows.push(...(page.breakdown?.byEndpoint ?? []));
          expect(page.timeSeries).toEqual(whole.timeSeries);
          if (!page.pagination.hasMore) break;
        }
        expect(rows).toEqual(sorted.breakdown?.byEndpoint);
        expect(new Set(rows).size).toBe(40);
      }
    });
  });
});
