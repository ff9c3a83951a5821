/**
 * How many events an account may send. Real: guards, validation, the log, the embedded engine. Not real: the clock, the
 * socket.
 */
import { DAY, MINUTE, iso } from '@meterhouse/common';
import fc from 'fast-check';
import { AccountLimits } from '../../apps/api/src/accounts/account-limits';
import { AccountsModule } from '../../apps/api/src/accounts/accounts.module';
import { EventCountsRepository } from '../../apps/api/src/ingest/event-counts.repository';
import { EventQuota } from '../../apps/api/src/ingest/event-quota';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import { MemoryCallCounters } from '../../apps/api/src/rate-limiting/memory-call-counters';
import { SteadyClock } from '../../apps/api/src/rate-limiting/steady-clock';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { ADMIN, NOW, type Made, useKeysApi } from '../support/keys-api';

const api = useKeysApi(AccountsModule, IngestModule, UsageModule);

interface Sent {
  id?: string;
  at?: number;
}

const eventOf = ({ id, at = api.clock.at }: Sent) => ({
  ...(id === undefined ? {} : { id }),
  timestamp: iso(at),
  method: 'GET',
  endpoint: '/v1/users',
  statusCode: 200,
  latencyMs: 1,
});

async function send(as: string, events: Sent[], query = '') {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/events?wait=true${query}`,
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
    payload: JSON.stringify(events.map(eventOf)),
  });
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], body: answer.json() };
}

const some = (count: number): Sent[] => Array.from({ length: count }, () => ({}));

/** A key of an account with limits of its own. */
async function keyWith(limits: { eventsPerMinute?: number | null; eventsPerDay?: number | null }): Promise<Made> {
  const key = await api.make({ tier: 'professional' });
  await api.call(ADMIN, 'PATCH', `/accounts/${key.accountId}`, { limits });
  return key;
}

async function counted({ accountId }: Made): Promise<number> {
  const { body } = await api.call(ADMIN, 'GET', `/usage?accountId=${accountId}&timeframe=7d`);
  return body.usage.totalRequests;
}

it('refuses a call whole that is past the minute, and takes the next minute', async () => {
  api.clock.at = NOW + 18_000;
  const key = await keyWith({ eventsPerMinute: 10 });
  expect(await send(key.secret, some(7))).toMatchObject({ status: 202, body: { accepted: 7 } });
  expect(await send(key.secret, some(4))).toMatchObject({
    status: 429,
    retryAfter: '42',
    body: {
      error: 'RATE_LIMIT_EXCEEDED',
      message:
        'The account may send 10 events a minute; 7 were sent, and this call has 4. None of them was taken: send them again in 42 seconds, or fewer now.',
    },
  });
  expect(await send(key.secret, some(3))).toMatchObject({ status: 202 });
  expect(await counted(key)).toBe(10);
  api.clock.at += MINUTE;
  expect(await send(key.secret, some(10))).toMatchObject({ status: 202 });
});

it('refuses what is past the day, and says when the next begins', async () => {
  const key = await keyWith({ eventsPerDay: 5, eventsPerMinute: null });
  expect(await send(key.secret, some(5))).toMatchObject({ status: 202 });
  api.clock.at += MINUTE;
  expect(await send(key.secret, some(1))).toMatchObject({
    status: 429,
    retryAfter: String((DAY / 2 - MINUTE) / 1_000),
  });
  // By when they are sent, whatever time they have.
  expect(await send(key.secret, [{ at: NOW - 2 * DAY }])).toMatchObject({ status: 429 });
  api.clock.at = NOW + DAY / 2;
  expect(await send(key.secret, some(5))).toMatchObject({ status: 202 });
});

it('says that a call is larger than the limit', async () => {
  const key = await keyWith({ eventsPerMinute: 3 });
  const { status, body } = await send(key.secret, some(4));
  expect(status).toBe(429);
  expect(body.message).toBe('This call has 4 events, and the account may send 3 a minute; send fewer at once.');
});

it('counts events that are new, and no duplicates', async () => {
  const key = await keyWith({ eventsPerMinute: 4 });
  const events = ['a', 'b'].map((id) => ({ id }));
  expect(await send(key.secret, events)).toMatchObject({ body: { accepted: 2, duplicates: 0 } });
  for (let again = 0; again < 3; again++) {
    expect(await send(key.secret, events)).toMatchObject({ body: { accepted: 0, duplicates: 2 } });
  }
  expect(await send(key.secret, some(2))).toMatchObject({ status: 202 });
  expect(await send(key.secret, some(1))).toMatchObject({ status: 429 });
});

it('binds all keys of the account together, no other account and no admin, whose events count', async () => {
  const key = await keyWith({ eventsPerMinute: 4 });
  const other = await api.make({ accountId: key.accountId });
  const another = await keyWith({ eventsPerMinute: 4 });
  await send(key.secret, some(2));
  expect(await send(other.secret, some(3))).toMatchObject({ status: 429 });
  expect(await send(other.secret, some(1))).toMatchObject({ status: 202 });
  const forKey = [{ ...eventOf({}), keyId: key.id }];
  for (let call = 0; call < 3; call++) {
    expect(await api.call(ADMIN, 'POST', `/events?accountId=${key.accountId}`, forKey)).toMatchObject({ status: 202 });
  }
  expect(await send(key.secret, some(1))).toMatchObject({ status: 429, body: { message: /; 6 were sent/ } });
  expect(await send(another.secret, some(4))).toMatchObject({ status: 202 });
});

it('goes on with the events of the day after a restart', async () => {
  const key = await keyWith({ eventsPerDay: 5 });
  await send(key.secret, [{}, {}, {}, { at: NOW - DAY }]);
  const counts = new EventCountsRepository(api.clickhouse);
  const restarted = new EventQuota(
    new MemoryCallCounters(),
    api.app.get(AccountLimits),
    counts,
    new SteadyClock(api.clock),
  );
  await restarted.onApplicationBootstrap();
  const caller = { isAdmin: false } as Parameters<EventQuota['reserve']>[0];
  const events = (count: number) => some(count).map(() => ({ accountId: key.accountId }));
  await expect(restarted.reserve(caller, events(3))).rejects.toThrow(/3 were sent, and this call has 3/);
  await restarted.reserve(caller, events(2));
});

it('takes at most the limit, whatever comes at once, and all of what it says', async () => {
  const batch = fc.record({ size: fc.integer({ min: 1, max: 6 }), repeats: fc.integer({ min: 0, max: 3 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(batch, { minLength: 4, maxLength: 8 }),
      fc.integer({ min: 3, max: 20 }),
      async (batches, most) => {
        const key = await keyWith({ eventsPerMinute: most });
        const answers = await Promise.all(
          batches.map(({ size, repeats }) =>
            send(key.secret, [
              ...some(size),
              ...Array.from({ length: repeats }, (_, index) => ({ id: `same-${index}` })),
            ]),
          ),
        );
        const accepted = answers.reduce((sum, { body }) => sum + (body.accepted ?? 0), 0);
        expect(accepted).toBeLessThanOrEqual(most);
        expect(await counted(key)).toBe(accepted);
        // What is left is exactly what was not accepted.
        if (accepted < most) expect(await send(key.secret, some(most - accepted))).toMatchObject({ status: 202 });
        expect(await send(key.secret, some(1))).toMatchObject({ status: 429 });
      },
    ),
    { numRuns: 5 },
  );
});
