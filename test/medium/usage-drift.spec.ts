/**
 * GET /usage where a rollup has lost a part: the answer says so, and so do readiness and metrics.
 * Real: the engine, the schema and its views, the service with its modules. Not real: the clock, which stands still.
 */
import { Metrics } from '../../apps/api/src/monitoring/metrics';
import { Readiness } from '../../apps/api/src/monitoring/readiness';
import { UsageRepository } from '../../apps/api/src/usage/read/usage.repository';
import { type UsageFixture, openUsage } from './usage-fixture';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 18, 12, 20);
const WEEK = { timeframe: '7d', granularity: 'hour' };

let usage: UsageFixture;
beforeAll(async () => {
  usage = await openUsage(NOW);
  usage.readRollups(true);
});
afterAll(() => usage.close());

const event = (keyId: string, timestamp: number) => ({
  keyId,
  timestamp,
  method: 'GET',
  endpoint: '/a',
  statusCode: 200,
  latencyMs: 5,
  requestBytes: 1,
  responseBytes: 1,
  errorType: '',
});

const readinessOf = (): string[] => usage.app.get(Readiness).warnings;

async function disagreements(): Promise<number> {
  const text = await usage.app.get(Metrics).text();
  return Number(/^meterhouse_usage_disagreements_total (\d+)$/m.exec(text)?.[1]);
}

describe('rollups that disagree', () => {
  let account: Awaited<ReturnType<UsageFixture['account']>>;
  let series: jest.SpyInstance;

  beforeAll(async () => {
    account = await usage.account();
    const [keyId] = account.keyIds;
    await usage.insert(account.id, [event(keyId, NOW - 40 * DAY), event(keyId, NOW - 39 * DAY)]);
    await usage.insert(account.id, [event(keyId, NOW - 3 * DAY), event(keyId, NOW - MINUTE)]);
    series = jest.spyOn(usage.app.get(UsageRepository), 'series');
  });
  beforeEach(() => series.mockClear());
  afterAll(() => series.mockRestore());

  it('are not reported where none do', async () => {
    const { period } = await usage.ask(account.id, WEEK);
    expect(period.complete).toBe(true);
    expect(period).not.toHaveProperty('incompleteReason');
    expect(readinessOf()).toEqual([]);
    expect(await disagreements()).toBe(0);
  });

  it('make an answer incomplete, with a reason', async () => {
    await usage.clickhouse.command(`ALTER TABLE traffic_hour DROP PARTITION '202603'`);
    const { period } = await usage.ask(account.id, WEEK);
    expect(period).toMatchObject({ complete: false, incompleteReason: 'rollups_disagree' });
    expect(readinessOf()).toEqual([
      'Rollups disagree in 1 window(s) that were read in the last minute: run `meterhouse reconcile`.',
    ]);
    expect(await disagreements()).toBe(1);
  });

  it('are read once while they are known, and more often after a minute', async () => {
    const seriesReads = async (): Promise<number> => {
      series.mockClear();
      const { period } = await usage.ask(account.id, WEEK);
      expect(period).toMatchObject({ complete: false, incompleteReason: 'rollups_disagree' });
      return series.mock.calls.length;
    };
    const once = await seriesReads();
    expect(await seriesReads()).toBe(once);
    usage.clock.at = NOW + 2 * MINUTE;
    expect(readinessOf()).toEqual([]);
    expect(await seriesReads()).toBe(8 * once);
    expect(await seriesReads()).toBe(once);
  });

  it('are no matter of a window that they are not in', async () => {
    const { period } = await usage.ask(account.id, { from: '2026-02-01', to: '2026-02-20', granularity: 'hour' });
    expect(period.complete).toBe(true);
  });

  it('are forgotten once they agree', async () => {
    await usage.clickhouse.command(`ALTER TABLE usage_hour DROP PARTITION '202603'`);
    await usage.clickhouse.command(`ALTER TABLE usage_day DROP PARTITION ALL`);
    await usage.clickhouse.command(`ALTER TABLE traffic_minute DROP PARTITION ALL`);
    await usage.clickhouse.command(`ALTER TABLE events DROP PARTITION ALL`);
    const { period, usage: figures } = await usage.ask(account.id, WEEK);
    expect([period.complete, figures.totalRequests]).toEqual([true, 0]);
    expect(readinessOf()).toEqual([]);
  });
});
