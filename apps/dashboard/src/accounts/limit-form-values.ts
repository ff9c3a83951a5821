/** The limits of an account as a form has them, and as the service takes them. */
import type { Account, LimitChanges } from '../api/use-accounts';

export type LimitName = keyof Account['limits'];

export const LIMITS: readonly { name: LimitName; label: string; hint: string }[] = [
  { name: 'activeKeys', label: 'Active keys', hint: 'Those known only from events do not count.' },
  { name: 'eventsPerMinute', label: 'Events a minute', hint: 'By all of its keys together; more are refused.' },
  { name: 'eventsPerDay', label: 'Events a day', hint: 'Of a UTC day; more are refused.' },
  { name: 'endpointNamesPerDay', label: 'Endpoint names a day', hint: 'More are counted as {other}.' },
];

export type LimitKind = 'tier' | 'number' | 'none';

export interface LimitValue {
  kind: LimitKind;
  /** As typed; it counts where the kind is `number`. */
  number: string;
}

export type LimitForm = Readonly<Record<LimitName, LimitValue>>;

export function limitForm({ limits, customLimits }: Pick<Account, 'limits' | 'customLimits'>): LimitForm {
  const value = (name: LimitName): LimitValue => {
    const limit = limits[name];
    const kind = !customLimits.includes(name) ? 'tier' : limit === null ? 'none' : 'number';
    return { kind, number: String(limit ?? '') };
  };
  return {
    activeKeys: value('activeKeys'),
    eventsPerMinute: value('eventsPerMinute'),
    eventsPerDay: value('eventsPerDay'),
    endpointNamesPerDay: value('endpointNamesPerDay'),
  };
}

/**
 * What `PATCH /accounts/{accountId}` takes: only what was changed.
 * @example limitChanges(before, { ...before, activeKeys: { kind: 'number', number: '20' } }) // { activeKeys: 20 }
 */
export function limitChanges(before: LimitForm, form: LimitForm): LimitChanges {
  const changed = LIMITS.map(({ name }) => name).filter((name) => sent(before[name]) !== sent(form[name]));
  return Object.fromEntries(changed.map((name) => [name, sent(form[name])]));
}

function sent({ kind, number }: LimitValue): number | null | 'default' {
  if (kind === 'tier') return 'default';
  return kind === 'none' ? null : Number(number);
}
