/** What specs share whose subject needs a socket: the service's modules on one, a clock that stands still, and keys. */
import type { AddressInfo } from 'node:net';
import { Logger, type Type } from '@nestjs/common';
import { KeyRegistry } from '../../apps/api/src/auth/key-registry';
import type { Key } from '../../apps/api/src/auth/key';
import { hashSecret, newSecret } from '../../apps/api/src/auth/secret';
import { type ShareToken, newTokenId, signToken, tokenKeyOf } from '../../apps/api/src/auth/share-token';
import { openTestApi } from '../support/api';
import { FixedClock } from '../support/fixed-clock';
import { aKey } from '../support/keys';
import { openEngine } from './ingest-fixture';

/** Events are never too old for its engine, whose clock is another. */
export async function listen(now: number, ...modules: Type<unknown>[]) {
  Logger.overrideLogger(false);
  const clock = new FixedClock(now);
  const storage = await openEngine();
  const app = await openTestApi(storage, clock, ...modules);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const registry = app.get(KeyRegistry);

  /** A key without limits; its id and secret. */
  async function key(accountId: string, given: Partial<Key> = {}): Promise<{ id: string; secret: string }> {
    const secret = newSecret();
    const id = given.id ?? `key_${secret.slice(-8)}`;
    await registry.save(
      aKey({
        id,
        accountId,
        tier: 'enterprise',
        secretHash: hashSecret(secret),
        tokenKey: tokenKeyOf(secret),
        ...given,
      }),
    );
    return { id, secret };
  }

  /** A share token of a key for a minute of the clock; it may read the usage of the key's account. */
  function token(maker: { id: string; secret: string }, given: Partial<ShareToken> = {}): string {
    const { accountId = '' } = registry.find(null, maker.id) ?? {};
    const expiresAt = clock.at + 60_000;
    const own: ShareToken = {
      id: newTokenId(),
      keyId: maker.id,
      accountId,
      keyIds: null,
      permissions: ['usage:read'],
      expiresAt,
    };
    return signToken({ ...own, ...given }, maker.secret);
  }

  return {
    app,
    clock,
    clickhouse: storage.clickhouse,
    dataDir: storage.settings.storage.dataDir,
    url: `http://127.0.0.1:${port}`,
    port,
    registry,
    key,
    token,
    close: async () => {
      await app.close();
      await storage.close();
    },
  };
}
