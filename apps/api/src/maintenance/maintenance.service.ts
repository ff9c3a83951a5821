/**
 * Keeps the rollups true to the raw events: finds where they differ, makes them again, and deletes an owner's events
 * from both. Only whole days are made again, and only where all their raw events are retained.
 */
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ROLLUPS, type Rollup } from '@meterhouse/clickhouse/rollups';
import { Clock, DAY, Settings, floorTo, iso, reasonOf } from '@meterhouse/common';
import { ApiException } from '../http/api-exception';
import { KeyRegistry } from '../auth/key-registry';
import { quoted } from '../http/fields';
import { ExclusiveWrites } from '../ingest/delivery/exclusive-writes';
import { ParkedEvents } from '../ingest/delivery/parked-events';
import { Integrity } from './integrity';
import type { DeleteEventsDto, DeleteEventsResponseDto } from './dto/delete-events.dto';
import type { ReconcileDto, ReconcileResponseDto, RepairedPartitionDto, RollupDriftDto } from './dto/reconcile.dto';
import { type Comparison, type DriftedRow, MaintenanceRepository, type Span } from './maintenance.repository';
import type { Owner } from './maintenance.sql';
import { MaintenanceTurn } from './maintenance-turn';
import { cutByEvents, deletionSpan, endOfEvents, firstRawDay, reconcileRange, spanByRollup, wholeDays } from './range';

/** Examples shown of a rollup. */
const MAX_EXAMPLES = 20;

@Injectable()
export class MaintenanceService implements OnApplicationBootstrap {
  private readonly logger = new Logger('Maintenance');

  constructor(
    private readonly repository: MaintenanceRepository,
    private readonly writes: ExclusiveWrites,
    private readonly parked: ParkedEvents,
    private readonly keys: KeyRegistry,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly turn: MaintenanceTurn,
    private readonly integrity: Integrity,
  ) {}

  /** Removes what a crash in the middle of a rebuild left behind, and watches deletions that go on after one. */
  async onApplicationBootstrap(): Promise<void> {
    void this.repository.watchDeletions();
    try {
      await this.repository.dropLeftovers();
    } catch (error) {
      this.logger.warn(`Staging tables of an earlier rebuild were not dropped: ${reasonOf(error)}`);
    }
  }

  /**
   * Compares the rollups of a range with its raw events, and with `repair` makes drifted partitions again. Drift that
   * an insert in progress only seems to make is excluded by a second look while the writer pauses. Days on which a rollup
   * has requests that the raw events lack are left as they are, for their raw events may be lost, unless `acceptLoss`.
   * @throws ApiException INVALID_PARAMETERS for a range outside the raw retention, OVERLOADED while another one runs
   */
  async reconcile(request: ReconcileDto): Promise<ReconcileResponseDto> {
    const now = this.clock.now();
    const { retention } = this.settings;
    const range = reconcileRange(request.from, request.to, now, retention);
    const answer = await this.turn.run(async () => {
      // Days before the first raw event may have lost theirs to a shorter retention: what is rolled up of them stays.
      const firstEvent = request.repair ? await this.repository.firstEventAt() : null;
      const allowed = {
        from: firstEvent === null ? Infinity : floorTo('day', firstEvent),
        loss: request.acceptLoss ?? false,
      };
      const eventsByDay = await this.repository.eventsByDay(range);
      const rollups: RollupDriftDto[] = [];
      const repaired: RepairedPartitionDto[] = [];
      for (const { rollup, span } of spanByRollup(range, now, retention)) {
        const drift = await this.reconcileRollup(rollup, cutByEvents(span, eventsByDay), allowed);
        rollups.push({ rollup, ...drift.total });
        repaired.push(...drift.repaired.map((partition) => ({ rollup, partition })));
      }
      return {
        success: true,
        from: iso(range.from),
        to: iso(range.to),
        earliest: iso(firstRawDay(now, retention)),
        rollups,
        repaired,
        timestamp: iso(this.clock.now()),
      } as const;
    });
    if (request.repair) await this.integrity.look();
    return answer;
  }

