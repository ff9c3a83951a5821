/** Which keys a list shows, and in which order. */
import { type Key, statusOf } from '../auth/key';
import type { KeysQuery } from './dto/keys-query.dto';

/** What a key is sorted by beside its own fields. */
export interface Use {
  requests: number;
  /** Epoch milliseconds; null: never. */
  lastUsedAt: number | null;
}

/** Whether a key is one that the query asks for. */
export function matches(key: Key, { status, tier, search }: KeysQuery, now: number): boolean {
  const text = search?.toLowerCase();
  return (
    (status === undefined || statusOf(key, now) === status) &&
    (tier === undefined || key.tier === tier) &&
    (text === undefined || [key.id, key.name, key.accountId].some((value) => value.toLowerCase().includes(text)))
  );
}

/** Whether the order depends on how much keys were used. */
export function sortsByUse({ sort }: KeysQuery): boolean {
  return sort === 'requests' || sort === 'lastUsedAt';
}

/**
 * The keys in the order asked for; equal ones stay in order of creation, and those that were never used come last.
 * @param keys in order of creation
 */
export function sorted(keys: readonly Key[], { sort, order }: KeysQuery, useOf: (key: Key) => Use): Key[] {
  if (sort === 'createdAt') return order === 'asc' ? [...keys] : keys.toReversed();
  const direction = order === 'asc' ? 1 : -1;
  const compareValues = (a: Key, b: Key): number => {
    if (sort === 'name') return compare(a.name.toLowerCase(), b.name.toLowerCase());
    if (sort === 'requests') return useOf(a).requests - useOf(b).requests;
    const never = direction * Infinity;
    return compare(useOf(a).lastUsedAt ?? never, useOf(b).lastUsedAt ?? never);
  };
  return keys.toSorted((a, b) => direction * compareValues(a, b));
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
