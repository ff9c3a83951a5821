import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, DAY, MINUTE, Poll, SECOND, reasonOf, withTimeout } from '@meterhouse/common';
import { Lease } from '../../storage/lease';
import { ChannelHealth } from '../channel-health';
import { ChannelRegistry } from '../channel-registry';
import type { Channel } from '../channel';
import type { StoredNotification } from '../notification';
import { type NotificationRow, NotificationsRepository } from '../notifications.repository';
import { RESEND_MS } from '../senders/alertmanager';
import type { Outcome } from '../senders/sender';
import { AttemptLog } from './attempt-log';
import { Attempts } from './attempts';
import { ChannelQueue } from './channel-queue';
import { OutboxMetrics } from './outbox-metrics';
import { nextAttemptAt, pauseMs } from './retry-schedule';

/** How often it looks for what has become due. */
const TURN_INTERVAL_MS = 500;

/** How often an instance that shares the database looks for what others have added. */
const RELOAD_INTERVAL_MS = MINUTE;

/** Most notifications in memory; more wait in ClickHouse. */
const MAX_LOADED = 50_000;

/** Attempts at once: in all, of one account, to one channel. */
const MAX_IN_FLIGHT = { all: 32, account: 8, channel: 4 };

/** Slack takes about a message a second of each channel. */
const SLACK_INTERVAL_MS = SECOND;

/** An alert that fires for longer is not sent again to what forgets it. */
const MAX_REPEATED_MS = 30 * DAY;

/** Attempts that run when the service stops may end within this. */
const STOP_MS = 2 * SECOND;

/** What came of those that were broken off then is stored within this, or they are made again after the next start. */
const BREAK_MS = 500;

/**
 * Sends notifications, at least once each: what is in ClickHouse and due is sent, and what came of it is stored before the
 * next of its alert is. A crash in between sends it again under the same id. Of several instances the one with the lease
 * sends. A receiver that is slow holds up its own channel, at most as many attempts as an account may have at once.
 */
