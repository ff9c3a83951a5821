/** Who may open which screen. */
import type { Feature, Me, Permission } from '../api/use-me';

/** What a screen takes to be of use. */
export interface Requirements {
  /** Left out: `usage:read`, as most screens do; null: a screen for everybody. */
  needs?: Permission | null;
  /** Of this service; left out: none that some lack. */
  feature?: Feature;
}

const WITHOUT: Record<Feature, string> = {
  sql: 'This service reads from a ClickHouse server of your own (CLICKHOUSE_URL), which answers SQL itself; this screen works with the embedded engine.',
};

/**
 * Why a caller cannot use a screen, in words for it; null where it can.
 * @example refusalOf({ needs: 'admin' }, me) // 'This screen needs the permission admin, which the key “shop” does not have.'
 */
export function refusalOf({ needs = 'usage:read', feature }: Requirements, { caller, features }: Me): string | null {
  if (needs !== null && !caller.permissions.includes(needs)) {
    const who = caller.name === null ? 'this share token' : `the key “${caller.name}”`;
    return `This screen needs the permission ${needs}, which ${who} does not have.`;
  }
  return feature !== undefined && !features[feature] ? WITHOUT[feature] : null;
}
