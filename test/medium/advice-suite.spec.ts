/**
 * Advice on healthy accounts, of which nothing may be said, and on accounts with one fault each. Real: the engine, the
 * schema and its views, the service with its rules, over HTTP. Not real: the clock, ingest. `npm run bench:advice` runs it
 * on more accounts and prints what it finds.
 */
import { appendFileSync } from 'node:fs';
import { DAY } from '@meterhouse/common';
import { AdviceModule } from '../../apps/api/src/advice/advice.module';
import { ADVICE_TYPES } from '../../apps/api/src/advice/advice';
import type { Key } from '../../apps/api/src/auth/key';
import { FAULTS, type Fault, type KeyOf, type Said, trafficOf } from '../support/advice-suite';
import { insertEvents } from '../support/insert-events';
import { aKey } from '../support/keys';
import { ADMIN, NOW, useKeysApi } from '../support/keys-api';

const api = useKeysApi(AdviceModule);

/** How many accounts there are of each kind; and where each account's outcome is written, a line of JSON each. */
const SEEDS = Number(process.env.ADVICE_SEEDS ?? '1');
const OUTCOMES = process.env.ADVICE_OUTCOMES;

const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);

const LIMITS = { requestsPerMinute: 40, requestsPerHour: null, requestsPerDay: null };

async function account(seed: number, fault?: Fault): Promise<{ id: string; keyIds: string[] }> {
  const id = `${fault?.type ?? 'healthy'}-${seed}`;
  const given: Partial<Key>[] = [{ tier: 'enterprise', rateLimit: LIMITS }, {}, {}, ...(fault?.key ? [fault.key] : [])];
  const keyIds = given.map((_, index) => `${id}-key-${index}`);
  for (const [index, more] of given.entries()) {
    const key = aKey({ id: keyIds[index] ?? '', accountId: id, ...more });
    await api.registry.save({ ...key, createdAt: NOW - 60 * DAY });
  }
  const events = trafficOf(seed, keyIds, NOW, fault);
  for (let start = 0; start < events.length; start += 50_000) {
    await insertEvents(api.clickhouse, id, events.slice(start, start + 50_000));
  }
  return { id, keyIds };
}

/** What is said of the last week of an account. */
async function said(seed: number, fault?: Fault): Promise<Said[]> {
  const { id, keyIds } = await account(seed, fault);
  const began = performance.now();
  const { status, body } = await api.call(ADMIN, 'GET', `/usage/advice?timeframe=7d&accountId=${id}`);
  expect(status).toBe(200);
  const ms = Math.round(performance.now() - began);
  const all: Said[] = body.advice.map(
    ({ type, keyId, endpoint }: { type: Said['type']; keyId: string | null; endpoint: string | null }) => {
      const key = keyId === null ? null : (keyIds.indexOf(keyId) as KeyOf);
      // Throttling is of a key; which endpoint it calls most is chance here.
      return { type, key, endpoint: type === 'throttling' ? null : endpoint };
    },
  );
  if (OUTCOMES !== undefined) {
    const { type = 'healthy', expected = null, implied = [] } = fault ?? {};
    appendFileSync(OUTCOMES, `${JSON.stringify({ type, seed, expected, implied, said: all, ms })}\n`);
  }
  return all;
}

it('plants a fault of every type', () => {
  expect(FAULTS.map(({ type }) => type)).toEqual(ADVICE_TYPES);
});

it.each(seeds)('says nothing on healthy traffic %d', async (seed) => {
  expect(await said(seed)).toEqual([]);
});

describe.each(FAULTS)('$type', (fault) => {
  it.each(seeds)('is found and named, and nothing else, in traffic %d', async (seed) => {
    const all = await said(seed, fault);
    expect(all).toContainEqual(fault.expected);
    const others = all.filter((one) => JSON.stringify(one) !== JSON.stringify(fault.expected));
    expect(fault.implied ?? []).toEqual(expect.arrayContaining(others));
  });
});
