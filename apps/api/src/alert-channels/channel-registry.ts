import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@meterhouse/common';
import type { AccountScope } from '../auth/key';
import { VersionedRecords, type VersionedTable } from '../storage/versioned-records';
import { type Channel, isIn } from './channel';
import { ChannelsRepository } from './channels.repository';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 500;

/**
 * The channels, in memory as keys are: writes run one after another, ClickHouse first; with a shared server the changes of
 * other instances are read every half second.
 */
@Injectable()
export class ChannelRegistry implements OnModuleInit, BeforeApplicationShutdown {
  private readonly channels: VersionedRecords<Channel>;

  constructor(
    @Inject(ChannelsRepository) table: VersionedTable<Channel>,
    private readonly clock: Clock,
  ) {
    this.channels = new VersionedRecords(table, clock, {
      idOf: ({ id }) => id,
      name: 'channels',
      logger: new Logger('AlertChannels'),
      pollMs: POLL_INTERVAL_MS,
    });
  }

  async onModuleInit(): Promise<void> {
    await this.channels.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.channels.close();
  }

  /** A channel that is not deleted and that the scope reads. */
  find(scope: AccountScope, id: string): Channel | undefined {
    const channel = this.channels.get(id);
    return channel && isIn(scope, channel) ? channel : undefined;
  }

  /** The channels that a scope reads, the oldest first. */
  list(scope: AccountScope): Channel[] {
    return [...this.channels.values()]
      .filter((channel) => isIn(scope, channel))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  /**
   * Stores what `change` makes, which sees the present state; nothing where it returns undefined. Resolves when every later
   * `find` returns it.
   * @throws what `change` throws
   */
  async write<T extends Channel | undefined>(id: string, change: () => T): Promise<T> {
    return this.channels.write(id, (_, version) => {
      const changed = change();
      return changed && { ...changed, updatedAt: this.clock.now(), version };
    });
  }
}
