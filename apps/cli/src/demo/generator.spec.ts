import { DAY, HOUR } from '@meterhouse/common';
import { ACCOUNT_COUNT, DEMO_KEYS } from './accounts';
import { type DemoEvent, demoEvents } from './generator';
import { Random } from './random';
import { type DemoOptions, incidentOf } from './rhythm';
import { ROUTES } from './routes';

const ANCHOR = Date.UTC(2026, 4, 20, 11, 23, 45);
const OPTIONS: DemoOptions = { seed: 1, events: 300_000, days: 90, anchor: ANCHOR };
const SMALL: DemoOptions = { ...OPTIONS, events: 5_000, days: 7 };

function made(options: DemoOptions, from = options.anchor - options.days * DAY, to = options.anchor): DemoEvent[] {
  return [...demoEvents(options, { from, to })];
}

function countBy(
  events: readonly DemoEvent[],
  name: (event: DemoEvent) => string | number,
): Map<string | number, number> {
  const counts = new Map<string | number, number>();
  for (const event of events) counts.set(name(event), (counts.get(name(event)) ?? 0) + 1);
  return counts;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

describe('the demo of 90 days', () => {
  let events: DemoEvent[];
  beforeAll(() => void (events = made(OPTIONS)));

  it('holds 300,000 events and a few more', () => {
    const other = demoEvents({ ...OPTIONS, seed: 2 }, { from: ANCHOR - 90 * DAY, to: ANCHOR });
    for (const count of [events.length, [...other].length]) {
      expect(count).toBeGreaterThanOrEqual(300_000);
      expect(count).toBeLessThan(312_000);
    }
  });

  it('is in order of time, inside its days, with ids of their own', () => {
    expect(events[0]?.timestamp).toBeGreaterThanOrEqual(ANCHOR - 90 * DAY);
    expect(events.at(-1)?.timestamp).toBeLessThan(ANCHOR);
    expect(events.every((event, i) => i === 0 || event.timestamp >= (events[i - 1]?.timestamp ?? 0))).toBe(true);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  it('uses every account and route, on a power law', () => {
    const accounts = [...countBy(events, (event) => event.key.accountId).values()].sort((a, b) => b - a);
    expect(accounts).toHaveLength(ACCOUNT_COUNT);
    expect(accounts[0]).toBeGreaterThan(0.3 * events.length);
    expect(accounts.at(-1)).toBeLessThan(0.03 * events.length);
    const routes = [...countBy(events, ({ method, endpoint }) => `${method} ${endpoint}`).values()];
    expect(routes).toHaveLength(ROUTES.length);
    expect(Math.max(...routes)).toBeGreaterThan(15 * Math.min(...routes));
  });

  it('has days and nights, weekdays and weekends', () => {
    const hours = countBy(events, ({ timestamp }) => new Date(timestamp).getUTCHours());
    expect(hours.get(13)).toBeGreaterThan(3 * (hours.get(4) ?? 0));
    const days = countBy(events, ({ timestamp }) => new Date(timestamp).getUTCDay());
    expect(days.get(3)).toBeGreaterThan(1.2 * (days.get(0) ?? 0));
    expect(days.get(4)).toBeGreaterThan(1.2 * (days.get(6) ?? 0));
  });

  it('has an incident of two hours with errors and slow answers', () => {
    const incident = incidentOf(OPTIONS);
    expect(incident.to - incident.from).toBeGreaterThan(1.8 * HOUR);
    expect((ANCHOR - incident.from) / DAY).toBeGreaterThan(11);
    expect((ANCHOR - incident.from) / DAY).toBeLessThan(15);
    const struck = events.filter((event) => event.timestamp >= incident.from && event.timestamp < incident.to);
    const calm = events.filter((event) => event.timestamp < incident.from || event.timestamp >= incident.to);
    const failing = (some: DemoEvent[]): number => some.filter((event) => event.statusCode >= 500).length / some.length;
    expect(failing(struck)).toBeGreaterThan(0.07);
    expect(failing(calm)).toBeLessThan(0.005);
    const paying = (some: DemoEvent[]): number[] =>
      some.filter((event) => event.endpoint === '/v1/payments').map((event) => event.latencyMs);
    expect(median(paying(struck))).toBeGreaterThan(5 * median(paying(calm)));
  });

  it('throttles only the keys with jobs, now and then, and within the last day', () => {
    const throttled = events.filter((event) => event.statusCode === 429);
    const jobs = DEMO_KEYS.filter((key) => key.job !== null).map((key) => key.slug);
    expect(new Set(throttled.map((event) => event.key.slug))).toEqual(new Set(jobs));
    expect(throttled.length).toBeLessThan(0.03 * events.length);
    expect(throttled.filter((event) => event.timestamp >= ANCHOR - DAY).length).toBeGreaterThan(10);
    const nights = new Set(throttled.map((event) => Math.floor(event.timestamp / DAY)));
    expect(nights.size).toBeLessThan(75);
    expect(nights.size).toBeGreaterThan(20);
  });

  it('has a customer that grows', () => {
    const growing = events.filter((event) => event.key.growth > 1);
    const week = (daysAgo: number): number =>
      growing.filter(({ timestamp }) => Math.floor((ANCHOR - timestamp) / (7 * DAY)) === daysAgo / 7).length;
    expect(week(0)).toBeGreaterThan(2 * week(28));
    expect(week(28)).toBeGreaterThan(2 * week(63));
  });

  it('has a key that is never used and one that expires soon', () => {
    const used = new Set(events.map((event) => event.key.slug));
    expect(DEMO_KEYS.filter((key) => !used.has(key.slug)).map((key) => key.name)).toEqual(['disaster-recovery']);
    expect(DEMO_KEYS.filter((key) => key.expiresInDays !== null)).toHaveLength(1);
  });

  it('keeps to what POST /events takes', () => {
    const bad = events.filter(
      (event) =>
        !(event.latencyMs > 0 && event.latencyMs <= 3_600_000) ||
        ![event.timestamp, event.requestBytes, event.responseBytes].every((n) => Number.isInteger(n) && n >= 0),
    );
    expect(bad).toEqual([]);
  });
});

describe('the generator', () => {
  it('makes the same events for a seed, and others for another', () => {
    expect(made(SMALL)).toEqual(made(SMALL));
    const ids = new Set(made(SMALL).map((event) => event.id));
    expect(made({ ...SMALL, seed: 2 }).some((event) => ids.has(event.id))).toBe(false);
  });

  it('makes the same events whatever stretch they are asked in', () => {
    const middle = ANCHOR - 2.3 * DAY;
    expect([...made(SMALL, undefined, middle), ...made(SMALL, middle)]).toEqual(made(SMALL));
  });

  it('goes on after the anchor', () => {
    const later = made(SMALL, ANCHOR, ANCHOR + DAY);
    expect(later.length).toBeGreaterThan(400);
    expect(later.length).toBeLessThan(2_000);
  });
});

describe('Random', () => {
  it('has the numbers of the reference implementation', () => {
    // sfc32 of PractRand 0.95, seeded with (a, b, c) = (1, 2, 3), counter 1, 12 rounds.
    let [a, b, c, counter] = [1, 2, 3, 1];
    const reference = (): number => {
      const sum = (a + b + counter) >>> 0;
      counter = (counter + 1) >>> 0;
      a = (b ^ (b >>> 9)) >>> 0;
      b = (c + c * 8) >>> 0;
      c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
      return sum;
    };
    for (let i = 0; i < 12; i++) reference();
    const random = new Random(1, 2, 3);
    for (let i = 0; i < 100; i++) expect(random.next() * 2 ** 32).toBe(reference());
  });

  it('has the moments it promises', () => {
    const random = new Random(5);
    const mean = (make: () => number): number => Array.from({ length: 20_000 }, make).reduce((a, b) => a + b) / 20_000;
    expect(mean(() => random.next())).toBeCloseTo(0.5, 1);
    expect(mean(() => random.normal())).toBeCloseTo(0, 1);
    expect(mean(() => random.poisson(3))).toBeCloseTo(3, 0);
    expect(mean(() => random.poisson(80)) / 80).toBeCloseTo(1, 1);
    expect(mean(() => Math.log(random.logNormal(20, 0.5)))).toBeCloseTo(Math.log(20), 1);
  });
});
