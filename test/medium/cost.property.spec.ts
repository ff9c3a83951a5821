/**
 * `GET /usage/cost` against an oracle that prices events one by one, for random plans, events and windows. Real: HTTP,
 * guards, validation, the engine with its rollups. Not real: the clock, the socket.
 */
import fc from 'fast-check';
import { DAY, HOUR, MINUTE, floorTo, iso } from '@meterhouse/common';
import { CostModule } from '../../apps/api/src/cost/cost.module';
import { anEvent } from '../factories/events';
import { aPlanBody } from '../factories/plans';
import { type OraclePlan, coinsOf, costOf, periodsOf, priceOf } from '../support/cost-oracle';
import { insertEvents } from '../support/insert-events';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';
import type { OracleEvent } from '../support/usage-oracle';

const RUNS = 30;

const api = useKeysApi(CostModule);
let accounts = 0;

const KEYS: [string, string, string] = ['k1', 'k2', 'k3'];
const anAge = fc.oneof(fc.integer({ min: 1, max: 3 * HOUR }), fc.integer({ min: 1, max: 70 * DAY }));
const someEvents = fc.array(
  anEvent(
    NOW,
    KEYS,
    anAge.map((age) => NOW - age),
  ),
  { maxLength: 120 },
);

/** Tiers begin with the period, in whose first hour raw events are needed where the zone is off the hour. */
const aSpan = fc
  .uniqueArray(fc.integer({ min: 0, max: (55 * DAY) / MINUTE }), { minLength: 2, maxLength: 2 })
  .map((minutes) => minutes.map((ago) => floorTo('minute', NOW) - ago * MINUTE).sort((a, b) => a - b))
  .map(([from = 0, to = 0]) => ({ from, to }));

const aCalendar = fc.record({
  timezone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'),
  anchorDay: fc.constantFrom(1, 2, 15, 31),
});

const anAsked = fc.oneof(fc.constantFrom('current' as const, 'previous' as const), aSpan);

interface Priced {
  requests: number;
  amount: string;
}

/** An account with keys of its own, its events, and a plan. */
async function set(
  events: OracleEvent[],
  body: object,
): Promise<{ id: string; events: OracleEvent[]; plan: OraclePlan & { id: string } }> {
  const id = `cost-${accounts++}`;
  for (const key of KEYS) await api.registry.registerExternal(id, `${id}-${key}`);
  const own = events.map((event) => ({ ...event, keyId: `${id}-${event.keyId}` }));
  await insertEvents(api.clickhouse, id, own);
  const made = await api.call(ADMIN, 'POST', '/plans', body);
  expect(made).toMatchObject({ status: 201 });
  const { plan } = made.body;
  const from = iso(NOW - 100 * DAY);
  expect(await api.call(ADMIN, 'PUT', `/accounts/${id}/plan`, { planId: plan.id, from })).toMatchObject({
    status: 200,
  });
  return { id, events: own, plan };
}

const ask = async (id: string, query: string) => {
  const answer = await api.call(ADMIN, 'GET', `/usage/cost?accountId=${id}&${query}`);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};

const sumOf = (rows: { amount: string }[]): bigint => rows.reduce((sum, { amount }) => sum + coinsOf(amount), 0n);

