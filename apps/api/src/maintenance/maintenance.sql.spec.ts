/** Snapshots of every statement shape, so that a reviewer reads the SQL that runs. */
import { RESOLUTIONS } from '@meterhouse/common';
import * as statements from './maintenance.sql';

const STAGING = 'reconcile_staging_hour_0011223344556677';
const account = { accountId: "x'; DROP TABLE events --", keyId: null };
const key = { ...account, keyId: '{from:Int64}' };

const all = {
  'compare an hour rollup': statements.compareSql('hour'),
  'events by day': statements.EVENTS_BY_DAY_SQL,
  'partitions of days': statements.partitionsSql('minute'),
  'id of a partition': statements.PARTITION_ID_SQL,
  'staging tables': statements.STAGING_TABLES_SQL,
  'create staging': statements.createStagingSql('hour', STAGING),
  'copy what stays': statements.copyKeptSql('hour', STAGING, null),
  "copy what stays beside a key's rows": statements.copyKeptSql('hour', STAGING, key),
  'make rows again': statements.addRecomputedSql('hour', STAGING, null),
  "make an account's rows again": statements.addRecomputedSql('day', STAGING, account),
  'replace a partition': statements.replacePartitionSql('hour', STAGING),
  'drop a partition': statements.dropPartitionSql('hour'),
  'first event': statements.FIRST_EVENT_SQL,
  "count a key's events": statements.countEventsSql(key, true),
  'owned days': statements.ownedDaysSql('minute', key),
  "delete an account's rows": statements.deleteSql('usage_minute', account, false),
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
  const names = RESOLUTIONS.flatMap((level) => [statements.stagingName(level), statements.stagingName(level)]);
  expect(new Set(names).size).toBe(6);
  for (const name of names) expect(name).toMatch(/^reconcile_staging_(minute|hour|day)_[0-9a-f]{16}$/);
});
