import { DAY } from '@meterhouse/common';
import { overridesInMemory } from '../../../../test/support/accounts';
import { ListedKeys, aKey } from '../../../../test/support/keys';
import { FixedClock } from '../../../../test/support/fixed-clock';
import type { Key, Tier } from '../auth/key';
import { AccountLimits } from './account-limits';
import type { LimitOverrides } from './limit-overrides';
import type { Limits } from './limits';

const NOW = Date.parse('2026-03-31T10:20:30.400Z');

const LIMITS: [Tier, Limits][] = [
  ['free', { activeKeys: 10, eventsPerMinute: 20_000, eventsPerDay: 1_000_000, endpointNamesPerDay: 500 }],
  ['starter', { activeKeys: 50, eventsPerMinute: 100_000, eventsPerDay: 20_000_000, endpointNamesPerDay: 1_000 }],
  [
    'professional',
    { activeKeys: 200, eventsPerMinute: 600_000, eventsPerDay: 200_000_000, endpointNamesPerDay: 2_000 },
  ],
  ['enterprise', { activeKeys: 5_000, eventsPerMinute: null, eventsPerDay: null, endpointNamesPerDay: 10_000 }],
];

const limitsWith = (overrides: LimitOverrides, ...keys: Partial<Key>[]): Limits => {
  const listed = keys.map((key, index) => aKey({ id: `k${index}`, accountId: 'acme', ...key }));
  const registry = new ListedKeys(...listed, aKey({ id: 'another', accountId: 'another', tier: 'enterprise' }));
  return new AccountLimits(registry, overrides, new FixedClock(NOW)).limitsOf('acme');
};

const namesOf = (...keys: Partial<Key>[]): number | null =>
  limitsWith(overridesInMemory(), ...keys).endpointNamesPerDay;

describe('the limits of an account', () => {
  it.each(LIMITS)('are those of the tier %s', (tier, limits) => {
    expect(limitsWith(overridesInMemory(), { tier })).toEqual(limits);
  });

  it("are those that were set, none among them, until they are the tier's again", async () => {
    const overrides = overridesInMemory();
    await overrides.change('acme', { activeKeys: 3, eventsPerDay: null });
    await overrides.change('acme', { eventsPerMinute: 0 });
    const set = { activeKeys: 3, eventsPerMinute: 0, eventsPerDay: null, endpointNamesPerDay: 500 };
    expect(limitsWith(overrides, { tier: 'free' })).toEqual(set);
    expect(limitsWith(overrides, { tier: 'starter' })).toEqual({ ...set, endpointNamesPerDay: 1_000 });
    await overrides.change('acme', { eventsPerDay: 'default', activeKeys: 'default', endpointNamesPerDay: 'default' });
    expect(limitsWith(overrides, { tier: 'free' })).toEqual({ ...LIMITS[0]?.[1], eventsPerMinute: 0 });
    expect(overrides.of('another')).toEqual({});
  });
});

describe('endpointNamesPerDay', () => {
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
