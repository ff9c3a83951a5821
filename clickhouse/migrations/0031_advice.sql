-- advice: the state of every piece of advice that was ever found, one row a change; of the rows of an id the one with the
-- highest version counts.
--
-- id          a hash of the account, the type, the key and the endpoint: the same fault has the same.
-- version     epoch milliseconds of the change, or one more than the one before.
-- state       open, dismissed or resolved.
-- since       when it was found first, or again after it was resolved.
-- changed_at  when it was opened, dismissed or resolved.
-- body        JSON: what was found, what was there after it, and why it was dismissed.
CREATE TABLE IF NOT EXISTS advice
(
    account_id String,
    id String,
    version UInt64,
    state LowCardinality(String),
    since DateTime64(3, 'UTC'),
    changed_at DateTime64(3, 'UTC'),
    body String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (account_id, id)
TTL toDateTime(changed_at) + toIntervalDay(400)
SETTINGS
    fsync_after_insert = 1,
    fsync_part_directory = 1
