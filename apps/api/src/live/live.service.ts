/** Keeps the live streams: who may have one, when each is told what is new, and when it ends. */
import type { Readable } from 'node:stream';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ApiException, Clock, reasonOf } from '@meterhouse/common';
import { type AccountScope, KeyRegistry } from '../auth/key-registry';
import { Metrics } from '../monitoring/metrics';
import { LiveStream } from './live-stream';
import { LiveRepository } from './live.repository';
import { MINUTE_SECONDS } from './second';
import { REPLAY_SECONDS, Topic } from './topic';

/** Streams at once, of all accounts together and of the keys of one. */
const MAX_STREAMS = 200;
const MAX_STREAMS_PER_ACCOUNT = 20;

const RETRY_AFTER_SECONDS = 10;

const BEAT_MS = 1_000;

/** What a client asks to watch. */
export interface LiveRequest {
  /** The account of the calling key, whose streams are counted. */
  accountId: string;
  /** The account to watch, or all. */
  scope: AccountScope;
  /** One key of the scope; all of them when left out. */
  keyId: string | undefined;
  /** As the client sent it. */
  lastEventId: string | undefined;
  /** Asked every second; the stream ends once it says no. */
  isAllowed: () => boolean;
}

/**
 * - **Source.** ClickHouse alone, so that every instance tells the same. Streams that watch the same share a topic, and
 *   topics read one after another: all of them together never take more than one connection. A sweep that takes longer
 *   than a second delays the next.
 * - **Limits.** `MAX_STREAMS`, and `MAX_STREAMS_PER_ACCOUNT` each; what waits for a slow client is bounded by
 *   `LiveStream`, whose client gets whole minutes once it has caught up.
 * - **Shutdown.** All streams end before anything else is stopped; their clients come back with `Last-Event-ID`.
 */
@Injectable()
export class LiveService implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly topics = new Map<string, Topic>();
  private readonly streams = new Map<LiveStream, string>();
  /** Rounds that wait for their turn. */
  private readonly waiting = new Map<Topic, Promise<void>>();
  /** The round that runs and those that wait, as one chain that never rejects. */
  private turn: Promise<void> = Promise.resolve();
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
   * Answers with a stream that holds its first messages.
   * @throws ApiException KEY_NOT_FOUND for a key outside the scope, OVERLOADED past a limit or while the service stops
   */
  async open(request: LiveRequest): Promise<Readable> {
    if (request.keyId !== undefined && !this.keys.find(request.scope, request.keyId)) {
      throw new ApiException('KEY_NOT_FOUND', 'There is no such key in this account; GET /keys lists its keys.');
    }
    this.refuseTooMany(request.accountId);
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

  private refuseTooMany(accountId: string): void {
    if (this.stopping) throw stoppingError();
    const own = [...this.streams.values()].filter((account) => account === accountId).length;
    if (own < MAX_STREAMS_PER_ACCOUNT && this.streams.size < MAX_STREAMS) return;
    throw new ApiException(
      'OVERLOADED',
      own < MAX_STREAMS_PER_ACCOUNT
        ? `There are ${MAX_STREAMS} live streams already; try again in ${RETRY_AFTER_SECONDS} seconds.`
        : `The keys of this account have ${own} live streams already; close one, or try again later.`,
      undefined,
      RETRY_AFTER_SECONDS,
    );
  }

  /** What the client has seen, as its `Last-Event-ID` tells; null when that cannot be or is too long ago. */
  private known(lastEventId: string | undefined): number | null {
    if (lastEventId === undefined || !/^\d{1,12}$/.test(lastEventId)) return null;
    const [id, now] = [Number(lastEventId), this.second()];
    // It may come from an instance whose clock is a little ahead.
    return id < now - REPLAY_SECONDS || id > now + MINUTE_SECONDS ? null : Math.min(id, now);
  }

  private join(stream: LiveStream, { accountId, scope, keyId: asked }: LiveRequest): Topic {
    const keyId = asked ?? null;
    const name = JSON.stringify([scope, keyId]);
    const topic = this.topics.get(name) ?? new Topic((from, to) => this.repository.seconds({ scope, keyId }, from, to));
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
    this.timer ??= setInterval(() => this.beat(), BEAT_MS);
    return topic;
  }

  /** Every second, whatever the storage does. */
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

  /** Has the topic read and tell what is new when its turn comes; all who ask until then share the round. */
  private round(topic: Topic): Promise<void> {
    const waiting = this.waiting.get(topic);
    if (waiting) return waiting;
    const round = this.turn.then(() => {
      this.waiting.delete(topic);
      return topic.round(this.second());
    });
    this.waiting.set(topic, round);
    this.turn = round.catch(() => undefined);
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
  return new ApiException(
    'OVERLOADED',
    `The service is stopping; try again in ${RETRY_AFTER_SECONDS} seconds.`,
    undefined,
    RETRY_AFTER_SECONDS,
  );
}
