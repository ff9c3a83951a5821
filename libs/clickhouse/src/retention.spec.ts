import { hasTtl } from './retention';

const engine = (ttl: string): string =>
  `MergeTree PARTITION BY toMonday(timestamp) ORDER BY (account_id, timestamp)${ttl} SETTINGS ttl_only_drop_parts = 1`;
const TTL = 'toDateTime(timestamp) + toIntervalDay(91)';

describe('the TTL of a table', () => {
  it.each([
    'toDateTime(timestamp) + toIntervalDay(91)',
    '(toDateTime(timestamp) + toIntervalDay(91))',
    'toDateTime(`timestamp`) + INTERVAL 91 DAY',
    "toDateTime(timestamp)+INTERVAL '91' DAY DELETE",
  ])('is found as a server prints it: %s', (printed) => {
    expect(hasTtl(engine(` TTL ${printed}`), TTL)).toBe(true);
    expect(hasTtl(`MergeTree ORDER BY timestamp\nTTL ${printed}`, TTL)).toBe(true);
  });

  it.each([
    '',
    ' TTL toDateTime(timestamp) + toIntervalDay(9)',
    ' TTL toDateTime(timestamp) + toIntervalDay(911)',
    ' TTL toDateTime(timestamp) + toIntervalMonth(91)',
    ' TTL timestamp + toIntervalDay(91)',
    " TTL toDateTime(timestamp) + toIntervalDay(30) TO VOLUME 'cold', toDateTime(timestamp) + toIntervalDay(91)",
  ])('is another one where it differs: %s', (ttl) => {
    expect(hasTtl(engine(ttl), TTL)).toBe(false);
  });
});
