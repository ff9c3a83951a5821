import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, MINUTE, Poll, SECOND, reasonOf, withTimeout } from '@meterhouse/common';
import { Metrics } from '../../monitoring/metrics';
import { Lease } from '../../storage/lease';
import { Watermark } from '../../storage/watermark';
import { Corrections } from './corrections';
import { Evaluator } from './evaluator';
import { StatesRepository } from './states.repository';

const TURN_MS = 5 * SECOND;

/** Windows that run are judged at every third turn. */
const EARLY_EVERY = 3;

/** Between two looks at what late events changed. */
const CORRECTIONS_MS = 10 * MINUTE;

/** An instance that has noted no watermark for this long is not waited for: what it accepted comes late. */
const SILENT_MS = 2 * MINUTE;

/** A turn that runs when the service stops has this long; one that is broken off has decided nothing. */
const STOP_MS = 500;

/** Evaluates rules every few seconds, on one instance at a time. */
@Injectable()
export class EvaluationScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('AlertRules');
  private turns = 0;
  /** Since when this instance evaluates; null: another one does. */
  private leadsSince: number | null = null;
  private correctedAt = 0;
  private readonly poll = new Poll(
    () => this.turn(),
    TURN_MS,
    (error) => this.logger.error(`Alert rules cannot be evaluated; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Alert rules are evaluated again.'),
  );
  private readonly notes = new Poll(
    () => this.noteWatermark(),
    TURN_MS,
    (error) => this.logger.error(`The watermark cannot be noted for other instances; retrying. ${reasonOf(error)}`),
    () => this.logger.log('The watermark is noted again.'),
  );

  constructor(
    private readonly evaluator: Evaluator,
    private readonly corrections: Corrections,
    private readonly lease: Lease,
    private readonly states: StatesRepository,
    private readonly watermark: Watermark,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.metrics.gauge(
      'alert_evaluation_lag_seconds',
      'Time since the end of the last minute whose windows of alert rules are judged; 0 on an instance that does not evaluate.',
      () => this.lagMs() / SECOND,
    );
    this.poll.start();
    if (this.lease.isShared) this.notes.start();
  }

  /** ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    await withTimeout(Promise.all([this.poll.stop(), this.notes.stop()]), STOP_MS, () => undefined);
  }

  private async turn(): Promise<void> {
    if (!this.lease.held) {
      this.leadsSince = null;
      return;
    }
    if (this.leadsSince === null) this.evaluator.stepBack();
    this.leadsSince ??= this.clock.now();
    await this.evaluate(this.lease.isShared ? await this.watermarkOfAll() : this.ownWatermark());
  }

  /** A minute and some seconds where all is well; what was not evaluated yet counts from when this instance began. */
  private lagMs(): number {
    if (this.leadsSince === null) return 0;
    return Math.max(0, this.clock.now() - (this.evaluator.evaluatedTo ?? this.leadsSince));
  }

  private async evaluate(watermark: number): Promise<void> {
    await this.evaluator.turn(watermark, this.turns++ % EARLY_EVERY === 0);
    const now = this.clock.now();
    if (now < this.correctedAt + CORRECTIONS_MS) return;
    this.correctedAt = now;
    await this.corrections.check();
  }

  private ownWatermark(): number {
    const now = this.clock.now();
    return Math.min(now, this.watermark.at() ?? now);
  }

  /** Up to when the events of all instances are visible. */
  private async watermarkOfAll(): Promise<number> {
    const others = await this.states.leastWatermark(this.clock.now() - SILENT_MS);
    return Math.min(this.ownWatermark(), others ?? 0);
  }

  private async noteWatermark(): Promise<void> {
    await this.states.noteWatermark(await this.lease.instance(), this.ownWatermark(), this.clock.now());
  }
}
