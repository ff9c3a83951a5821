import { DAY } from '@meterhouse/common';
import { MeterhouseClient } from '../client';
import type { Progress } from '../progress';
import { type Asked, FakeService, type Reply, eventsIn } from '../testing/fake-service';
import { DEMO_KEYS, TOUR_KEY } from './accounts';
import { tour } from './command';
import { type DemoResult, runDemo } from './run-demo';

const SILENT: Progress = { start: () => undefined, update: () => undefined, stop: () => undefined };
const NOW = Date.UTC(2026, 4, 20, 11, 23, 45);
const SMALL = { seed: 1, events: 5_000, days: 7, now: NOW };

/** Keeps keys and event ids as the service does. */
class Memory {
  readonly keys: Record<string, unknown>[] = [];
  readonly events = new Map<string, Record<string, unknown>>();
  readonly rules: Record<string, unknown>[] = [];
  private secrets = 0;

  answer(asked: Asked): Reply {
    if (asked.path === '/events') return this.take(eventsIn(asked));
    if (asked.path.startsWith('/alerts/rules')) return this.answerRules(asked);
    if (asked.method === 'GET') {
      const offset = Number(/offset=(\d+)/.exec(asked.path)?.[1]);
      const keys = this.keys.slice(offset, offset + 10);
      return { status: 200, body: { keys, pagination: { hasMore: offset + 10 < this.keys.length } } };
    }
    const rotated = /^\/keys\/(.*)\/rotate$/.exec(asked.path)?.[1];
    const key = rotated === undefined ? this.create(asked.body) : this.keys.find(({ id }) => id === rotated);
    return { status: 201, body: { success: true, apiKey: `mh_${++this.secrets}`, key } };
  }

  private answerRules({ method, body }: Asked): Reply {
    if (method === 'GET') return { status: 200, body: { rules: this.rules, pagination: { hasMore: false } } };
    const rule = JSON.parse(body) as Record<string, unknown>;
    this.rules.push(rule);
    return { status: 201, body: { rule } };
  }

  private create(body: string): Record<string, unknown> {
    const sent: unknown = JSON.parse(body);
    const key = {
      ...{ description: null, rateLimit: {}, status: 'active', createdAt: '', lastUsedAt: null, metadata: {} },
      ...{ usage: { totalRequests: 0, requestsToday: 0, requestsThisMonth: 0 } },
      ...(typeof sent === 'object' ? sent : {}),
      id: `k${this.keys.length}`,
    };
    this.keys.push(key);
    return key;
  }

  private take(events: Record<string, unknown>[]): Reply {
    const before = this.events.size;
    for (const event of events) {
      this.events.set(`${String(event['keyId'])} ${String(event['id'])}`, event);
      const key = this.keys.find(({ id }) => id === event['keyId']);
      const used = new Date(Number(event['timestamp'])).toISOString();
      const newest = key?.['lastUsedAt'];
      if (key && (typeof newest !== 'string' || used > newest)) key['lastUsedAt'] = used;
    }
    const accepted = this.events.size - before;
    return { status: 202, body: { accepted, duplicates: events.length - accepted, rejected: [] } };
  }
}

describe('runDemo', () => {
  let service: FakeService;
  let memory: Memory;
  let client: MeterhouseClient;

  beforeEach(async () => {
    memory = new Memory();
    service = await FakeService.start((asked) => memory.answer(asked));
    client = new MeterhouseClient({ url: service.url, key: 'mh_admin' });
  });
  afterEach(() => service.stop());

  function demo(options: Partial<typeof SMALL> = {}): Promise<DemoResult> {
    return runDemo(client, { ...SMALL, ...options }, SILENT);
  }

  it('creates its keys and sends every event under one of them', async () => {
    const result = await demo();
    expect(memory.keys.map((key) => key['metadata'])).toEqual(
      [...DEMO_KEYS, TOUR_KEY].map(({ slug }) => expect.objectContaining({ demo: true, slug }) as unknown),
    );
    expect(memory.keys.find(({ name }) => name === 'old-portal')).toMatchObject({
      expiresAt: new Date(NOW + 3 * DAY).toISOString(),
    });
    expect(result).toMatchObject({ duplicates: 0, rejected: 0, accepted: memory.events.size });
    expect(result.accepted).toBeGreaterThanOrEqual(5_000);
    expect([...memory.events.values()].every(({ keyId }) => typeof keyId === 'string')).toBe(true);
  });

  it('adds nothing when run again, and gives the key it prints a new secret', async () => {
    const first = await demo();
    const again = await demo();
    expect(again).toMatchObject({ accepted: 0, duplicates: first.accepted });
    expect(memory.keys).toHaveLength(DEMO_KEYS.length + 1);
    expect(new Set(memory.rules.map(({ name }) => name)).size).toBe(memory.rules.length);
    expect(again.keys.tour.keyId).toBe(first.keys.tour.keyId);
    expect(again.keys.tour.apiKey).not.toBe(first.keys.tour.apiKey);
    expect(tour(again, service.url)).toContain('the one printed before works no more');
  });

  it('makes alert rules of the account whose key it prints', async () => {
    await demo();
    expect(memory.rules.length).toBeGreaterThan(2);
    expect(memory.rules.every(({ accountId }) => accountId === TOUR_KEY.accountId)).toBe(true);
  });

  it('goes on where it ended when run again later', async () => {
    await demo();
    const { accepted, duplicates } = await demo({ now: NOW + DAY });
    expect(duplicates).toBeGreaterThan(4_000);
    expect(accepted).toBeGreaterThan(300);
    expect(accepted).toBeLessThan(2_000);
  });

  it('sends only what is newer once the service has forgotten the ids', async () => {
    await demo({ days: 30 });
    memory.events.clear();
    const { accepted, duplicates } = await demo({ days: 30, now: NOW + 10 * DAY });
    expect(duplicates).toBe(0);
    expect(accepted).toBeLessThan(7_000);
    const dates = [...memory.events.values()].map(({ timestamp }) => Number(timestamp));
    expect(Math.min(...dates)).toBeGreaterThan(NOW - 3_600_000);
  });

  it('refuses to mix with a demo of other options', async () => {
    await demo();
    await expect(demo({ seed: 2 })).rejects.toThrow('already holds the demo of --days 7 --events 5000 --seed 1');
  });

  it('prints four calls that can be pasted', async () => {
    const text = tour(await demo(), 'http://127.0.0.1:3000');
    expect(text.match(/^curl .*$/gm)).toEqual([
      `curl -s -H 'Authorization: Bearer mh_20' 'http://127.0.0.1:3000/usage?timeframe=24h'`,
      expect.stringContaining('/usage?timeframe=30d&granularity=day&sort=errors&limit=5'),
      expect.stringContaining('/usage/cost'),
      expect.stringContaining('/events?wait=true'),
    ]);
    expect(text).toContain('\nhttp://127.0.0.1:3000/app#key=mh_20\n');
    expect(text).toContain('http://127.0.0.1:3000/docs');
  });
});
