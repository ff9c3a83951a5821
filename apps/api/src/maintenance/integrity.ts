/** Looks at start whether the tables are whole: what is lost reaches the log and `warnings` of `GET /health/ready`. */
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Settings, iso, reasonOf } from '@meterhouse/common';
import { ExclusiveWrites } from '../ingest/delivery/exclusive-writes';
import { Readiness } from '../monitoring/readiness';
import { type DriftedWeek, IntegrityRepository } from './integrity.repository';
import { endOfEvents, firstRawDay, spanByRollup, wholeWeeksFrom } from './range';

/** Weeks that are named in the log. */
const MAX_NAMED = 5;

@Injectable()
export class Integrity implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Integrity');
  private stopping = false;

  constructor(
    private readonly repository: IntegrityRepository,
    private readonly writes: ExclusiveWrites,
    private readonly readiness: Readiness,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** In the background: the sums over many events take a while. */
  onApplicationBootstrap(): void {
    void this.look();
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** Reports what it finds, and what is no longer so. Never rejects. */
  async look(): Promise<void> {
    try {
      this.reportParts(await this.repository.brokenParts());
      const seen = await this.driftedWeeks();
      // An insert in progress may only seem to be drift.
      this.reportWeeks(seen.length === 0 ? [] : await this.writes.run(() => this.driftedWeeks()));
    } catch (error) {
      if (!this.stopping) this.logger.warn(`The tables could not be looked at: ${reasonOf(error)}`);
    }
  }

  private reportParts(parts: readonly string[]): void {
    const what = `${parts.length} damaged part(s) of tables are set aside and not counted; see Restore in docs/operations.md`;
    this.readiness.warn('parts', parts.length === 0 ? null : what);
    if (parts.length > 0) this.logger.error(`${what}: ${parts.slice(0, MAX_NAMED).join(', ')}`);
  }

  private reportWeeks(weeks: readonly DriftedWeek[]): void {
    const what = 'Rollups and raw events have different numbers of requests; see meterhouse reconcile';
    this.readiness.warn('rollups', weeks.length === 0 ? null : what);
    if (weeks.length === 0) return;
    const named = weeks.slice(0, MAX_NAMED).map(({ rollup, week, requests, events }) => {
      return `${rollup} has ${requests} in the week of ${iso(week).slice(0, 10)}, events ${events}`;
    });
    this.logger.error(`${what}: ${named.join('; ')}`);
  }

  /** Of the weeks of which all raw events are there; earlier ones may have lost theirs to a shorter retention. */
  private async driftedWeeks(): Promise<DriftedWeek[]> {
    const now = this.clock.now();
    const { retention } = this.settings;
    const events = await this.repository.eventsByWeek(wholeWeeksFrom(firstRawDay(now, retention)));
    const [first] = [...events.keys()].sort((a, b) => a - b);
    if (first === undefined) return [];
    const drifted: DriftedWeek[] = [];
    for (const { rollup, span } of spanByRollup({ from: first, to: endOfEvents(now) }, now, retention)) {
      drifted.push(...(await this.repository.compareWeeks(rollup, wholeWeeksFrom(span.from), events)));
    }
    return drifted;
  }
}
