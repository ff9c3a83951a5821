import { DAY, iso, isoOrNull } from '@meterhouse/common';
import { type Rule } from './rule.sql';

/** Days of events that are looked through for the last use of a key. */
const LOOKED_BACK_DAYS = 400;

/** A key that nobody would miss, but for a thief. */
export const unusedKey: Rule = {
  type: 'unused_key',
  description:
    'An active key without a call or an event for as many days as ALERT_UNUSED_DAYS says (30), and at least as old.',
  thresholds: { lookedBackDays: LOOKED_BACK_DAYS },
  reads: 'keys',
  endsWithTraffic: false,
  sql: (rows, { window, quietKeys }) => `
    SELECT
        toString(key_id) AS key,
        '' AS name,
        toUnixTimestamp64Milli(max(last_at)) AS last_event,
        0 AS weight
    FROM usage_day
    WHERE ${rows.ofKeys({ from: window.to - LOOKED_BACK_DAYS * DAY, to: window.to })}
        AND key_id IN ${rows.bind('Array(String)', quietKeys)}
    GROUP BY key`,
  judge: (rows, { keys, quietKeys, unusedDays, window }) => {
    const lastEvents = new Map(rows.map((row) => [row.string('key'), row.number('last_event')]));
    return quietKeys.flatMap((keyId) => {
      const key = keys.get(keyId);
      if (!key) return [];
      const last = lastEvents.get(keyId) ?? null;
      const said =
        last === null
          ? `since ${iso(Math.max(key.createdAt, window.to - LOOKED_BACK_DAYS * DAY))}`
          : `since ${iso(last)}`;
      return [
        {
          keyId,
          endpoint: null,
          enough: true,
          faulty: last === null || last < window.to - unusedDays * DAY,
          title: `${key.name} (${keyId}) is not used`,
          message: `It has no call and no event ${said}, and may do ${key.permissions.join(', ') || 'nothing'}. This goes away when it is revoked or used.`,
          requests: 0,
          figures: { lastEvent: isoOrNull(last), created: iso(key.createdAt), tier: key.tier },
          comparedWith: `the last ${unusedDays} days`,
          gain: {},
        },
      ];
    });
  },
};