it('agrees with an oracle on random plans, events and windows', async () => {
  await fc.assert(
    fc.asyncProperty(aPlanBody, aCalendar, someEvents, anAsked, async (body, calendar, sent, asked) => {
      const { id, events, plan } = await set(sent, { ...body, ...calendar });
      const [period] = periodsOf(plan, NOW, NOW + 1);
      const [before] = periodsOf(plan, (period?.from ?? 0) - 1, period?.from ?? 0);
      const span = asked === 'current' ? period : asked === 'previous' ? before : asked;
      if (span === undefined) throw new Error('There is a period.');
      const answer = await ask(
        id,
        typeof asked === 'string' ? `period=${asked}` : `from=${iso(asked.from)}&to=${iso(asked.to)}`,
      );
      const expected = costOf(plan, events, span.from, span.to);
      expect([answer.period.from, answer.period.to]).toEqual([iso(span.from), iso(span.to)]);
      expect({
        lines: answer.lines.map(({ amount }: Priced) => coinsOf(amount)),
        flatFee: coinsOf(answer.flatFee),
        discount: coinsOf(answer.discount),
        maximumCut: coinsOf(answer.maximumCut),
        minimumTopUp: coinsOf(answer.minimumTopUp),
        total: coinsOf(answer.total),
      }).toEqual((({ free: _free, unmatched: _unmatched, ...amounts }) => amounts)(expected));
      const unpriced = Object.fromEntries(
        answer.unpriced.map(({ reason, requests }: { reason: string; requests: number }) => [reason, requests]),
      );
      expect([unpriced.free_status ?? 0, unpriced.no_price ?? 0]).toEqual([expected.free, expected.unmatched]);

      const lines = expected.lines.reduce((sum, line) => sum + line, 0n);
      for (const rows of [answer.byKey, answer.byEndpoint, answer.timeSeries])
        expect(sumOf(rows)).toBe(rows.length === 0 ? 0n : lines);
      const inside = events.filter(({ timestamp }) => timestamp >= span.from && timestamp < span.to);
      const counted = new Map<string, number>();
      for (const { keyId } of inside) counted.set(keyId, (counted.get(keyId) ?? 0) + 1);
      expect(new Map(answer.byKey.map(({ keyId, requests }: Priced & { keyId: string }) => [keyId, requests]))).toEqual(
        counted,
      );
      expect(answer.waste.throttled.requests).toBe(inside.filter(({ statusCode }) => statusCode === 429).length);
      expect(answer.waste.errors.requests).toBe(
        inside.filter(({ statusCode }) => statusCode >= 400 && statusCode !== 429).length,
      );
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

it('leaves a share of the lines by units where requests are filtered', async () => {
  await fc.assert(
    fc.asyncProperty(aPlanBody, someEvents, async (body, sent) => {
      const { id, events, plan } = await set(sent, body);
      const span = { from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 2, 1) };
      const window = 'period=previous';
      const [all, one] = [await ask(id, window), await ask(id, `${window}&keyId=${id}-k1`)];
      const measures = plan.prices.map(({ unit }, index) => {
        const matched = events.filter(
          (event) => event.timestamp >= span.from && event.timestamp < span.to && priceOf(plan, event) === index,
        );
        const measure = (some: OracleEvent[]): number =>
          some.reduce((sum, event) => sum + (unit === 'requests' ? 1 : event.requestBytes + event.responseBytes), 0);
        return [measure(matched.filter(({ keyId }) => keyId === `${id}-k1`)), measure(matched)] as const;
      });
      one.lines.forEach(({ amount }: Priced, index: number) => {
        const [own = 0, total = 0] = measures[index] ?? [];
        const whole = Number(coinsOf(all.lines[index].amount));
        const exact = total === 0 ? 0 : (whole * own) / total;
        expect(Math.abs(Number(coinsOf(amount)) - exact)).toBeLessThanOrEqual(1);
      });
      expect([one.flatFee, one.minimumTopUp, one.maximumCut].map(Number)).toEqual([0, 0, 0]);
      expect(sumOf(one.byKey)).toBe(one.byKey.length === 0 ? 0n : sumOf(one.lines));
    }),
    { numRuns: RUNS / 2, endOnFailure: true },
  );
});

it('adds up to the whole however a window is split, and events come in', async () => {
  await fc.assert(
    fc.asyncProperty(
      aPlanBody,
      aCalendar,
      someEvents,
      aSpan,
      fc.nat(1_000),
      async (body, calendar, sent, span, cut) => {
        const { id, events, plan } = await set(sent, { ...body, ...calendar });
        const middle = floorTo('minute', span.from + ((span.to - span.from) * cut) / 1_001);
        const total = async (account: string, from: number, to: number): Promise<bigint> =>
          from === to ? 0n : coinsOf((await ask(account, `planId=${plan.id}&from=${iso(from)}&to=${iso(to)}`)).total);
        const whole = await total(id, span.from, span.to);
        expect((await total(id, span.from, middle)) + (await total(id, middle, span.to))).toBe(whole);
        const other = `cost-${accounts++}`;
        await api.registry.registerExternal(other, `${other}-k`);
        for (const event of [...events].reverse()) await insertEvents(api.clickhouse, other, [event]);
        expect(await total(other, span.from, span.to)).toBe(whole);
      },
    ),
    { numRuns: 8, endOnFailure: true },
  );
});
