/** Limits of accounts without storage, for specs whose subject is another. */
import { SystemClock } from '@meterhouse/common';
import { LimitOverrides, type OverridesStorage } from '../../apps/api/src/accounts/limit-overrides';

const NOWHERE: OverridesStorage = {
  shared: false,
  findChangedSince: () => Promise.resolve([]),
  insert: () => Promise.resolve(),
};

/** Limits set by an admin, in memory alone; none at first. */
export const overridesInMemory = (): LimitOverrides => new LimitOverrides(NOWHERE, new SystemClock());
