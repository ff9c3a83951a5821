-- Raw events, one row a request. Read for reconciliation and by analysts; GET /usage reads the rollups.
-- Latency is kept in whole microseconds, so that sums are exact and do not depend on the order of arrival.
-- Inserts are synced, for the write-ahead log forgets what was inserted.
-- The deduplication window makes insert tokens work (it counts insert blocks a partition); the TTL is set at start-up.
CREATE TABLE IF NOT EXISTS events
(
    account_id LowCardinality(String),
    key_id LowCardinality(String),
    id String,
    id_given Bool,
    timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    method LowCardinality(String),
    endpoint LowCardinality(String),
    status_code UInt16,
    latency_us UInt32,
    request_bytes UInt64,
    response_bytes UInt64,
    error_type LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY toMonday(timestamp)
ORDER BY (account_id, timestamp)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
