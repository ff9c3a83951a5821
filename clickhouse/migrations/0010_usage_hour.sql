-- usage_hour: requests by hour and every dimension, for breakdowns, filters and groups. Filled by usage_hour_view.
--
-- There are no columns failed, throttled and timed: they follow from status_code. latency and latency_* are empty where a
-- row's requests are not timed. last_at is the time of the latest request. Otherwise as traffic_minute.
--
-- Minutes have no such table: it would be as large as the raw events, which are read instead. The TTL is
-- RETENTION_HOUR_DAYS.
CREATE TABLE IF NOT EXISTS usage_hour
(
    account_id LowCardinality(String),
    bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
    key_id LowCardinality(String),
    endpoint LowCardinality(String),
    method LowCardinality(String),
    status_code UInt16,
    error_type LowCardinality(String),
    requests SimpleAggregateFunction(sum, UInt64),
    latency_sum_us SimpleAggregateFunction(sum, UInt64),
    latency_max_us SimpleAggregateFunction(max, UInt32),
    bytes SimpleAggregateFunction(sum, UInt64),
    last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    latency AggregateFunction(quantilesTiming(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999), UInt16)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (account_id, bucket, key_id, endpoint, method, status_code, error_type)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