  /**
   * Deletes the events of an account or one of its keys, raw and in every rollup.
   * @throws ApiException KEY_NOT_FOUND for a key that is not the account's, INVALID_PARAMETERS for a span whose rollups
   *   could not be made again, OVERLOADED while another one runs
   */
  async deleteEvents(by: string, request: DeleteEventsDto): Promise<DeleteEventsResponseDto> {
    const owner = { accountId: request.accountId, keyId: request.keyId ?? null };
    if (owner.keyId !== null && !this.keys.find(owner.accountId, owner.keyId)) {
      const other = this.keys.find(null, owner.keyId)?.accountId;
      const message =
        other === undefined
          ? `There is no key ${quoted(owner.keyId)} in this account; GET /keys?accountId=${owner.accountId} lists its keys.`
          : `Key ${quoted(owner.keyId)} belongs to the account ${quoted(other)}.`;
      throw new ApiException('KEY_NOT_FOUND', message);
    }
    const span = deletionSpan(request.from, request.to, this.clock.now(), this.settings.retention);
    return this.turn.run(async () => {
      // First, so that nobody takes back what is deleted behind it.
      const parkedEventsDeleted = await this.deleteParked(owner, span);
      const deleted = span === null ? await this.deleteAll(owner) : await this.deleteSpan(owner, span);
      const whose = owner.keyId === null ? `account ${owner.accountId}` : `key ${owner.keyId} of ${owner.accountId}`;
      this.logger.log(`${by} deleted ${deleted.eventsDeleted} events of ${whose}.`);
      return {
        success: true,
        ...owner,
        from: request.from === undefined || span === null ? null : iso(span.from),
        to: request.to === undefined || span === null ? null : iso(span.to),
        ...deleted,
        parkedEventsDeleted,
        timestamp: iso(this.clock.now()),
      };
    });
  }

  private deleteParked({ accountId, keyId }: Owner, span: Span | null): Promise<number> {
    return this.parked.delete(
      (event) =>
        event.accountId === accountId &&
        (keyId === null || event.keyId === keyId) &&
        (span === null || (event.timestamp >= span.from && event.timestamp < span.to)),
    );
  }

  private async reconcileRollup(
    rollup: Rollup,
    spans: readonly Span[],
    allowed: { from: number; loss: boolean },
  ): Promise<{ total: Omit<RollupDriftDto, 'rollup'>; repaired: string[] }> {
    const found = new Map<number, Comparison>();
    for (const span of spans) {
      for (const [day, comparison] of await this.repository.compare(rollup, span)) found.set(day, comparison);
    }
    const suspects = [...found.keys()].filter((day) => found.get(day)?.bucketsDrifted !== 0);
    const repaired: string[] = [];
    let [bucketsRepaired, bucketsWithheld] = [0, 0];
    for (const { partition, days } of await this.repository.partitionsOf(rollup, suspects)) {
      await this.writes.run(async (check) => {
        for (const day of days) found.set(day, await this.compareDay(rollup, day));
        const { drifted, withheld } = repairable(days, found, allowed);
        bucketsWithheld += withheld;
        if (drifted.length === 0) return;
        await this.repository.rebuild(rollup, { partition, days: drifted, recomputed: drifted, owner: null }, check);
        for (const day of drifted) {
          const left = (await this.compareDay(rollup, day)).bucketsDrifted;
          bucketsRepaired += (found.get(day)?.bucketsDrifted ?? 0) - left;
        }
        repaired.push(partition);
        this.logger.log(`Rebuilt the partition ${partition} of ${rollup} (${drifted.length} drifted days).`);
      });
    }
    const inOrder = [...found].sort(([a], [b]) => a - b).map(([, comparison]) => comparison);
    return { total: { ...totalOf(inOrder), bucketsRepaired, bucketsWithheld }, repaired };
  }

  private async compareDay(rollup: Rollup, day: number): Promise<Comparison> {
    return (await this.repository.compare(rollup, { from: day, to: day + DAY })).get(day) ?? NO_ROWS;
  }

