import { Logger } from '@nestjs/common';
import type { ClickHouse } from '@meterhouse/clickhouse';
import { Deduplicator, type EventName } from './deduplicator';
import type { UsageEvent } from './event';
import { EventWriter, MAX_BATCH_ROWS, MAX_WAITING_ROWS } from './event-writer';
import { ATTEMPTS } from './retry';

/** Records inserts; each waits for `release` when told to hold, and fails as often as `failures` says. */
class FakeClickHouse {
  readonly inserts: { sql: string; rows: string }[] = [];
  failures: Error[] = [];
  held: (() => void)[] = [];
  hold = false;
  readonly stored = new Set<string>();

  async insert(sql: string, rows: string): Promise<void> {
    this.inserts.push({ sql, rows });
    if (this.hold) await new Promise<void>((resolve) => this.held.push(resolve));
    const failure = this.failures.shift();
    if (failure) throw failure;
    for (const line of rows.split('\n')) this.stored.add((JSON.parse(line) as string[]).slice(0, 3).join(' '));
  }

  release(): void {
    this.hold = false;
    for (const resolve of this.held.splice(0)) resolve();
  }
}

class FakeDeduplicator extends Deduplicator {
  readonly asked: number[] = [];
  constructor(private readonly clickhouse: FakeClickHouse) {
    super();
  }
  seen(events: readonly EventName[]): Promise<boolean[]> {
    this.asked.push(events.length);
    return Promise.resolve(events.map(({ accountId, id }) => this.clickhouse.stored.has(`${accountId} key ${id}`)));
  }
}

class TestWriter extends EventWriter {
  readonly pauses: number[] = [];
  protected override pause(milliseconds: number): Promise<void> {
    this.pauses.push(milliseconds);
    return Promise.resolve();
  }
}

function setUp() {
  const clickhouse = new FakeClickHouse();
  const deduplicator = new FakeDeduplicator(clickhouse);
  // The writer uses `insert` alone.
  const writer = new TestWriter(clickhouse as unknown as ClickHouse, deduplicator);
  return { clickhouse, deduplicator, writer };
}

const event = (id: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
  accountId: 'acc',
  keyId: 'key',
  id,
  idGiven: true,
  timestamp: 1_795_369_401_735,
  method: 'GET',
  endpoint: '/',
  statusCode: 200,
  latencyMs: 1.5,
  requestBytes: 0,
  responseBytes: 0,
  errorType: '',
  ...more,
});
const events = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, i) => event(`${prefix}${i}`, { idGiven: false }));

const tooManyParts = () => Object.assign(new Error('Too many parts'), { code: '252' });
const parseError = () => Object.assign(new Error('Cannot parse'), { code: '27' });
const rowCount = (rows: string) => rows.split('\n').length;

