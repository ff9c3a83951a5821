import { DAY } from '@meterhouse/common';
import { ListedKeys, aKey } from '../../../../test/support/keys';
import { FixedClock } from '../../../../test/support/fixed-clock';
import type { Key } from '../auth/key';
import { AccountLimits } from './account-limits';

const NOW = Date.parse('2026-03-31T10:20:30.400Z');

const namesOf = (...keys: Partial<Key>[]): number | null => {
  const listed = keys.map((key, index) => aKey({ id: `k${index}`, accountId: 'acme', ...key }));
  const registry = new ListedKeys(...listed, aKey({ id: 'another', accountId: 'another', tier: 'enterprise' }));
  return new AccountLimits(registry, new FixedClock(NOW)).limitsOf('acme').endpointNamesPerDay;
};

describe('endpointNamesPerDay', () => {
  it.each([
    ['free', 500],
    ['starter', 1_000],
    ['professional', 2_000],
    ['enterprise', 10_000],
  ] as const)('of the tier %s is %i', (tier, names) => {
    expect(namesOf({ tier })).toBe(names);
  });

  it('is that of the highest tier among the active keys', () => {
    expect(namesOf({ tier: 'starter' }, { tier: 'professional' }, { tier: 'free' })).toBe(2_000);
    expect(namesOf({ tier: 'starter' }, { tier: 'professional', revokedAt: NOW - 1 })).toBe(1_000);
    expect(namesOf({ tier: 'starter' }, { tier: 'professional', expiresAt: NOW + DAY })).toBe(2_000);
    expect(namesOf({ tier: 'starter' }, { tier: 'professional', expiresAt: NOW - DAY })).toBe(1_000);
  });

  it('is the least without an active key', () => {
    expect(namesOf()).toBe(500);
    expect(namesOf({ tier: 'enterprise', revokedAt: NOW - 1 })).toBe(500);
  });

  it('is not raised by keys known only from events, which alone have the most', () => {
    const external = { tier: 'enterprise', external: true } as const;
    expect(namesOf({ tier: 'free' }, external)).toBe(500);
    expect(namesOf({ tier: 'free', revokedAt: NOW - 1 }, external)).toBe(500);
    expect(namesOf(external)).toBe(10_000);
  });
});
