/** Snapshots of every statement shape, so that a reviewer reads the SQL that runs. */
import * as statements from './maintenance.sql';
import { ROLLUPS } from '@meterhouse/clickhouse/rollups';

const STAGING = 'reconcile_staging_usage_hour_0011223344556677';
const account = { accountId: "x'; DROP TABLE events --", keyId: null };
const key = { ...account, keyId: '{from:Int64}' };

const all = {
  'compare a rollup of every dimension': statements.compareSql('usage_hour'),
  'compare a rollup of traffic': statements.compareSql('traffic_minute'),
  'events by day': statements.EVENTS_BY_DAY_SQL,
  'partitions of days': statements.partitionsSql('traffic_minute'),
  'id of a partition': statements.PARTITION_ID_SQL,
  'staging tables': statements.STAGING_TABLES_SQL,
  'create staging': statements.createStagingSql('usage_hour', STAGING),
  'copy what stays': statements.copyKeptSql('usage_hour', STAGING, null),
  "copy what stays beside a key's rows": statements.copyKeptSql('usage_hour', STAGING, key),
  'make rows again': statements.addRecomputedSql('usage_hour', STAGING, null),
  'make rows of traffic again': statements.addRecomputedSql('traffic_hour', STAGING, null),
  "make an account's rows again": statements.addRecomputedSql('usage_day', STAGING, account),
  'replace a partition': statements.replacePartitionSql('usage_hour', STAGING),
  'drop a partition': statements.dropPartitionSql('usage_hour'),
  'first event': statements.FIRST_EVENT_SQL,
  "count a key's events": statements.countEventsSql(key, true),
  'owned days': statements.ownedDaysSql('traffic_minute', key),
  "delete an account's rows": statements.deleteSql('traffic_minute', account, false),
  "delete a key's events of a span": statements.deleteSql('events', key, true),
  'running deletions': statements.RUNNING_DELETIONS_SQL,
};

it.each(Object.entries(all))('%s', (_, sql) => {
  expect(sql).toMatchSnapshot();
  // What a client sends is bound.
  expect(sql).not.toContain('DROP TABLE');
  expect(sql).not.toContain('= {from');
});

it('names each staging table differently', () => {
  const names = ROLLUPS.flatMap((rollup) => [statements.stagingName(rollup), statements.stagingName(rollup)]);
  expect(new Set(names).size).toBe(2 * ROLLUPS.length);
  for (const name of names) expect(name).toMatch(/^reconcile_staging_[a-z]+_(minute|hour|day)_[0-9a-f]{16}$/);
});
