-- Requests by minute. Dropped after RETENTION_MINUTE_DAYS. Failed, throttled and successful follow from status_code.
-- latency holds bfloat16 counts: merging is exact in any order, a percentile is the nearest rank of
-- values cut to their upper 8 bits. Every dimension is in the sorting key, or merges would mix rows.
CREATE TABLE IF NOT EXISTS usage_minute
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
    latency AggregateFunction(quantilesBFloat16(0.5, 0.75, 0.9, 0.95, 0.99), UInt32)
)
ENGINE = AggregatingMergeTree
PARTITION BY toMonday(bucket)
ORDER BY (account_id, bucket, key_id, endpoint, method, status_code, error_type)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
