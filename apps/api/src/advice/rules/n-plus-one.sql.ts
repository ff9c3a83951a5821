import { type Rule, percent, rounded } from './rule.sql';

const LIMITS = {
  withinSeconds: 2,
  /** Different items that follow one list. */
  minimumItems: 5,
  /** Lists that so many items follow. */
  minimumBursts: 20,
  /** Percent of the key's calls of the list. */
  minimumSharePercent: 20,
  /** Items after a list over those that any two seconds would have. */
  minimumRatio: 3,
};

/** A list that is followed by a call for each of its items. */
export const nPlusOne: Rule = {
  type: 'n_plus_one',
  description:
    'A key that gets a list and then its items one by one within seconds. It needs hashes of paths, which the setting PATH_HASHES stores.',
  thresholds: LIMITS,
  reads: 'raw',
  endsWithTraffic: true,
  sql: (rows, { raw }) => {
    const gets = `${rows.events(raw)} AND method = 'GET' AND status_code < 400`;
    const items = `
        SELECT
            toString(key_id) AS key,
            toString(endpoint) AS name,
            replaceRegexpOne(name, '/\\\\{[^/{}]*\\\\}$', '') AS parent,
            timestamp,
            path_hash,
            latency_us
        FROM events
        WHERE ${gets} AND endpoint LIKE '%/{%}' AND path_hash != 0`;
    const lists = `
        SELECT toString(key_id) AS key, toString(endpoint) AS parent, timestamp AS list_time
        FROM events
        WHERE ${gets} AND endpoint NOT LIKE '%}'`;
    return `
    SELECT
        bursts.key AS key,
        bursts.name AS name,
        bursts.parent AS parent,
        burst_count,
        burst_items,
        burst_ms,
        list_count,
        item_count,
        ${LIMITS.withinSeconds} * item_count / active_seconds AS items_by_chance,
        burst_items AS weight
    FROM
    (
        SELECT key, name, parent, count() AS burst_count, sum(followed_by) AS burst_items, sum(waited) / 1000 AS burst_ms
        FROM
        (
            SELECT
                items.key AS key,
                items.name AS name,
                items.parent AS parent,
                list_time,
                count() AS followed_by,
                sum(latency_us) AS waited
            FROM (${items}) AS items
            ASOF INNER JOIN (${lists}) AS lists
                ON items.key = lists.key AND items.parent = lists.parent AND items.timestamp >= lists.list_time
            WHERE items.timestamp <= list_time + toIntervalSecond(${LIMITS.withinSeconds})
            GROUP BY key, name, parent, list_time
            HAVING uniqExact(path_hash) >= ${LIMITS.minimumItems}
        )
        GROUP BY key, name, parent
    ) AS bursts
    INNER JOIN
    (
        SELECT key, name, count() AS item_count, 10 * uniqExact(intDiv(toUnixTimestamp64Milli(timestamp), 10000)) AS active_seconds
        FROM (${items})
        GROUP BY key, name
    ) AS totals ON bursts.key = totals.key AND bursts.name = totals.name
    INNER JOIN (SELECT key, parent, count() AS list_count FROM (${lists}) GROUP BY key, parent) AS calls
        ON bursts.key = calls.key AND bursts.parent = calls.parent`;
  },
  judge: (rows) =>
    rows.map((row) => {
      const [bursts, items, lists] = ['burst_count', 'burst_items', 'list_count'].map((name) => row.number(name)) as [
        number,
        number,
        number,
      ];
      const [mean, chance] = [items / bursts, row.number('items_by_chance')];
      const sharePercent = percent(bursts, lists);
      const [keyId, endpoint, list] = [row.string('key'), row.string('name'), row.string('parent')];
      return {
        keyId,
        endpoint,
        enough: lists >= LIMITS.minimumBursts,
        faulty:
          bursts >= LIMITS.minimumBursts &&
          sharePercent >= LIMITS.minimumSharePercent &&
          mean >= LIMITS.minimumRatio * chance,
        title: `${keyId} gets ${list} and then its items one by one`,
        message:
          `${bursts} of ${lists} calls of ${list} were followed within ${LIMITS.withinSeconds} s by ${rounded(mean)} calls of ${endpoint} for different items. This goes ` +
          `away when the list answers what is asked of its items, or several are asked for in one call: in under ${LIMITS.minimumSharePercent} % of the lists ${LIMITS.minimumItems} items or more.`,
        requests: row.number('item_count'),
        figures: {
          list,
          listCalls: lists,
          followedLists: bursts,
          itemsOfAList: rounded(mean),
          itemsByChance: rounded(chance),
          waitedMs: Math.round(row.number('burst_ms')),
        },
        comparedWith: `the items that any ${LIMITS.withinSeconds} s have in which the key is active`,
        gain: {
          requests: items - bursts,
          latencyMs: Math.round((row.number('burst_ms') * (items - bursts)) / items),
        },
      };
    }),
};
