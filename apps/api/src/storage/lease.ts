/** Which of several instances on one server evaluates alert rules and sends what they tell. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ClickHouse, tryServerLock } from '@meterhouse/clickhouse';
import { HOUR, SECOND, Settings, reasonOf } from '@meterhouse/common';
import { instanceName } from './data-folder';

const LOCK = { table: 'alerts_lease', name: 'the evaluation of alert rules and the sending of notifications' };

/** A lease is given back after this long, so that its claims can be forgotten. */
const LEASE_MS = HOUR;

/**
 * Held by one instance at a time; where that dies, by another half a minute later. An instance that was halted may believe
 * for a moment longer that it holds it, so that what is done under it must be safe to do twice. With the embedded engine
 * there is one instance.
 */
@Injectable()
export class Lease implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Lease');
  private readonly stopped = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private isHeld = false;
  /** Between two looks at a lease that another instance has, or at one's own. */
  protected readonly lookMs: number = 5 * SECOND;

  constructor(
    private readonly clickhouse: ClickHouse,
    private readonly settings: Settings,
  ) {}

  /** Whether this instance is to do the work now. */
  get held(): boolean {
    return this.isHeld || !this.isShared;
  }

  /** Whether there may be other instances. */
  get isShared(): boolean {
    return !this.clickhouse.embedded;
  }

  /** The name of this instance among those that share the server. */
  instance(): Promise<string> {
    return instanceName(this.settings.storage.dataDir);
  }

  onApplicationBootstrap(): void {
    if (this.isShared) this.loop = this.hold();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.loop;
  }

  private async hold(): Promise<void> {
    const instance = await this.instance();
    for (let goesOn = true; goesOn; goesOn = await this.pause()) {
      await tryServerLock(this.clickhouse, LOCK, { instance }, (checkHeld) => this.whileHeld(checkHeld)).catch(
        (error: unknown) =>
          this.logger.warn(`Another instance evaluates alert rules and sends, or none: ${reasonOf(error)}`),
      );
    }
  }

  /** Returns when the service stops, or the lease has to be taken anew. @throws StorageError when another instance has taken the lease */
  private async whileHeld(checkHeld: () => Promise<void>): Promise<void> {
    this.isHeld = true;
    const until = performance.now() + LEASE_MS;
    try {
      while ((await this.pause()) && performance.now() < until) await checkHeld();
    } finally {
      this.isHeld = false;
    }
  }

  /** @returns false when the service stops */
  private pause(): Promise<boolean> {
    return sleep(this.lookMs, true, { signal: this.stopped.signal, ref: false }).catch(() => false);
  }
}
