import { Injectable } from '@nestjs/common';
import { Clock, type Slices } from '@meterhouse/common';
import { AccountLimits } from '../accounts/account-limits';
import { DataVersions } from '../storage/data-versions';
import { NameLimit, type NamedEvent } from './name-limit';
import { NamesRepository } from './names.repository';

/** HTTP has some forty methods, and an API uses a handful. */
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
        limitOf: (accountId) => limits.limitsOf(accountId).endpointNamesPerDay,
        // Some 40 MB, or 200 MB when all are as long as can be.
        maxInMemory: 400_000,
      },
      repository,
      versions,
      clock,
    );
    const fixed = (field: 'method' | 'errorType', column: 'method' | 'error_type', limit: number): NameLimit =>
      new NameLimit({ field, column, limitOf: () => limit, maxInMemory: 100_000 }, repository, versions, clock);
    this.others = [fixed('method', 'method', METHODS_PER_DAY), fixed('errorType', 'error_type', ERROR_TYPES_PER_DAY)];
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
