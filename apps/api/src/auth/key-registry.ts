import { join } from 'node:path';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE, Poll, Serial, Settings, reasonOf, retrying, withTimeout } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { quoted } from '../http/fields';
import { overloaded } from '../http/overloaded';
import type { AccountScope, Key } from './key';
import { KeyIndex } from './key-index';
import { KeysRepository } from './keys.repository';
import { Revocations } from './revocations';
import { hashSecret, isWellFormed, sameHash } from './secret';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 500;

/** Versions are clock readings: this much of the past is read again, for instances whose clock is behind. */
const POLL_OVERLAP_MS = 5 * MINUTE;

/** A revocation waits for ClickHouse no longer than this; it is in force before. */
const REVOKE_PATIENCE_MS = 1_000;

/** Between tries to write revocations to ClickHouse. */
const REVOKE_BACKOFF = { firstMs: 200, maxMs: 5_000 };

/** Where keys are kept: the repository, or nowhere in specs whose subject is not keys. */
export type KeysStorage = Pick<KeysRepository, 'shared' | 'findAll' | 'findChangedSince' | 'insert'>;

/**
 * Every key in memory: what authentication, ingest and reports look keys up in. Writes run one after another, ClickHouse
 * first, so that none is built on a key that another is changing and memory never knows more than the disk; but a
 * revocation, which must hold while ClickHouse is away, is in memory and a file first, see `Revocations`. With a
 * shared server the changes of other instances are read every half second, and two instances that change one key within
 * the same few milliseconds can still overwrite each other: the later one counts.
 */
