import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE, Poll, Serial, reasonOf, withTimeout } from '@meterhouse/common';
import type { AccountScope } from '../auth/key';
import { type Channel, isIn } from './channel';
import { ChannelsRepository } from './channels.repository';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 500;

/** Versions are clock readings: this much of the past is read again, for instances whose clock is behind. */
const POLL_OVERLAP_MS = 5 * MINUTE;

/** What still reads or writes when the service stops has this long; a server that hangs must not hold the stop up. */
const STOP_MS = 500;

/** Where channels are stored: the repository, or nowhere in specs whose subject is another. */
export type ChannelStorage = Pick<ChannelsRepository, 'shared' | 'findChangedSince' | 'insert'>;

/**
 * The channels, in memory as keys are: writes run one after another, ClickHouse first; with a shared server the changes of
 * other instances are read every half second.
 */
@Injectable()
export class ChannelRegistry implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('AlertChannels');
  private readonly channels = new Map<string, Channel>();
  private readonly writes = new Serial();
  private readonly poll = new Poll(
    () => this.readChanges(),
    POLL_INTERVAL_MS,
    (error) => this.logger.error(`Changes of channels cannot be read; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Changes of channels are read again.'),
  );
  private newest = 0;

  constructor(
    @Inject(ChannelsRepository) private readonly repository: ChannelStorage,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.readChanges();
    if (this.repository.shared) this.poll.start();
  }

  /** ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    await withTimeout(Promise.all([this.poll.stop(), this.writes.idle()]), STOP_MS, () => undefined);
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
  async write<T extends Channel | undefined>(change: () => T): Promise<T> {
    return this.writes.run(async () => {
      if (this.repository.shared) await this.readChanges();
      const changed = change();
      if (changed === undefined) return changed;
      const present = this.channels.get(changed.id);
      const now = this.clock.now();
      const written = { ...changed, updatedAt: now, version: Math.max(now, (present?.version ?? 0) + 1) };
      await this.repository.insert(written);
      this.put(written);
      return written;
    });
  }

  private async readChanges(): Promise<void> {
    const since = Math.max(0, this.newest - POLL_OVERLAP_MS);
    for (const channel of await this.repository.findChangedSince(since)) this.put(channel);
  }

  private put(channel: Channel): void {
    if ((this.channels.get(channel.id)?.version ?? -1) >= channel.version) return;
    this.channels.set(channel.id, channel);
    this.newest = Math.max(this.newest, channel.version);
  }
}
