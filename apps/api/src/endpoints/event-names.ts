import { Injectable } from '@nestjs/common';
import { COMMON_METHODS, Clock, type Slices } from '@meterhouse/common';
import { AccountLimits } from '../accounts/account-limits';
import { DataVersions } from '../storage/data-versions';
import { type LimitedNames, NameLimit, type NamedEvent } from './name-limit';
import { OTHER_ENDPOINT } from './normalise-endpoint';
import { NamesRepository } from './names.repository';

/** Beside the common ones: HTTP has some forty methods, and an API uses a handful. */
export const METHODS_PER_DAY = 50;

/** As many as a breakdown shows. */
export const ERROR_TYPES_PER_DAY = 1_000;

/** Limits the names of events that senders make up: endpoints by the account's limit, methods and error types by a fixed one. */
@Injectable()
export class EventNames {
  private readonly endpoints: NameLimit;
  private readonly others: NameLimit[];

  constructor(repository: NamesRepository, limits: AccountLimits, versions: DataVersions, clock: Clock) {
    this.endpoints = new NameLimit(
      {
        field: 'endpoint',
        column: 'endpoint',
        unlimited: [OTHER_ENDPOINT],
        limitOf: (accountId) => limits.limitsOf(accountId).endpointNamesPerDay,
        // Some 40 MB, or 200 MB when all are as long as can be.
        maxInMemory: 400_000,
      },
      repository,
      versions,
      clock,
    );
    const fixed = (names: Pick<LimitedNames, 'field' | 'column' | 'unlimited'>, limit: number): NameLimit =>
      new NameLimit({ ...names, limitOf: () => limit, maxInMemory: 100_000 }, repository, versions, clock);
    const commonMethods = [...COMMON_METHODS].map(String);
    this.others = [
      fixed({ field: 'method', column: 'method', unlimited: [OTHER_ENDPOINT, ...commonMethods] }, METHODS_PER_DAY),
      fixed({ field: 'errorType', column: 'error_type', unlimited: [OTHER_ENDPOINT, ''] }, ERROR_TYPES_PER_DAY),
    ];
  }

  /** Puts `{other}` for names past a limit. @returns the positions of events whose endpoint was, ascending */
  async fold(events: readonly NamedEvent[], slices: Slices): Promise<number[]> {
    const [folded] = await Promise.all([
      this.endpoints.fold(events, slices),
      ...this.others.map((names) => names.fold(events, slices)),
    ]);
    return folded;
  }

  /** Takes in the names of events that ClickHouse does not have yet. */
  async remember(events: readonly NamedEvent[]): Promise<void> {
    for (const names of [this.endpoints, ...this.others]) await names.remember(events);
  }
}
