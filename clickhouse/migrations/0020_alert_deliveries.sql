-- alert_deliveries: the attempts to deliver notifications, for the log of a channel. A row is written again when nobody
-- knows whether it was stored, so that of rows with the same id one counts.
--
-- status_code  HTTP's or SMTP's; null where there was no answer.
-- answer       the first KiB of it.
-- error        why there was none, or what was wrong with it; empty after a success.
CREATE TABLE IF NOT EXISTS alert_deliveries
(
    channel_id String,
    at DateTime64(3, 'UTC'),
    id String,
    account_id String,
    alert_id String,
    notification_id String,
    kind LowCardinality(String),
    attempt UInt16,
    delivered Bool,
    status_code Nullable(UInt16),
    duration_ms UInt32,
    answer String CODEC(ZSTD),
    error String
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(at)
ORDER BY (channel_id, at, id)
TTL toDateTime(at) + toIntervalDay(30)
SETTINGS
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
