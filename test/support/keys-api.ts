/** The routes under /keys over HTTP, with an admin to make keys, for the specs of keys. */
import { Logger, type Type } from '@nestjs/common';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import { KeyUses } from '../../apps/api/src/auth/key-uses';
import { KeysModule } from '../../apps/api/src/keys/keys.module';
import { openTestApi } from './api';
import { FixedClock } from './fixed-clock';
import { openTestStorage } from './storage';

export const ADMIN = 'the admin secret of the tests of keys';
export const NOW = Date.UTC(2026, 2, 2, 12);

/** What a member needs who manages its account's keys. */
export const MANAGER = { permissions: ['usage:read', 'events:write', 'keys:read', 'keys:write'] };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A key that a test made. */
export interface Made {
  secret: string;
  id: string;
  accountId: string;
}

export type KeysApi = Awaited<ReturnType<typeof openKeysApi>>;

/** The routes for the tests of a file, with those of other modules where it names some: open from before the first to after the last, each with the clock at `NOW`. */
export function useKeysApi(...modules: Type<unknown>[]): KeysApi {
  const api = {} as KeysApi;
  beforeAll(async () => void Object.assign(api, await openKeysApi(modules)));
  beforeEach(() => void (api.clock.at = NOW));
  afterAll(() => api.close());
  return api;
}

async function openKeysApi(modules: Type<unknown>[]) {
  Logger.overrideLogger(false);
  const clock = new FixedClock(NOW);
  const storage = await openTestStorage({ ADMIN_KEY: ADMIN, SQL_PORT: '0' }, false);
  const app = await openTestApi(storage, clock, KeysModule, ...modules);
  let accounts = 0;

  async function call(as: string | undefined, method: Method, url: string, body?: unknown) {
    const answer = await app.inject({
      method,
      url,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: answer.json() };
  }

  /** A key made by the admin, in an account of its own unless one is named. */
  async function make(body: Record<string, unknown> = {}): Promise<Made> {
    const answer = await call(ADMIN, 'POST', '/keys', { name: 'test', accountId: `account-${accounts++}`, ...body });
    expect(answer).toMatchObject({ status: 201 });
    return { secret: answer.body.apiKey, id: answer.body.keyId, accountId: answer.body.key.accountId };
  }

  return {
    clock,
    call,
    make,
    clickhouse: storage.clickhouse,
    settings: storage.settings,
    app,
    registry: app.get(KeyRegistry),
    uses: app.get(KeyUses),
    close: async () => {
      await app.close();
      await storage.close();
    },
  };
}
