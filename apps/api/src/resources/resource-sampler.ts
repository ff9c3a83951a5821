import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, MINUTE, Poll, Settings, reasonOf } from '@meterhouse/common';
import { Metrics } from '../monitoring/metrics';
import { instanceName } from '../storage/data-folder';
import { Lease } from '../storage/lease';
import { SamplesRepository, type Use } from './samples.repository';

const INTERVAL_MS = 10 * MINUTE;

/** Samples what the service takes up, every ten minutes: each instance its log, and one of them what all share. */
@Injectable()
export class ResourceSampler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Capacity');
  private readonly poll = new Poll(
    () => this.sample(),
    INTERVAL_MS,
    (error) => this.logger.error(`What the service takes up cannot be recorded; retrying. ${reasonOf(error)}`),
    () => this.logger.log('What the service takes up is recorded again.'),
  );

  constructor(
    private readonly samples: SamplesRepository,
    private readonly metrics: Metrics,
    private readonly lease: Lease,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.poll.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.poll.stop();
  }

  /** What the engine and this instance take up now. */
  async now(): Promise<Use[]> {
    return [...(await this.samples.engine()), ...(await this.log())];
  }

  /** Records what the service takes up now. */
  async sample(): Promise<void> {
    const shared = this.lease.held ? await this.samples.engine() : [];
    await this.samples.insert([...shared, ...(await this.log())], this.clock.now());
  }

  /** None where this process writes no log. */
  private async log(): Promise<Use[]> {
    const used = await this.metrics.valueOf('log_bytes');
    if (used === null) return [];
    const { dataDir, logLimit } = this.settings.storage;
    return [{ resource: 'log', instance: await instanceName(dataDir), used, capacity: logLimit }];
  }
}
