import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import { VersionedRecords, type VersionedTable } from '../storage/versioned-records';
import { LimitOverridesRepository, type StoredOverrides } from './limit-overrides.repository';
import { DEFAULT_LIMIT, LIMIT_NAMES, type LimitChanges, type Limits } from './limits';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 500;

const NONE: Partial<Limits> = {};

/**
 * The limits that admins set in place of those of the tiers, in memory as keys are: writes run one after another,
 * ClickHouse first; with a shared server the changes of other instances are read every half second.
 */
@Injectable()
export class LimitOverrides implements OnModuleInit, BeforeApplicationShutdown {
  private readonly accounts: VersionedRecords<StoredOverrides>;

  constructor(@Inject(LimitOverridesRepository) table: VersionedTable<StoredOverrides>, clock: Clock) {
    this.accounts = new VersionedRecords(table, clock, {
      idOf: ({ accountId }) => accountId,
      name: 'account limits',
      logger: new Logger('AccountLimits'),
      pollMs: POLL_INTERVAL_MS,
    });
  }

  async onModuleInit(): Promise<void> {
    await this.accounts.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.accounts.close();
  }

  /** The limits set for an account; another object after each change. */
  of(accountId: string): Partial<Limits> {
    return this.accounts.get(accountId)?.overrides ?? NONE;
  }

  /** Sets limits of an account. Resolves when every later `of` returns them. */
  async change(accountId: string, changes: LimitChanges): Promise<void> {
    await this.accounts.write(accountId, (present, version) => {
      const overrides = { ...present?.overrides };
      for (const name of LIMIT_NAMES) {
        const limit = changes[name];
        if (limit === DEFAULT_LIMIT) delete overrides[name];
        else if (limit !== undefined) overrides[name] = limit;
      }
      return { accountId, version, overrides };
    });
  }
}
