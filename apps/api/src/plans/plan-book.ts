import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE, Poll, Serial, reasonOf } from '@meterhouse/common';
import type { Plan } from '@meterhouse/pricing';
import { newId } from '../auth/secret';
import { ApiException } from '../http/api-exception';
import { quoted } from '../http/fields';
import { type Assignment, type PlanVersion, assigned } from './plan-version';
import { PlansRepository, type StoredAssignments, type StoredPlan } from './plans.repository';

/** How often the changes of other instances are read. */
const POLL_INTERVAL_MS = 500;

/** Versions are clock readings: this much of the past is read again, for instances whose clock is behind. */
const POLL_OVERLAP_MS = 5 * MINUTE;

/** Most plans, and most versions of one: all of them are in memory. */
const MAX_PLANS = 10_000;
const MAX_VERSIONS = 1_000;
/** Most assignments of an account. */
const MAX_ASSIGNMENTS = 1_000;

/**
 * All plans and which account has which, in memory as keys are: writes run one after another, ClickHouse first; with a
 * shared server the changes of other instances are read every half second.
 */
@Injectable()
export class PlanBook implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Plans');
  private readonly plans = new Map<string, StoredPlan[]>();
  private readonly accounts = new Map<string, StoredAssignments>();
  private readonly writes = new Serial();
  private readonly poll = new Poll(
    () => this.readChanges(),
    POLL_INTERVAL_MS,
    (error) => this.logger.error(`Changes of plans cannot be read; retrying. ${reasonOf(error)}`),
    () => this.logger.log('Changes of plans are read again.'),
  );
  private changes = 0;
  private readonly newest = { plan: 0, assignments: 0 };

  constructor(
    private readonly repository: PlansRepository,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.readChanges();
    if (this.repository.shared) this.poll.start();
  }

  /** ClickHouse closes after. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.poll.stop(), this.writes.idle()]);
  }

  /** Moves with every change of a plan or of who has it. */
  get revision(): number {
    return this.changes;
  }

  /** The newest version of each plan, in the order in which the plans were made. */
  list(): PlanVersion[] {
    const first = (versions: readonly StoredPlan[]): number => versions[0]?.writtenAt ?? 0;
    return [...this.plans.values()]
      .sort((a, b) => first(a) - first(b) || ((a[0]?.id ?? '') < (b[0]?.id ?? '') ? -1 : 1))
      .flatMap((versions) => versions.at(-1) ?? []);
  }

  /** The versions of a plan, ascending. @throws ApiException PLAN_NOT_FOUND */
  versionsOf(id: string): readonly PlanVersion[] {
    const versions = this.plans.get(id);
    if (versions === undefined) {
      throw new ApiException('PLAN_NOT_FOUND', `There is no plan ${quoted(id)}; GET /plans lists them.`);
    }
    return versions;
  }

  /** The plans of an account by the instant from which each holds, ascending. */
  assignmentsOf(accountId: string): readonly Assignment[] {
    return this.accounts.get(accountId)?.assignments ?? [];
  }

  /** The accounts that have a plan. */
  accountsWithPlan(): IterableIterator<string> {
    return this.accounts.keys();
  }

  /**
   * Adds a plan, or a version of one.
   * @param id of the plan; null makes a new one
   * @throws ApiException PLAN_NOT_FOUND, LIMIT_REACHED; INVALID_PARAMETERS for another currency than before
   */
  add(id: string | null, plan: Plan, effectiveFrom: number): Promise<PlanVersion> {
    return this.writes.run(async () => {
      if (this.repository.shared) await this.readChanges();
      const versions = id === null ? [] : this.versionsOf(id);
      refuseMore(id === null ? this.plans.size : versions.length, id === null ? MAX_PLANS : MAX_VERSIONS);
      refuseOtherCurrency(versions[0]?.plan, plan);
      const version = versions.length + 1;
      const stored = { id: id ?? newId('pln_'), version, effectiveFrom, plan, writtenAt: this.clock.now() };
      await this.repository.insertPlan(stored);
      this.putPlan(stored);
      return stored;
    });
  }

  /** Gives an account a plan from an instant on. @throws ApiException PLAN_NOT_FOUND, LIMIT_REACHED */
  assign(accountId: string, assignment: Assignment): Promise<void> {
    return this.writes.run(async () => {
      if (this.repository.shared) await this.readChanges();
      this.versionsOf(assignment.planId);
      const present = this.accounts.get(accountId);
      const assignments = assigned(present?.assignments ?? [], assignment);
      refuseMore(assignments.length - 1, MAX_ASSIGNMENTS);
      const version = Math.max(this.clock.now(), (present?.version ?? 0) + 1);
      await this.repository.insertAssignments({ accountId, version, assignments });
      this.putAssignments({ accountId, version, assignments });
    });
  }

  private async readChanges(): Promise<void> {
    const since = (newest: number): number => Math.max(0, newest - POLL_OVERLAP_MS);
    for (const stored of await this.repository.plansSince(since(this.newest.plan))) this.putPlan(stored);
    for (const stored of await this.repository.assignmentsSince(since(this.newest.assignments))) {
      this.putAssignments(stored);
    }
  }

  private putPlan(stored: StoredPlan): void {
    const others = (this.plans.get(stored.id) ?? []).filter(({ version }) => version !== stored.version);
    this.plans.set(
      stored.id,
      [...others, stored].sort((a, b) => a.version - b.version),
    );
    this.changes++;
    this.newest.plan = Math.max(this.newest.plan, stored.writtenAt);
  }

  private putAssignments(stored: StoredAssignments): void {
    if ((this.accounts.get(stored.accountId)?.version ?? -1) >= stored.version) return;
    this.accounts.set(stored.accountId, stored);
    this.changes++;
    this.newest.assignments = Math.max(this.newest.assignments, stored.version);
  }
}

function refuseMore(count: number, most: number): void {
  if (count >= most) throw new ApiException('LIMIT_REACHED', `There are ${count}, and there may be ${most}.`);
}

/** Amounts of two currencies do not add up. */
function refuseOtherCurrency(before: Plan | undefined, plan: Plan): void {
  if (before === undefined || before.currency === plan.currency) return;
  const message = `currency should be ${before.currency} as in the versions before, but is "${plan.currency}"; make another plan for another currency.`;
  throw new ApiException('INVALID_PARAMETERS', message, [{ field: 'currency', message }]);
}
