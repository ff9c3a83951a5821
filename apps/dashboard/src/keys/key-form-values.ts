/** The fields of a key as a form has them, and as the service takes them. */
import type { Me, Permission } from '../api/use-me';
import type { CreateKey, Key, Tier, UpdateKey } from '../api/use-keys';
import { type Wall, instantOf, wallOf } from '../time/zone';

export const TIERS: readonly Tier[] = ['free', 'starter', 'professional', 'enterprise'];
export const WINDOWS = ['requestsPerMinute', 'requestsPerHour', 'requestsPerDay'] as const;
export type Window = (typeof WINDOWS)[number];

/** As typed. */
export interface KeyForm {
  accountId: string;
  name: string;
  description: string;
  tier: Tier;
  permissions: readonly Permission[];
  /** `2027-01-31T00:00` on the clock of the zone; empty: never. */
  expiresAt: string;
  /** Whole numbers; empty: no limit. */
  rateLimit: Readonly<Record<Window, string>>;
  /** JSON of an object; empty: none. */
  metadata: string;
}

const NO_LIMITS: KeyForm['rateLimit'] = { requestsPerMinute: '', requestsPerHour: '', requestsPerDay: '' };
const USUAL: readonly Permission[] = ['usage:read', 'events:write'];

/** The form of a new key, with the permissions that keys usually get. */
export function newKeyForm({ permissions, accountId }: Me['caller']): KeyForm {
  return {
    accountId,
    name: '',
    description: '',
    tier: 'free',
    permissions: USUAL.filter((permission) => permissions.includes(permission)),
    expiresAt: '',
    rateLimit: NO_LIMITS,
    metadata: '',
  };
}

/** @param zone of the expiry */
export function keyForm(key: Key, zone: string): KeyForm {
  const limit = (window: Window): string => (key.tier === 'enterprise' ? String(key.rateLimit[window] ?? '') : '');
  return {
    accountId: key.accountId,
    name: key.name,
    description: key.description ?? '',
    tier: key.tier,
    permissions: key.permissions,
    expiresAt: key.expiresAt === null ? '' : clockTime(wallOf(Date.parse(key.expiresAt), zone)),
    rateLimit: {
      requestsPerMinute: limit('requestsPerMinute'),
      requestsPerHour: limit('requestsPerHour'),
      requestsPerDay: limit('requestsPerDay'),
    },
    metadata: Object.keys(key.metadata).length === 0 ? '' : JSON.stringify(key.metadata, null, 2),
  };
}

/**
 * What `POST /keys` takes.
 * @throws SyntaxError where the metadata is no JSON object
 */
export function createBody(form: KeyForm, zone: string, isAdmin: boolean): CreateKey {
  const { accountId, name, description, tier, permissions, expiresAt, metadata } = form;
  return {
    ...(isAdmin && accountId !== '' ? { accountId } : {}),
    name,
    ...(description === '' ? {} : { description }),
    tier,
    permissions: [...permissions],
    ...(expiresAt === '' ? {} : { expiresAt: instantText(expiresAt, zone) }),
    ...(tier === 'enterprise' ? { rateLimit: limitsOf(form) } : {}),
    ...(metadata.trim() === '' ? {} : { metadata: objectOf(metadata) }),
  };
}

/**
 * What `PATCH /keys/{keyId}` takes: only what was changed.
 * @throws SyntaxError where the metadata is no JSON object
 */
export function changesBody(before: KeyForm, form: KeyForm, zone: string): UpdateKey {
  const differs = (name: keyof KeyForm): boolean => JSON.stringify(before[name]) !== JSON.stringify(form[name]);
  const ownLimits = form.tier === 'enterprise' && (differs('rateLimit') || differs('tier'));
  return {
    ...(differs('name') ? { name: form.name } : {}),
    ...(differs('description') ? { description: form.description === '' ? null : form.description } : {}),
    ...(differs('tier') ? { tier: form.tier } : {}),
    ...(differs('permissions') ? { permissions: [...form.permissions] } : {}),
    ...(differs('expiresAt') ? { expiresAt: form.expiresAt === '' ? null : instantText(form.expiresAt, zone) } : {}),
    ...(ownLimits ? { rateLimit: limitsOf(form) } : {}),
    ...(differs('metadata') ? { metadata: form.metadata.trim() === '' ? null : objectOf(form.metadata) } : {}),
  };
}

/**
 * The tiers that a caller may give: an admin all; others up to the highest of their account's keys, and the tier
 * enterprise only with a key of that tier. Where it does not see all keys the service has the last word.
 */
export function grantableTiers(caller: Me['caller'], accountKeys: readonly Key[]): Tier[] {
  if (caller.isAdmin) return [...TIERS];
  const own = accountKeys.filter(({ external, status }) => !external && status === 'active');
  const highest = Math.max(...[caller, ...own].map(({ tier }) => TIERS.indexOf(tier)));
  return TIERS.filter((tier, index) => index <= highest && (tier !== 'enterprise' || caller.tier === 'enterprise'));
}

function limitsOf({ rateLimit }: KeyForm): NonNullable<CreateKey['rateLimit']> {
  const limit = (window: Window): number | null => (rateLimit[window] === '' ? null : Number(rateLimit[window]));
  return {
    requestsPerMinute: limit('requestsPerMinute'),
    requestsPerHour: limit('requestsPerHour'),
    requestsPerDay: limit('requestsPerDay'),
  };
}

function objectOf(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new SyntaxError('It should be a JSON object, such as {"team": "payments"}.');
}

function instantText(clock: string, zone: string): string {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = clock.split(/[-T:]/).map(Number);
  return new Date(instantOf({ year, month, day, hour, minute }, zone)).toISOString();
}

function clockTime({ year, month, day, hour, minute }: Wall): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