@Injectable()
export class KeyRegistry implements OnModuleInit, BeforeApplicationShutdown {
  protected readonly index = new KeyIndex();
  private readonly logger = new Logger('Keys');
  /** An `ADMIN_KEY` that only looks like a secret of ours carries no checksum, so none can be asked for. */
  private readonly checksums: boolean;
  private readonly writes = new Serial();
  private readonly revocations: Revocations;
  /** Runs while there are revocations that ClickHouse does not have. */
  private storing: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  /** External keys that wait for the next write, each with its promise. */
  private newcomers = new Map<string, { key: Key; saved: Promise<void> }>();
  private readonly poll = new Poll(
    () => this.readChanges(),
    POLL_INTERVAL_MS,
    (error) => this.logger.error(`Changes of keys cannot be read; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Changes of keys are read again.'),
  );

  constructor(
    @Inject(KeysRepository) private readonly repository: KeysStorage,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.revocations = new Revocations(join(settings.storage.dataDir, 'revocations'));
    this.checksums = settings.adminKey === undefined || isWellFormed(settings.adminKey);
  }

  async onModuleInit(): Promise<void> {
    await this.revocations.open();
    for (const key of await this.repository.findAll()) this.put(key);
    void this.storeRevocations();
    if (this.repository.shared) this.poll.start();
  }

  /** Stops reading changes and waits for writes that run; ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.poll.stop(), this.storing, this.writes.idle()]);
  }

  /** A key of the scope, whatever its status. */
  find(scope: AccountScope, keyId: string): Key | undefined {
    const key = this.index.get(keyId);
    return scope === null || key?.accountId === scope ? key : undefined;
  }

  /** All keys of an account, in no order, which costs less than `list`. */
  ofAccount(accountId: string): Iterable<Key> {
    return this.index.ofAccount(accountId);
  }

  /** An account is there from its first key on. @throws ApiException ACCOUNT_NOT_FOUND */
  checkAccount(accountId: string): void {
    if ([...this.index.ofAccount(accountId)].length > 0) return;
    throw new ApiException('ACCOUNT_NOT_FOUND', `There is no account ${quoted(accountId)}; GET /accounts lists them.`);
  }

  /** Grows with every change of a key of the account, for who caches what follows from them. */
  revisionOf(accountId: string): number {
    return this.index.revisionOf(accountId);
  }

  /** All keys of the scope, in order of creation. */
  list(scope: AccountScope): Key[] {
    return this.index.list(scope);
  }

  /**
   * Writes a new key, or replaces a whole one: the version it is given grows whatever the caller's says. Use `change` to
   * change a part. Resolves when every later `find` returns it.
   * @param check throws to refuse the key; no other key is written between it and the write
   */
  async save(key: Key, check?: () => void): Promise<void> {
    // A key that is brought back is not revoked by what waits from before.
    if (key.revokedAt === null && this.revocations.revokedAt(key.id) !== undefined) await this.storeRevocations();
    await this.writes.run(async () => {
      if (check && this.repository.shared) await this.readChanges();
      check?.();
      await this.write([key]);
    });
  }

  /**
   * Changes a key from its present state: no other change comes between reading and writing, so the rules for it can
   * be checked inside `change`. Nothing is written when it throws or returns the key it was given.
   */
  async change(keyId: string, change: (key: Key) => Key): Promise<Key> {
    return this.writes.run(async () => {
      if (this.repository.shared) await this.readChanges();
      const key = this.index.get(keyId);
      if (!key) throw new Error(`There is no key ${keyId} to change.`);
      const changed = change(key);
      if (changed === key) return key;
      await this.write([changed]);
      return this.index.get(keyId) ?? changed;
    });
  }

  /**
   * Ends a key for good. In force at once, whatever ClickHouse does; other instances learn of it when that has it.
   * @param check throws where the key may not be revoked; sees the key as it is now
   * @throws ApiException OVERLOADED when neither ClickHouse nor the disk takes it: it holds here until a restart
   */
  async revoke(keyId: string, check: (key: Key) => void): Promise<Key> {
    if (this.repository.shared) {
      // As far as the server says in time.
      await withTimeout(
        this.readChanges().catch(() => undefined),
        REVOKE_PATIENCE_MS,
        () => undefined,
      );
    }
    const key = this.index.get(keyId);
    if (!key) throw new Error(`There is no key ${keyId} to revoke.`);
    if (key.revokedAt === null) {
      check(key);
      this.revocations.add(keyId, this.clock.now());
      this.put(key);
    }
    const isOnDisk = await this.revocations.save(keyId);
    await withTimeout(this.storeRevocations(), REVOKE_PATIENCE_MS, () => undefined);
    if (!isOnDisk && this.revocations.revokedAt(keyId) !== undefined) {
      throw overloaded('The key is refused from now on, but that could not be stored; revoke it again.');
    }
    return this.index.get(keyId) ?? key;
  }

  /** The key whose current or still accepted previous secret this is, in constant time. */
  findBySecret(secret: string): Key | undefined {
    if (this.checksums && !isWellFormed(secret)) return undefined;
    const hash = hashSecret(secret);
    const key = this.index.byHash(hash);
    if (!key) return undefined;
    if (sameHash(hash, key.secretHash)) return key;
    const accepted = key.previousSecretUntil !== null && this.clock.now() < key.previousSecretUntil;
    return accepted && sameHash(hash, key.previousSecretHash) ? key : undefined;
  }

  /**
   * Keys that are registered while a write runs are written together after it, so that one batch of events may name
   * thousands.
   * @throws ApiException INVALID_PARAMETERS when the id is another account's key
   */
  async registerExternal(accountId: string, keyId: string): Promise<Key> {
    if (!this.index.get(keyId)) {
      await (this.newcomers.get(keyId)?.saved ?? this.addNewcomer(externalKey(accountId, keyId, this.clock.now())));
    }
    const key = this.index.get(keyId);
    if (key?.accountId !== accountId) {
      throw new ApiException(
        'INVALID_PARAMETERS',
        'keyId is a key of another account; leave out accountId or correct it.',
      );
    }
    return key;
  }

  private addNewcomer(key: Key): Promise<void> {
    const first = this.newcomers.values().next().value;
    const saved = first?.saved ?? this.writes.run(() => this.writeNewcomers());
    this.newcomers.set(key.id, { key, saved });
    return saved;
  }

  private async writeNewcomers(): Promise<void> {
    const keys = [...this.newcomers.values()].map(({ key }) => key);
    this.newcomers = new Map();
    // A poll may have brought some of them since they were asked for.
    await this.write(keys.filter(({ id }) => !this.index.get(id)));
  }

  private async write(keys: Key[]): Promise<void> {
    if (keys.length === 0) return;
    const now = this.clock.now();
    const versions = keys.map((key) => ({
      ...key,
      version: Math.max(now, key.version + 1, (this.index.get(key.id)?.version ?? 0) + 1),
    }));
    await this.repository.insert(versions.map((key) => this.revoked(key)));
    for (const key of versions) this.put(key);
  }

  /** Takes a key in; one whose revocation waits for ClickHouse is revoked in whatever version. */
  private put(key: Key): void {
    this.index.put(key);
    const revokedAt = this.revocations.revokedAt(key.id);
    if (revokedAt !== undefined) this.index.revoke(key.id, revokedAt);
  }

  private revoked(key: Key): Key {
    return { ...key, revokedAt: key.revokedAt ?? this.revocations.revokedAt(key.id) ?? null };
  }

  /** Writes revocations that wait to ClickHouse, until it has them or the service stops. Never rejects. */
  private storeRevocations(): Promise<void> {
    this.storing ??= this.storeAll().finally(() => {
      this.storing = undefined;
      // One may have come after the last look.
      if (this.revocations.keyIds.length > 0 && !this.stopping.signal.aborted) void this.storeRevocations();
    });
    return this.storing;
  }

  private async storeAll(): Promise<void> {
    const store = async (): Promise<void> => {
      const keyIds = this.revocations.keyIds;
      await this.write(keyIds.flatMap((keyId) => this.index.get(keyId) ?? []));
      await this.revocations.stored(keyIds);
    };
    const onFailure = (error: unknown, attempt: number): void => {
      if (attempt === 1) this.logger.error(`Revocations wait for ClickHouse, in force here: ${reasonOf(error)}`);
    };
    const retries = { ...REVOKE_BACKOFF, onFailure, signal: this.stopping.signal };
    try {
      while (this.revocations.keyIds.length > 0) await retrying(() => this.writes.run(store), retries);
    } catch {
      // The service stops; what waits is on disk.
    }
  }

  private async readChanges(): Promise<void> {
    const since = Math.max(0, this.index.newestVersion - POLL_OVERLAP_MS);
    for (const key of await this.repository.findChangedSince(since)) this.put(key);
  }
}

/**
 * A key that is known by name only. The service does not limit its traffic, which "enterprise" without limits says; it
 * holds no permission and no secret.
 */
function externalKey(accountId: string, keyId: string, now: number): Key {
  return {
    id: keyId,
    version: 0,
    accountId,
    name: keyId,
    description: null,
    tier: 'enterprise',
    permissions: [],
    rateLimit: { requestsPerMinute: null, requestsPerHour: null, requestsPerDay: null },
    external: true,
    secretHash: '',
    previousSecretHash: '',
    previousSecretUntil: null,
    configuredSecretHash: '',
    tokenKey: '',
    previousTokenKey: '',
    createdAt: now,
    expiresAt: null,
    revokedAt: null,
    metadata: {},
  };
}
