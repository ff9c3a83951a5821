/** Rules on the keys that are asked for. */
import { DAY } from '@meterhouse/common';
import { type Rule, alert, shown } from '../rule';

/** Names listed in one message; the rest is counted. */
const MAX_NAMES = 3;

export const expiringKeys: Rule = (input, thresholds) => {
  const soon = input.keys
    .filter(({ expiresAt }) => expiresAt !== null)
    .map((key) => ({ ...key, days: ((key.expiresAt ?? Infinity) - input.now) / DAY }))
    .filter((key) => key.days <= thresholds.expiryDays)
    .sort((a, b) => a.days - b.days);
  const [first] = soon;
  if (!first) return [];
  const verb = soon.length === 1 ? 'expires' : 'expire';
  return [
    alert(input, {
      type: 'key_expiring',
      priority: first.days <= 1 ? 'high' : 'medium',
      message: `${names(soon)} ${verb} within ${first.days < 1 ? `${shown(24 * first.days)} hours` : `${shown(first.days)} days`}.`,
      metric: 'daysUntilExpiry',
      value: first.days,
      threshold: thresholds.expiryDays,
      recommendation: 'Create a key without that expiry and move its users to it before then.',
    }),
  ];
};

/** A key younger than the threshold cannot be unused yet. */
export const unusedKeys: Rule = (input, thresholds) => {
  const since = input.now - thresholds.unusedDays * DAY;
  const unused = input.keys.filter((key) => !key.usedRecently && key.createdAt < since);
  if (unused.length === 0) return [];
  const verb = unused.length === 1 ? 'was' : 'were';
  return [
    alert(input, {
      type: 'key_unused',
      priority: 'low',
      message: `${names(unused)} ${verb} not used for ${thresholds.unusedDays} days.`,
      metric: 'unusedKeys',
      value: unused.length,
      threshold: 1,
      recommendation: 'Revoke keys that nobody uses.',
      from: since,
      to: input.now,
    }),
  ];
};

function names(keys: { name: string }[]): string {
  const listed = keys
    .slice(0, MAX_NAMES)
    .map((key) => `"${key.name}"`)
    .join(', ');
  const more = keys.length - MAX_NAMES;
  return `${keys.length === 1 ? 'Key' : 'Keys'} ${listed}${more > 0 ? ` and ${more} more` : ''}`;
}
