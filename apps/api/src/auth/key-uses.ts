import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE, Poll, SECOND, reasonOf, withTimeout } from '@meterhouse/common';
import { KeyUsesRepository } from './key-uses.repository';

/** How often uses are written, and those of other instances read; a crash loses that much of them. */
const INTERVAL_MS = MINUTE;

/** This much of the past is read again: other instances write by clocks of their own, and may be late. */
const OVERLAP_MS = 5 * MINUTE;

/** A stop waits this long for the last uses at most. */
const STOP_TIMEOUT_MS = 2 * SECOND;

/** Where uses are stored: the repository, or nowhere in specs whose subject is not keys. */
export type KeyUsesStorage = Pick<KeyUsesRepository, 'shared' | 'findSince' | 'insert'>;

/**
 * When each key last called this service, whatever the call and its answer. Held in memory, so that a call costs no write;
 * stored once a minute and at stop. The calls of other instances on the same server are known within two minutes.
 */
@Injectable()
export class KeyUses implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('KeyUses');
  private readonly lastCalls = new Map<string, number>();
  /** Those of `lastCalls` that are not stored yet. */
  private unsaved = new Map<string, number>();
  private readonly poll = new Poll(
    () => this.exchange(),
    INTERVAL_MS,
    (error) => this.logger.error(`Uses of keys cannot be stored; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Uses of keys are stored again.'),
  );

  constructor(
    @Inject(KeyUsesRepository) private readonly repository: KeyUsesStorage,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.learn(await this.repository.findSince(0));
    this.poll.start();
  }

  /** Stores what is left; ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    const stopped = this.poll.stop().then(() => this.synchronise());
    await withTimeout(stopped, STOP_TIMEOUT_MS, () => undefined);
  }

  /** A key has called. */
  record(keyId: string): void {
    const now = this.clock.now();
    if (now <= (this.lastCalls.get(keyId) ?? 0)) return;
    this.lastCalls.set(keyId, now);
    this.unsaved.set(keyId, now);
  }

  /** When the key last called, in epoch milliseconds; null: never. */
  lastCall(keyId: string): number | null {
    return this.lastCalls.get(keyId) ?? null;
  }

  /** Stores the calls since the last time and reads those of other instances. Never rejects: it is tried again next time. */
  synchronise(): Promise<void> {
    return this.poll.now();
  }

  private async exchange(): Promise<void> {
    await this.save();
    if (this.repository.shared) this.learn(await this.repository.findSince(this.clock.now() - OVERLAP_MS));
  }

  private async save(): Promise<void> {
    if (this.unsaved.size === 0) return;
    const saving = this.unsaved;
    this.unsaved = new Map();
    try {
      await this.repository.insert(saving);
    } catch (error) {
      this.unsaved = new Map([...saving, ...this.unsaved]);
      throw error;
    }
  }

  private learn(stored: ReadonlyMap<string, number>): void {
    for (const [keyId, at] of stored) {
      if (at > (this.lastCalls.get(keyId) ?? 0)) this.lastCalls.set(keyId, at);
    }
  }
}
