/** The live streams: how many there may be, when each is sent what is new, and when it ends. */
import type { Readable } from 'node:stream';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock, Serial, reasonOf } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { outsideRequest } from '../http/request-context';
import { noSuchKey } from '../auth/identity';
import type { AccountScope } from '../auth/key';
import { KeyRegistry } from '../auth/key-registry';
import { Metrics } from '../monitoring/metrics';
import { LiveStream } from './live-stream';
import { LiveRepository } from './live.repository';
import { MINUTE_SECONDS } from './second';
import { REPLAY_SECONDS, Topic } from './topic';

/** Streams at once, over all accounts and per account. */
const MAX_STREAMS = 200;
const MAX_STREAMS_PER_ACCOUNT = 20;

const RETRY_AFTER_SECONDS = 10;

const BEAT_MS = 1_000;

/** What a client subscribes to. */
export interface LiveRequest {
  /** The account of the calling key, whose streams are counted. */
  accountId: string;
  /** The account to watch, or all. */
  scope: AccountScope;
  /** Keys of the scope; none means all of them. */
  keyIds: readonly string[];
  /** The `Last-Event-ID` header as the client sent it. */
  lastEventId: string | undefined;
  /** Checked every second; the stream ends once it is false. */
  isAllowed: () => boolean;
}

/**
 * - **Source.** ClickHouse alone, so that every instance sends the same. Streams with the same subscription share a topic, and
 *   topics read one after another: together they never take more than one connection. A sweep that takes longer
 *   than a second delays the next.
 * - **Limits.** `MAX_STREAMS`, which accounts share evenly, and `MAX_STREAMS_PER_ACCOUNT` each; the bytes waiting for a slow client are bounded by
 *   `LiveStream`, whose client gets whole minutes once it has caught up.
 * - **Shutdown.** All streams end before anything else is stopped; their clients come back with `Last-Event-ID`.
 */
@Injectable()
export class LiveService implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly topics = new Map<string, Topic>();
  private readonly streams = new Map<LiveStream, string>();
  /** Topics whose round is queued. */
  private readonly waiting = new Map<Topic, Promise<void>>();
  private readonly rounds = new Serial();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private trouble = false;

  constructor(
    private readonly repository: LiveRepository,
    private readonly keys: KeyRegistry,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    metrics.gauge('live_streams', 'Open streams of GET /usage/live.', () => this.streams.size);
  }

  /**
   * Opens a stream that already holds its first messages.
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, OVERLOADED past a limit or while the service stops
   */
  async open(request: LiveRequest): Promise<Readable> {
    if (!request.keyIds.every((keyId) => this.keys.find(request.scope, keyId))) throw noSuchKey();
    this.makeRoom(request.accountId);
    const stream = new LiveStream(this.known(request.lastEventId), request.isAllowed);
    const topic = this.join(stream, request);
    try {
      await this.round(topic);
      if (this.stopping) throw stoppingError();
    } catch (error) {
      stream.destroy();
      throw error;
    }
    return stream;
  }

  onModuleDestroy(): void {
    this.stopping = true;
    clearInterval(this.timer);
    for (const stream of this.streams.keys()) stream.finish();
  }

  /**
   * Where all places are taken, ends the newest stream of the account that has most of them, unless the asking account
   * would have as many as that one then. So accounts share the places, and none waits for others to leave.
   */
  private makeRoom(accountId: string): void {
    if (this.stopping) throw stoppingError();
    const streams = [...this.streams].filter(([stream]) => !stream.isEnding);
    const byAccount = new Map<string, LiveStream[]>();
    for (const [stream, account] of streams) byAccount.set(account, [...(byAccount.get(account) ?? []), stream]);
    const own = byAccount.get(accountId)?.length ?? 0;
    if (own >= MAX_STREAMS_PER_ACCOUNT) {
      throw refused(`The keys of this account have ${own} live streams already; close one, or try again later.`);
    }
    if (streams.length < MAX_STREAMS) return;
    const [largest = []] = [...byAccount.values()].sort((a, b) => b.length - a.length);
    if (largest.length <= own + 1) {
      throw refused(
        `There are ${MAX_STREAMS} live streams already, and no account has more than this one would have; ` +
          `try again in ${RETRY_AFTER_SECONDS} seconds.`,
      );
    }
    largest.at(-1)?.finish();
  }

  /** The epoch second up to which the client has seen everything, by its `Last-Event-ID`; null when it is invalid or too old. */
  private known(lastEventId: string | undefined): number | null {
    if (lastEventId === undefined || !/^\d{1,12}$/.test(lastEventId)) return null;
    const [id, now] = [Number(lastEventId), this.second()];
    // It may come from an instance whose clock is a little ahead.
    return id < now - REPLAY_SECONDS || id > now + MINUTE_SECONDS ? null : Math.min(id, now);
  }

  private join(stream: LiveStream, { accountId, scope, keyIds }: LiveRequest): Topic {
    const name = JSON.stringify([scope, keyIds]);
    const topic =
      this.topics.get(name) ?? new Topic((from, to) => this.repository.seconds({ scope, keyIds }, from, to));
    this.topics.set(name, topic);
    topic.add(stream);
    this.streams.set(stream, accountId);
    stream.once('close', () => {
      this.streams.delete(stream);
      topic.remove(stream);
      if (topic.isEmpty && this.topics.get(name) === topic) this.topics.delete(name);
      if (this.streams.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    });
    this.timer ??= outsideRequest(() => setInterval(() => this.beat(), BEAT_MS));
    return topic;
  }

  /** Runs every second, whatever the storage does. */
  private beat(): void {
    for (const stream of this.streams.keys()) stream.tend();
    if (this.waiting.size > 0) return;
    for (const topic of this.topics.values()) {
      this.round(topic).then(
        () => this.report(null),
        (error: unknown) => this.report(error),
      );
    }
  }

  /** Queues a round of the topic: one read whose result goes to every stream that asked until then. */
  private round(topic: Topic): Promise<void> {
    const waiting = this.waiting.get(topic);
    if (waiting) return waiting;
    const round = this.rounds.run(() => {
      this.waiting.delete(topic);
      return topic.round(this.second());
    });
    this.waiting.set(topic, round);
    return round;
  }

  private second(): number {
    return Math.floor(this.clock.now() / 1_000);
  }

  private report(error: unknown): void {
    if (error !== null && !this.trouble) this.logger.error(`Live usage cannot be read; retrying. ${reasonOf(error)}`);
    if (error === null && this.trouble) this.logger.log('Live usage is read again.');
    this.trouble = error !== null;
  }
}

function stoppingError(): ApiException {
  return refused(`The service is stopping; try again in ${RETRY_AFTER_SECONDS} seconds.`);
}

function refused(message: string): ApiException {
  return new ApiException('OVERLOADED', message, undefined, RETRY_AFTER_SECONDS);
}
