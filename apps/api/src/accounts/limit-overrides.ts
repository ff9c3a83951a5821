import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE, Poll, Serial, reasonOf } from '@meterhouse/common';
import { LimitOverridesRepository, type StoredOverrides } from './limit-overrides.repository';
import { DEFAULT_LIMIT, LIMIT_NAMES, type LimitChanges, type Limits } from './limits';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 500;

/** Versions are clock readings: this much of the past is read again, for instances whose clock is behind. */
const POLL_OVERLAP_MS = 5 * MINUTE;

/** Where overrides are stored: the repository, or nowhere in specs whose subject is another. */
export type OverridesStorage = Pick<LimitOverridesRepository, 'shared' | 'findChangedSince' | 'insert'>;

const NONE: Partial<Limits> = {};

/**
 * The limits that admins set in place of those of the tiers, in memory as keys are: writes run one after another,
 * ClickHouse first; with a shared server the changes of other instances are read every half second.
 */
@Injectable()
export class LimitOverrides implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('AccountLimits');
  private readonly accounts = new Map<string, StoredOverrides>();
  private readonly writes = new Serial();
  private readonly poll = new Poll(
    () => this.readChanges(),
    POLL_INTERVAL_MS,
    (error) => this.logger.error(`Changes of account limits cannot be read; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Changes of account limits are read again.'),
  );
  private newest = 0;

  constructor(
    @Inject(LimitOverridesRepository) private readonly repository: OverridesStorage,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.readChanges();
    if (this.repository.shared) this.poll.start();
  }

  /** ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.poll.stop(), this.writes.idle()]);
  }

  /** The limits set for an account; another object after each change. */
  of(accountId: string): Partial<Limits> {
    return this.accounts.get(accountId)?.overrides ?? NONE;
  }

  /** Sets limits of an account. Resolves when every later `of` returns them. */
  async change(accountId: string, changes: LimitChanges): Promise<void> {
    await this.writes.run(async () => {
      if (this.repository.shared) await this.readChanges();
      const present = this.accounts.get(accountId);
      const overrides = { ...present?.overrides };
      for (const name of LIMIT_NAMES) {
        const limit = changes[name];
        if (limit === DEFAULT_LIMIT) delete overrides[name];
        else if (limit !== undefined) overrides[name] = limit;
      }
      const version = Math.max(this.clock.now(), (present?.version ?? 0) + 1);
      await this.repository.insert({ accountId, version, overrides });
      this.put({ accountId, version, overrides });
    });
  }

  private async readChanges(): Promise<void> {
    const since = Math.max(0, this.newest - POLL_OVERLAP_MS);
    for (const stored of await this.repository.findChangedSince(since)) this.put(stored);
  }

  private put(stored: StoredOverrides): void {
    if ((this.accounts.get(stored.accountId)?.version ?? -1) >= stored.version) return;
    this.accounts.set(stored.accountId, stored);
    this.newest = Math.max(this.newest, stored.version);
  }
}
