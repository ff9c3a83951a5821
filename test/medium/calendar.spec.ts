/**
 * Days in time zones against toStartOfDay of ClickHouse. Real: the embedded engine with its own copy of the tz database, which is
 * why only years and zones are compared whose rules were settled long ago.
 */
import { DAY, MINUTE, SECOND, bucketStartsIn, ianaZone, startOfDayIn } from '@meterhouse/common';
import { useTestEngine } from '../support/engine';

const FROM = Date.UTC(2015, 0, 1);
const TO = Date.UTC(2025, 0, 1);

const engine = useTestEngine(1);

it.each([
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'CET',
  'EST',
  'EST5EDT',
  'Japan',
])('starts of days in %s are those of ClickHouse', async (timezone) => {
  const rows = await engine.clickhouse.query(
    `SELECT DISTINCT toUnixTimestamp(toStartOfDay(toDateTime({from:UInt32} + number * {step:UInt32}, 'UTC'), {timezone:String})) AS start
     FROM numbers({steps:UInt32})
     ORDER BY start`,
    {
      timezone,
      from: FROM / SECOND,
      step: (15 * MINUTE) / SECOND,
      steps: (TO - FROM) / (15 * MINUTE),
    },
  );
  const starts = rows.map((row) => row.number('start') * SECOND);
  expect(starts.length).toBeGreaterThan((TO - FROM) / DAY - 1);
  expect(bucketStartsIn('day', FROM, TO, { timezone, weekStart: 'monday' })).toEqual(starts);
});

it('spells the names of zones as ClickHouse does', async () => {
  const rows = await engine.clickhouse.query(
    // Factory stands for a clock that was not set, and Intl does not know it.
    `SELECT time_zone FROM system.time_zones WHERE time_zone != 'Factory' ORDER BY time_zone`,
  );
  const names = rows.map((row) => row.string('time_zone'));
  expect(names.length).toBeGreaterThan(500);
  expect(names.map((name) => ianaZone(name.toLowerCase()))).toEqual(names);
  for (const name of names) expect(() => startOfDayIn(FROM, name)).not.toThrow();
});
