import { Injectable } from '@nestjs/common';
import { Clock, bucketStartIn, iso, parseDate, parseInstant, startOfDateIn } from '@meterhouse/common';
import { type Plan, periodAt } from '@meterhouse/pricing';
import { KeyRegistry } from '../auth/key-registry';
import { ApiException } from '../http/api-exception';
import { quoted } from '../http/fields';
import { type ListQueryDto, pageOf } from '../http/list.dto';
import type { AccountPlanResponseDto, AssignPlanDto } from './dto/account-plan.dto';
import type { PlanBodyDto } from './plan-body';
import type { OnePlanResponseDto, PlanDto, PlanWithVersionsResponseDto, PlansResponseDto } from './dto/plan.dto';
import { PlanBook } from './plan-book';
import { planOfBody } from './plan-of-body';
import { type PlanVersion, assignmentAt, versionAt } from './plan-version';

/** Plans and who has them, for admins. */
@Injectable()
export class PlansService {
  constructor(
    private readonly book: PlanBook,
    private readonly keys: KeyRegistry,
    private readonly clock: Clock,
  ) {}

  list(query: ListQueryDto): PlansResponseDto {
    const { page, pagination } = pageOf(this.book.list(), query);
    return { success: true, plans: page.map(describe), pagination, timestamp: iso(this.clock.now()) };
  }

  /** @throws ApiException PLAN_NOT_FOUND */
  one(planId: string): PlanWithVersionsResponseDto {
    const now = this.clock.now();
    const versions = this.book.versionsOf(planId);
    const [plan] = [versions.at(-1)].flatMap((version) => (version ? [describe(version)] : []));
    if (plan === undefined) throw new Error(`The plan ${planId} has no version.`);
    return { success: true, plan, versions: versions.map(describe), timestamp: iso(now) };
  }

  /** @throws ApiException INVALID_PARAMETERS with a detail for each field that is wrong; LIMIT_REACHED */
  create(body: PlanBodyDto): Promise<OnePlanResponseDto> {
    return this.add(null, body);
  }

  /** @throws ApiException as `create`; PLAN_NOT_FOUND */
  addVersion(planId: string, body: PlanBodyDto): Promise<OnePlanResponseDto> {
    this.book.versionsOf(planId);
    return this.add(planId, body);
  }

  /**
   * Gives an account a plan.
   * @throws ApiException ACCOUNT_NOT_FOUND where it has no key, PLAN_NOT_FOUND
   */
  async assign(accountId: string, { planId, from }: AssignPlanDto): Promise<AccountPlanResponseDto> {
    this.refuseUnknownAccount(accountId);
    const now = this.clock.now();
    const plan = versionAt(this.book.versionsOf(planId), now)?.plan;
    if (plan === undefined) throw new Error(`The plan ${planId} has no version.`);
    const start = from === undefined ? periodAt(now, plan).from : hourOf(from, plan.timezone);
    await this.book.assign(accountId, { planId, from: start });
    return this.planOf(accountId);
  }

  /** @throws ApiException ACCOUNT_NOT_FOUND where it has no key, PLAN_NOT_FOUND where it has no plan */
  planOf(accountId: string): AccountPlanResponseDto {
    this.refuseUnknownAccount(accountId);
    const now = this.clock.now();
    const assignments = this.book.assignmentsOf(accountId);
    const holding = assignmentAt(assignments, now) ?? assignments[0];
    if (holding === undefined) throw noPlan(accountId);
    const version = versionAt(this.book.versionsOf(holding.planId), now);
    if (version === undefined) throw new Error(`The plan ${holding.planId} has no version.`);
    return {
      success: true,
      accountId,
      plan: describe(version),
      from: iso(holding.from),
      assignments: assignments.map(({ planId, from }) => ({ planId, from: iso(from) })),
      timestamp: iso(now),
    };
  }

  private async add(id: string | null, body: PlanBodyDto): Promise<OnePlanResponseDto> {
    const plan = planOfBody(body);
    const now = this.clock.now();
    const from = hourOf(body.effectiveFrom ?? iso(now), plan.timezone);
    const version = await this.book.add(id, plan, from);
    return { success: true, plan: describe(version), timestamp: iso(now) };
  }

  private refuseUnknownAccount(accountId: string): void {
    if ([...this.keys.ofAccount(accountId)].length > 0) return;
    throw new ApiException('ACCOUNT_NOT_FOUND', `There is no account ${quoted(accountId)}; GET /accounts lists them.`);
  }
}

/** Of an account that was assigned none. */
export function noPlan(accountId: string): ApiException {
  return new ApiException(
    'PLAN_NOT_FOUND',
    `The account ${quoted(accountId)} has no plan; an admin gives it one by PUT /accounts/{id}/plan.`,
  );
}

/**
 * A date is its start in the plan's zone. Rounded down to the zone's hour: requests are counted by the hour for longer than
 * by the minute, and what was priced must stay so.
 */
function hourOf(text: string, timezone: string): number {
  const date = parseDate(text);
  const at = Number.isNaN(date) ? parseInstant(text) : startOfDateIn(date, timezone);
  return bucketStartIn('hour', at, { timezone, weekStart: 'monday' });
}

function describe({ id, version, effectiveFrom, plan }: PlanVersion): PlanDto {
  const { name, currency, timezone, anchorDay, ...rest }: Plan = plan;
  return { id, version, name, currency, timezone, anchorDay, effectiveFrom: iso(effectiveFrom), ...rest };
}