@Injectable()
export class Outbox implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AlertChannels');
  /** By channel; whose turn it is comes first. */
  private readonly queues = new Map<string, ChannelQueue>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopped = new AbortController();
  private isStopping = false;
  private loadedAt: number | null = null;
  /** More wait in ClickHouse than in memory. */
  private isFull = false;
  /** What was added while the others were being read. */
  private early: StoredNotification[] = [];
  private storageFails = false;
  private readonly poll = new Poll(
    () => this.turn(),
    TURN_INTERVAL_MS,
    (error) => this.logger.error(`Notifications cannot be read; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Notifications are read again.'),
  );

  constructor(
    private readonly repository: NotificationsRepository,
    private readonly channels: ChannelRegistry,
    private readonly health: ChannelHealth,
    private readonly attempts: Attempts,
    private readonly log: AttemptLog,
    private readonly lease: Lease,
    private readonly metrics: OutboxMetrics,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.metrics.watch(() => this.waiting);
    this.poll.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const ended = this.poll.stop().then(() => Promise.all(this.running));
    await withTimeout(ended, STOP_MS, () => this.stopped.abort(new Error('The service stops.')));
    await withTimeout(ended, BREAK_MS, () => undefined);
  }

  /** Notifications that wait or are being sent. */
  get waiting(): number {
    let count = this.early.length;
    for (const queue of this.queues.values()) count += queue.waiting;
    return count;
  }

  /** Takes notifications that ClickHouse has, where this instance sends. */
  add(notifications: readonly StoredNotification[]): void {
    // What is not in memory is read later, with what comes before it.
    if (!this.lease.held || this.isFull) return;
    if (this.loadedAt === null) this.early.push(...notifications);
    else for (const notification of notifications) this.put(notification);
    this.start();
  }

  /** Begins whatever is due; does not wait for it. @throws StorageFailure when what waits cannot be read */
  async turn(): Promise<void> {
    if (!this.lease.held) {
      // Another instance sends; it has read what is stored.
      this.queues.clear();
      this.early = [];
      this.loadedAt = null;
      return;
    }
    if (this.mustLoad()) await this.load();
    this.start();
  }

  private mustLoad(): boolean {
    if (this.loadedAt === null) return true;
    if (this.isFull && this.waiting < MAX_LOADED / 2) return true;
    return this.lease.isShared && this.clock.now() - this.loadedAt >= RELOAD_INTERVAL_MS;
  }

  private async load(): Promise<void> {
    const pending = await this.repository.pending(MAX_LOADED);
    this.loadedAt = this.clock.now();
    this.isFull = pending.length === MAX_LOADED;
    for (const notification of [...pending, ...(this.isFull ? [] : this.early)]) this.put(notification);
    this.early = [];
  }

  private put(notification: StoredNotification): void {
    const { channelId, accountId } = notification;
    const queue = this.queues.get(channelId) ?? new ChannelQueue(channelId, accountId);
    this.queues.set(channelId, queue);
    queue.add(notification);
    this.dropOutdated(queue);
  }

  private dropOutdated(queue: ChannelQueue): void {
    for (const outdated of queue.takeOutdated()) this.run(this.store(outdated, { nextAttemptAt: null }));
  }

  private start(): void {
    if (this.isStopping) return;
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const [queue, notification] = next;
      queue.begin(notification);
      // To the end of the turn.
      this.queues.delete(queue.channelId);
      this.queues.set(queue.channelId, queue);
      this.run(this.send(queue, notification));
    }
  }

  private next(): [ChannelQueue, StoredNotification] | undefined {
    const inFlight = new Map<string, number>();
    let all = 0;
    for (const { accountId, inFlight: count } of this.queues.values()) {
      inFlight.set(accountId, (inFlight.get(accountId) ?? 0) + count);
      all += count;
    }
    if (all >= MAX_IN_FLIGHT.all) return undefined;
    const now = this.clock.now();
    for (const queue of this.queues.values()) {
      if ((inFlight.get(queue.accountId) ?? 0) >= MAX_IN_FLIGHT.account) continue;
      const channel = this.channels.find(queue.accountId, queue.channelId);
      if (queue.inFlight >= (channel?.type === 'slack' ? 1 : MAX_IN_FLIGHT.channel)) continue;
      // What waits for a channel that is disabled or deleted is given up now.
      const notification = queue.due(channel?.enabled ? now : Infinity);
      if (notification) return [queue, notification];
    }
    return undefined;
  }

  /** Keeps hold of work until it has ended, and then begins what may begin. */
  private run(work: Promise<void>): void {
    const held = work
      .catch((error: unknown) => {
        this.notStored(error);
      })
      .finally(() => {
        this.running.delete(held);
        this.start();
      });
    this.running.add(held);
  }

  private async send(queue: ChannelQueue, notification: StoredNotification): Promise<void> {
    let next: StoredNotification | undefined;
    try {
      const channel = this.channels.find(notification.accountId, notification.channelId);
      next = channel?.enabled ? await this.attempt(queue, channel, notification) : await this.giveUp(notification);
      this.storageFails = false;
    } catch (error) {
      // Not at once again: what broke may still be broken.
      queue.pause(this.clock.now() + TURN_INTERVAL_MS);
      throw error;
    } finally {
      queue.end(notification, next);
      this.dropOutdated(queue);
      if (queue.isEmpty && this.queues.get(queue.channelId) === queue) this.queues.delete(queue.channelId);
    }
  }

  private async attempt(
    queue: ChannelQueue,
    channel: Channel,
    queued: StoredNotification,
  ): Promise<StoredNotification> {
    const row = await this.repository.find(queued);
    // Its time to be stored is over, or it was added again after it was sent.
    if (row === undefined || row.nextAttemptAt === null) return { ...queued, nextAttemptAt: null };
    if (row.nextAttemptAt > this.clock.now()) return { ...queued, nextAttemptAt: row.nextAttemptAt };
    const { outcome, delivery } = await this.attempts.make(channel, row, this.stopped.signal);
    this.metrics.sent(channel.type, outcome.delivered);
    const now = this.clock.now();
    queue.pause(now + Math.max(pauseMs(outcome.retryAfterMs), channel.type === 'slack' ? SLACK_INTERVAL_MS : 0));
    const next = this.after(row, channel, outcome, delivery.at);
    // What is sent again only so that the receiver does not forget it is no news.
    if (row.status === 'delivered' && outcome.delivered) return next;
    await this.log.record({ ...row, ...next }, delivery, this.stopped.signal, this.notStored);
    if (!outcome.delivered) this.add(await this.health.failed(channel, outcome, row));
    return next;
  }

  /** Its state after an attempt at an instant. */
  private after(
    { message: _, ...row }: NotificationRow,
    { type }: Channel,
    outcome: Outcome,
    at: number,
  ): StoredNotification {
    const now = this.clock.now();
    const state = { ...row, lastAttemptAt: at, version: Math.max(now, row.version + 1) };
    const isRepeated =
      type === 'alertmanager' && (row.kind === 'firing' || row.kind === 'reminder') && now - row.at < MAX_REPEATED_MS;
    const repeatedAt = isRepeated ? now + RESEND_MS : null;
    if (row.status === 'delivered') return { ...state, nextAttemptAt: repeatedAt };
    const attempts = row.attempts + 1;
    if (outcome.delivered) return { ...state, attempts, status: 'delivered', nextAttemptAt: repeatedAt };
    const next = outcome.gone ? null : nextAttemptAt(attempts, now, outcome.retryAfterMs);
    return { ...state, attempts, status: next === null ? 'failed' : 'pending', nextAttemptAt: next };
  }

  /** Its channel is deleted or disabled. */
  private async giveUp(queued: StoredNotification): Promise<StoredNotification> {
    await this.store(queued, { status: queued.status === 'delivered' ? 'delivered' : 'failed', nextAttemptAt: null });
    return { ...queued, nextAttemptAt: null };
  }

  private async store(queued: StoredNotification, changes: Partial<StoredNotification>): Promise<void> {
    const row = await this.repository.find(queued);
    if (row === undefined || row.nextAttemptAt === null) return;
    const changed = { ...row, ...changes, version: Math.max(this.clock.now(), row.version + 1) };
    await this.log.record(changed, null, this.stopped.signal, this.notStored);
  }

  private readonly notStored = (error: unknown): void => {
    if (this.stopped.signal.aborted) return;
    if (!this.storageFails) this.logger.error(`Notifications cannot be read or stored; retrying. ${reasonOf(error)}`);
    this.storageFails = true;
  };
}
