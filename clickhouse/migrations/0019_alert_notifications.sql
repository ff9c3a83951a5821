-- alert_notifications: what is to be sent of an alert to a channel, one row a change of its state; of the rows of a
-- notification the one with the highest version counts. The first has version 1, so that adding one again changes nothing.
--
-- id               the same at each attempt; receivers fold repeats by it.
-- message          JSON: the alert, its rule and the links as they were when it was decided.
-- status           pending, delivered or failed.
-- next_attempt_at  when it is to be sent, or sent again; null: not any more.
CREATE TABLE IF NOT EXISTS alert_notifications
(
    account_id String,
    alert_id String,
    channel_id String,
    id String,
    version UInt64,
    kind LowCardinality(String),
    at DateTime64(3, 'UTC'),
    message String CODEC(ZSTD),
    status LowCardinality(String),
    attempts UInt16,
    last_attempt_at Nullable(DateTime64(3, 'UTC')),
    next_attempt_at Nullable(DateTime64(3, 'UTC'))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(at)
ORDER BY (account_id, alert_id, channel_id, id)
TTL toDateTime(at) + toIntervalDay(400)
SETTINGS
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
