/** Limits of accounts without storage, for specs whose subject is another. */
import { SystemClock } from '@meterhouse/common';
import { LimitOverrides } from '../../apps/api/src/accounts/limit-overrides';
import type { StoredOverrides } from '../../apps/api/src/accounts/limit-overrides.repository';
import type { VersionedTable } from '../../apps/api/src/storage/versioned-records';

const NOWHERE: VersionedTable<StoredOverrides> = {
  shared: false,
  findChangedSince: () => Promise.resolve([]),
  insert: () => Promise.resolve(),
};

/** Limits set by an admin, in memory alone; none at first. */
export const overridesInMemory = (): LimitOverrides => new LimitOverrides(NOWHERE, new SystemClock());