describe('EventWriter', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('writes at once, and shares the next insert among what arrives meanwhile', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.hold = true;
    const first = writer.write([event('a')]);
    const others = [writer.write([event('b')]), writer.write([event('c'), event('d')])];
    await new Promise((resolve) => setImmediate(resolve));
    expect(clickhouse.inserts).toHaveLength(1);
    clickhouse.release();
    expect(await first).toEqual(['accepted']);
    expect(await Promise.all(others)).toEqual([['accepted'], ['accepted', 'accepted']]);
    expect(clickhouse.inserts.map(({ rows }) => rowCount(rows))).toEqual([1, 3]);
  });

  it('writes an event as a row of the columns it names', async () => {
    const { clickhouse, writer } = setUp();
    await writer.write([event('a"\\\n', { latencyMs: 1.0006, timestamp: 5 })]);
    expect(clickhouse.inserts[0]?.rows).toBe('["acc","key","a\\"\\\\\\n",true,"0.005","GET","/",200,1001,0,0,""]');
  });

  it('accepts one of several events with one id, within a batch and after it', async () => {
    const { clickhouse, writer } = setUp();
    const answers = await Promise.all([
      writer.write([event('a'), event('a')]),
      writer.write([event('a'), event('b')]),
      writer.write([event('b'), event('a', { accountId: 'other' })]),
    ]);
    expect(answers).toEqual([
      ['accepted', 'duplicate'],
      ['duplicate', 'accepted'],
      ['duplicate', 'accepted'],
    ]);
    expect(await writer.write([event('a')])).toEqual(['duplicate']);
    expect(clickhouse.inserts).toHaveLength(2);
  });

  it('does not look up ids that were made here', async () => {
    const { deduplicator, writer } = setUp();
    await writer.write(events(3, 'x'));
    expect(deduplicator.asked).toEqual([]);
  });

  it('takes whole groups into batches of a bounded size', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.hold = true;
    const writes = [writer.write(events(1, 'first'))];
    for (let i = 0; i < 6; i += 1) writes.push(writer.write(events(10_000, `g${i}-`)));
    clickhouse.release();
    await Promise.all(writes);
    expect(clickhouse.inserts.map(({ rows }) => rowCount(rows))).toEqual([1, MAX_BATCH_ROWS, 10_000]);
  });

  it('refuses what the queue cannot hold, and takes more once there is room', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.hold = true;
    const writes = [writer.write(events(1, 'first'))];
    for (let rows = 0; rows < MAX_WAITING_ROWS; rows += 50_000) writes.push(writer.write(events(50_000, `${rows}-`)));
    await expect(writer.write([event('late')])).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 2 });
    clickhouse.release();
    await Promise.all(writes);
    expect(await writer.write([event('late')])).toEqual(['accepted']);
  });

  it('retries with the same statement, token and bytes', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.failures = [tooManyParts(), new Error('socket hang up'), tooManyParts()];
    expect(await writer.write([event('a')])).toEqual(['accepted']);
    expect(clickhouse.inserts).toHaveLength(4);
    expect(new Set(clickhouse.inserts.map(({ sql, rows }) => sql + rows)).size).toBe(1);
    expect(clickhouse.inserts[0]?.sql).toMatch(/insert_deduplication_token = '[0-9a-f]{64}'/);
    const [first, second, third] = writer.pauses;
    expect(first).toBeGreaterThanOrEqual(50);
    expect(first).toBeLessThanOrEqual(100);
    expect(second).toBeGreaterThanOrEqual(100);
    expect(third).toBeGreaterThanOrEqual(200);
  });

  it('gives other batches other tokens', async () => {
    const { clickhouse, writer } = setUp();
    await writer.write([event('a')]);
    await writer.write([event('b')]);
    expect(clickhouse.inserts[0]?.sql).not.toBe(clickhouse.inserts[1]?.sql);
  });

  it('gives up with OVERLOADED after the last try, but finishes that batch before any other', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.failures = Array.from({ length: 2 * ATTEMPTS }, tooManyParts);
    await expect(writer.write([event('a')])).rejects.toMatchObject({ code: 'OVERLOADED' });
    await expect(writer.write([event('b')])).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(await writer.write([event('a'), event('b')])).toEqual(['duplicate', 'accepted']);
    const tokens = clickhouse.inserts.map(({ sql }) => sql);
    expect(tokens).toHaveLength(2 * ATTEMPTS + 2);
    expect(new Set(tokens.slice(0, -1)).size).toBe(1);
  });

  it('tries an unfinished batch once more on shutdown', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.failures = Array.from({ length: ATTEMPTS }, tooManyParts);
    await expect(writer.write([event('a')])).rejects.toMatchObject({ code: 'OVERLOADED' });
    await writer.beforeApplicationShutdown();
    expect(clickhouse.stored).toEqual(new Set(['acc key a']));
  });

  it('does not retry what will not pass', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.failures = [parseError()];
    await expect(writer.write([event('a')])).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await writer.write([event('b')])).toEqual(['accepted']);
    expect(clickhouse.inserts).toHaveLength(2);
  });

  it('writes what waits on shutdown and refuses more', async () => {
    const { clickhouse, writer } = setUp();
    clickhouse.hold = true;
    const writes = [writer.write([event('a')]), writer.write([event('b')])];
    const closed = writer.beforeApplicationShutdown();
    await expect(writer.write([event('c')])).rejects.toMatchObject({ code: 'OVERLOADED' });
    clickhouse.release();
    await closed;
    expect(await Promise.all(writes)).toEqual([['accepted'], ['accepted']]);
  });
});