  /** All there is of an owner: what comes in after the short pause is not touched. */
  private async deleteAll(owner: Owner): Promise<Deleted> {
    const always = { from: 0, to: endOfEvents(this.clock.now()) };
    const deleted = await this.writes.run(async (check) => {
      const eventsDeleted = await this.repository.countEvents(owner, null);
      const rollups: Deleted['rollups'] = [];
      for (const rollup of ROLLUPS) {
        rollups.push({ rollup, requestsRemoved: sum(await this.repository.ownedDays(rollup, owner, always)) });
      }
      const isKnown = eventsDeleted > 0 || rollups.some(({ requestsRemoved }) => requestsRemoved > 0);
      if (isKnown) await this.repository.beginDeletion(owner, check);
      return { eventsDeleted, rollups };
    });
    await this.repository.deletionsEnded();
    return deleted;
  }

  /**
   * The raw events of a span, then the owner's rows of its days made again from the raw events that are left. A second
   * call after one that broke off finishes what that began.
   */
  private async deleteSpan(owner: Owner, span: Span): Promise<Deleted> {
    const eventsDeleted = await this.repository.countEvents(owner, span);
    if (eventsDeleted > 0) await this.repository.deleteEvents(owner, span);
    const rollups: Deleted['rollups'] = [];
    for (const rollup of ROLLUPS) {
      rollups.push({ rollup, requestsRemoved: await this.rebuildOwned(rollup, owner, span) });
    }
    return { eventsDeleted, rollups };
  }

  /** @returns how many requests less the rollup has of the owner */
  private async rebuildOwned(rollup: Rollup, owner: Owner, span: Span): Promise<number> {
    const days = wholeDays(span);
    const firstDay = firstRawDay(this.clock.now(), this.settings.retention);
    const touched = await this.repository.ownedDays(rollup, owner, days);
    let removed = 0;
    for (const part of await this.repository.partitionsOf(rollup, [...touched.keys()])) {
      const recomputed = part.days.filter((day) => day >= firstDay);
      await this.writes.run(async (check) => {
        const before = await this.repository.ownedDays(rollup, owner, days);
        await this.repository.rebuild(rollup, { ...part, recomputed, owner }, check);
        removed += sum(before) - sum(await this.repository.ownedDays(rollup, owner, days));
      });
    }
    return removed;
  }
}

type Deleted = Pick<DeleteEventsResponseDto, 'eventsDeleted' | 'rollups'>;

/** What a comparison of nothing with nothing comes to. */
const NO_ROWS: Comparison = {
  bucketsCompared: 0,
  bucketsDrifted: 0,
  requestsMissing: 0,
  requestsExtra: 0,
  examples: [],
};

/** The drifted days that may be made again, and the drifted buckets of those that may not for want of raw events. */
function repairable(
  days: readonly number[],
  found: ReadonlyMap<number, Comparison>,
  allowed: { from: number; loss: boolean },
): { drifted: number[]; withheld: number } {
  const drifted: number[] = [];
  let withheld = 0;
  for (const day of days) {
    const { bucketsDrifted, requestsExtra } = found.get(day) ?? NO_ROWS;
    if (day < allowed.from || bucketsDrifted === 0) continue;
    if (requestsExtra > 0 && !allowed.loss) withheld += bucketsDrifted;
    else drifted.push(day);
  }
  return { drifted, withheld };
}

function totalOf(comparisons: Comparison[]): Omit<RollupDriftDto, 'rollup' | 'bucketsRepaired' | 'bucketsWithheld'> {
  const total = { bucketsCompared: 0, bucketsDrifted: 0, requestsMissing: 0, requestsExtra: 0 };
  const examples: DriftedRow[] = [];
  for (const comparison of comparisons) {
    total.bucketsCompared += comparison.bucketsCompared;
    total.bucketsDrifted += comparison.bucketsDrifted;
    total.requestsMissing += comparison.requestsMissing;
    total.requestsExtra += comparison.requestsExtra;
    examples.push(...comparison.examples.slice(0, MAX_EXAMPLES - examples.length));
  }
  return { ...total, examples: examples.map(({ bucket, ...row }) => ({ bucket: iso(bucket), ...row })) };
}

function sum(requests: Map<number, number>): number {
  return [...requests.values()].reduce((total, count) => total + count, 0);
}
