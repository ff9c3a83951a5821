import { Injectable, Logger } from '@nestjs/common';
import { Clock, DAY } from '@meterhouse/common';
import type { Channel } from './channel';
import { ChannelRegistry } from './channel-registry';
import { DeliveriesRepository } from './deliveries.repository';
import type { Outcome } from './senders/sender';

/** A channel that only failed for so long is disabled. */
export const MAX_FAILING_MS = 5 * DAY;

/** Disables channels that are there no more. */
@Injectable()
export class ChannelHealth {
  private readonly logger = new Logger('AlertChannels');

  constructor(
    private readonly registry: ChannelRegistry,
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  /** To be called after an attempt that failed, once that is in the log. @throws StorageFailure */
  async failed(channel: Channel, { gone, error }: Outcome): Promise<void> {
    if (gone) return this.disable(channel, 'Its target answered 410 Gone.');
    // Since it was changed, it has not been tried for long.
    const since = await this.deliveries.failingSince(channel.id, channel.updatedAt);
    if (since === null || this.clock.now() - since < MAX_FAILING_MS) return;
    await this.disable(channel, `Nothing was delivered for ${MAX_FAILING_MS / DAY} days. ${error}`);
  }

  private async disable({ id, version }: Channel, disabledReason: string): Promise<void> {
    await this.registry.write(id, () => {
      const present = this.registry.find(null, id);
      // Changed meanwhile: it deserves another try.
      if (!present?.enabled || present.version !== version) return undefined;
      this.logger.warn(`Disabled channel ${id} of account ${present.accountId}: ${disabledReason}`);
      return { ...present, enabled: false, disabledReason };
    });
  }
}
