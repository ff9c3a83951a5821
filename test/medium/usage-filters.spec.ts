/**
 * Events are found by what they were sent with: the same path, template or error type as a filter. Real: the routes, the
 * service, the writer, ClickHouse and its views. Not real: the socket.
 */
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SystemClock } from '@meterhouse/common';
import fc from 'fast-check';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { hashSecret } from '../../apps/api/src/auth/secret';
import { normaliseEndpoint } from '../../apps/api/src/endpoints/normalise-endpoint';
import { IngestModule } from '../../apps/api/src/ingest/ingest.module';
import type { UsageResponseDto } from '../../apps/api/src/usage/answer/dto/usage-response.dto';
import { UsageExportModule } from '../../apps/api/src/usage/export/usage-export.module';
import { UsageModule } from '../../apps/api/src/usage/usage.module';
import { aSentEvent } from '../factories/events';
import { openTestApi } from '../support/api';
import { aKey } from '../support/keys';
import { type TestStorage, openTestStorage } from '../support/storage';

jest.setTimeout(180_000);

let storage: TestStorage;
let app: NestFastifyApplication;
let accounts = 0;

beforeAll(async () => {
  Logger.overrideLogger(false);
  const opened = await openTestStorage();
  // Any secret will do, also one that is not of our making.
  storage = { ...opened, settings: { ...opened.settings, adminKey: 'the admin secret of the tests of filters' } };
  app = await openTestApi(storage, new SystemClock(), IngestModule, UsageModule, UsageExportModule);
});
afterAll(async () => {
  await app.close();
  await storage.close();
});

/** @returns the secret of an account's only key, which no limit of calls ends */
async function newAccount(): Promise<string> {
  const accountId = `filters-${++accounts}`;
  const secretHash = hashSecret(accountId);
  const key = aKey({ id: `key-${accountId}`, accountId, tier: 'enterprise', secretHash, createdAt: Date.now() });
  await app.get(KeyRegistry).save(key);
  return accountId;
}

async function send(secret: string, events: readonly Record<string, unknown>[]): Promise<void> {
  const payload = events.map((event) => aSentEvent(event));
  const headers = { 'x-api-key': secret };
  const answer = await app.inject({ method: 'POST', url: '/events?wait=true', headers, payload });
  expect(answer.json()).toMatchObject({ accepted: events.length, rejected: [] });
}

async function ask(secret: string, query: Record<string, string>): Promise<UsageResponseDto> {
  const url = `/usage?${new URLSearchParams({ granularity: 'minute', limit: '1000', ...query }).toString()}`;
  const answer = await app.inject({ method: 'GET', url, headers: { 'x-api-key': secret } });
  expect(answer.json()).toMatchObject({ success: true });
  return answer.json();
}

const found = async (secret: string, endpoint: string) =>
  (await ask(secret, { endpoint })).breakdown?.byEndpoint.map(({ endpoint: name, requests }) => ({ name, requests }));

describe('a filter of endpoints', () => {
  it('finds an order in each of its spellings, here and in exports', async () => {
    const secret = await newAccount();
    await send(secret, [{ endpoint: '/v1/orders/42' }, { endpoint: '/v1/orders/:id' }, { endpoint: '/v1/orders' }]);
    const spellings = ['/v1/orders/42', '/v1/orders/7?x=1', '/v1/orders/{id}/', '/v1/orders/:id', '//v1/./orders/{id}'];
    for (const endpoint of spellings) {
      expect(await found(secret, endpoint)).toEqual([{ name: '/v1/orders/{id}', requests: 2 }]);
      const query = new URLSearchParams({ table: 'endpoints', endpoint }).toString();
      const headers = { 'x-api-key': secret };
      const { body } = await app.inject({ method: 'GET', url: `/usage/export?${query}`, headers });
      expect(body.trim().split('\n').slice(1)).toEqual([expect.stringMatching(/^"\/v1\/orders\/\{id\}",2,/)]);
    }
  });

  it('finds a template by the names of its variables, and no other', async () => {
    const secret = await newAccount();
    await send(secret, [{ endpoint: '/v1/orders/{orderId}' }, { endpoint: '/v1/orders/1' }]);
    expect(await found(secret, '/v1/orders/:orderId')).toEqual([{ name: '/v1/orders/{orderId}', requests: 1 }]);
    expect(await found(secret, '/v1/orders/2')).toEqual([{ name: '/v1/orders/{id}', requests: 1 }]);
  });

  it('finds every path by itself', async () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'v1',
        'orders',
        '42',
        ':id',
        '{orderId}',
        'Users(41)',
        'a;b=1',
        '..',
        '%2F',
        '%66oo',
        'café',
        '+',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    const path = fc
      .oneof(
        fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      )
      // Refused on the way in, and as a filter.
      .filter((text) => !/\p{Cc}/u.test(text));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { minLength: 25, maxLength: 35 }), async (paths) => {
        const secret = await newAccount();
        await send(
          secret,
          paths.map((endpoint) => ({ endpoint })),
        );
        const names = paths.map(normaliseEndpoint);
        for (const [index, endpoint] of paths.entries()) {
          const requests = names.filter((name) => name === names[index]).length;
          expect(await found(secret, endpoint)).toEqual([{ name: names[index], requests }]);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('is named as the reason where it leaves nothing, whatever the window', async () => {
    const secret = await newAccount();
    await send(secret, [{ endpoint: '/a' }, { endpoint: '/b' }]);
    for (const timeframe of ['1h', '90d', 'all']) {
      expect((await ask(secret, { timeframe, granularity: 'month', endpoint: '/c' })).alerts).toMatchObject([
        { type: 'no_data', message: 'No requests match this filter; without it there are 2.' },
      ]);
    }
    expect((await ask(secret, { endpoint: '/a' })).alerts).toEqual([]);
    const nobody = await newAccount();
    expect((await ask(nobody, { endpoint: '/a' })).alerts).toMatchObject([{ message: 'No usage data found' }]);
  });
});

describe('a filter of error types', () => {
  it('finds every error type that is taken, each by itself', async () => {
    const secret = await newAccount();
    const types = ['card_declined', '  outer spaces ', 'Error: inner  space', "it's", 'ünï', '=1+1', 'a/b?c&d'];
    await send(
      secret,
      types.map((errorType) => ({ statusCode: 500, errorType })),
    );
    for (const errorType of types) {
      const { errors } = await ask(secret, { errorType });
      expect(errors?.byType).toMatchObject([{ type: errorType.trim(), count: 1 }]);
    }
    const both = await ask(secret, { errorType: ' ünï ,card_declined' });
    expect(both.errors?.byType.map(({ type }) => type)).toEqual(['card_declined', 'ünï']);
  });

  it('is not needed for one with a comma, which is refused on the way in', async () => {
    const payload = aSentEvent({ statusCode: 500, errorType: 'Error: a, b' });
    const headers = { 'x-api-key': await newAccount() };
    const answer = await app.inject({ method: 'POST', url: '/events', headers, payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ message: string }>().message).toContain('errorType should be without commas');
  });
});
