import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, Poll, SECOND, Serial, Settings, reasonOf, withTimeout } from '@meterhouse/common';
import type { Counter } from 'prom-client';
import { Metrics } from '../monitoring/metrics';
import { Readiness } from '../monitoring/readiness';
import { Journal } from '../storage/journal';
import { type AuditEntry, type AuditRow, isAuditRow } from './audit-entry';
import { AuditRepository } from './audit.repository';
import { RefusedSignIns } from './refused-sign-ins';

const FLUSH_INTERVAL_MS = SECOND;

/** Entries that wait for ClickHouse at most, on disk and in memory; refused sign-ins take half of the room. */
export const MAX_WAITING = 10_000;

/** Entries of one INSERT. */
const BATCH = 1_000;

/** A stop waits this long for ClickHouse at most; what is left is on disk. */
const STOP_TIMEOUT_MS = 2 * SECOND;

/** Where entries are stored: the repository, or nowhere in specs whose subject is another. */
export type AuditStorage = Pick<AuditRepository, 'insert'>;

/**
 * Takes entries of the audit log: first to a file of its own in `DATA_DIR/audit`, then, within a second and at stop, to
 * ClickHouse. While that is away they wait in the file, and while the disk takes nothing in memory. Entries past
 * `MAX_WAITING` are dropped, which the log, a metric and a warning of `GET /health/ready` say.
 */
@Injectable()
export class AuditLog implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Audit');
  private readonly journal: Journal;
  private readonly steps = new Serial();
  /** Of this process, so that no other's entry has the same id. */
  private readonly suffix = randomBytes(6).toString('hex');
  private readonly dropped: Counter;
  private made = 0;
  /** What ClickHouse does not have, the oldest first. */
  private waiting: AuditRow[] = [];
  /** Those of `waiting` that are not on disk either. */
  private unsaved: AuditRow[] = [];
  private readonly poll = new Poll(
    () => this.flush(),
    FLUSH_INTERVAL_MS,
    (error) => this.logger.error(`Entries of the audit log cannot be stored; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Entries of the audit log are stored again.'),
  );

  constructor(
    settings: Settings,
    @Inject(AuditRepository) private readonly repository: AuditStorage,
    private readonly signIns: RefusedSignIns,
    private readonly clock: Clock,
    metrics: Metrics,
    private readonly readiness: Readiness,
  ) {
    this.journal = new Journal(join(settings.storage.dataDir, 'audit'));
    this.dropped = metrics.counter('audit_dropped_total', 'Entries of the audit log that were lost.');
    metrics.gauge('audit_waiting', 'Entries of the audit log that ClickHouse does not have yet.', () => {
      return this.waiting.length;
    });
  }

  async onModuleInit(): Promise<void> {
    const { values, damaged } = await this.journal.open();
    this.waiting = values.filter(isAuditRow);
    if (damaged > 0) this.lose(damaged, `lines of ${this.journal.path} are damaged`);
    this.poll.start();
  }

  /** ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    this.take(Infinity);
    const stopped = this.poll.stop().then(() => this.synchronise());
    await withTimeout(stopped, STOP_TIMEOUT_MS, () => undefined);
    if (this.unsaved.length > 0) this.lose(this.unsaved.length, 'neither ClickHouse nor the disk takes them');
  }

  /** Resolves when the entry is on disk, or waits in memory because the disk does not take it. Never rejects. */
  async record(entry: AuditEntry): Promise<void> {
    this.add(entry, MAX_WAITING);
    await this.save();
  }

  /** Stores what waits. Never rejects: what stays is tried again. */
  synchronise(): Promise<void> {
    return this.poll.now();
  }

  private add(entry: AuditEntry, room: number): void {
    if (this.waiting.length >= room) return this.lose(1, `${room} wait for ClickHouse`);
    const row = { ...entry, id: `${String(++this.made).padStart(10, '0')}-${this.suffix}` };
    this.waiting.push(row);
    this.unsaved.push(row);
  }

  private take(now: number): void {
    for (const entry of this.signIns.take(now)) this.add(entry, MAX_WAITING / 2);
  }

  private async flush(): Promise<void> {
    this.take(this.clock.now());
    if (this.waiting.length === 0) return;
    await this.save();
    do {
      const batch = this.waiting.slice(0, BATCH);
      await this.repository.insert(batch);
      this.waiting.splice(0, batch.length);
    } while (this.waiting.length > 0);
    await this.forget();
  }

  private async save(): Promise<void> {
    await this.steps.run(async () => {
      const rows = this.unsaved;
      this.unsaved = [];
      try {
        if (rows.length > 0) await this.journal.append(rows);
      } catch (error) {
        this.unsaved = [...rows, ...this.unsaved];
        this.logger.error(`The audit log cannot be written to ${this.journal.path}: ${reasonOf(error)}`);
      }
    });
  }

  /** Leaves in the file what came in meanwhile. What stays there by mistake is stored again after a restart, to no effect. */
  private async forget(): Promise<void> {
    await this.steps.run(async () => {
      const left = [...this.waiting];
      await this.journal.replace(left);
      this.unsaved = this.waiting.slice(left.length);
    });
  }

  private lose(entries: number, why: string): void {
    this.dropped.inc(entries);
    this.logger.error(`${entries} entries of the audit log are lost: ${why}.`);
    this.readiness.warn('audit', 'Entries of the audit log were lost; see the log of the service.');
  }
}
