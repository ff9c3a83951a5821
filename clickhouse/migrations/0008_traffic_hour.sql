-- traffic_hour: as traffic_minute, by hour. The TTL is RETENTION_HOUR_DAYS.
CREATE TABLE IF NOT EXISTS traffic_hour
(
    account_id LowCardinality(String),
    bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
    key_id LowCardinality(String),
    requests SimpleAggregateFunction(sum, UInt64),
    failed SimpleAggregateFunction(sum, UInt64),
    throttled SimpleAggregateFunction(sum, UInt64),
    timed SimpleAggregateFunction(sum, UInt64),
    latency_sum_us SimpleAggregateFunction(sum, UInt64),
    latency_max_us SimpleAggregateFunction(max, UInt32),
    bytes SimpleAggregateFunction(sum, UInt64),
    latency AggregateFunction(quantilesTiming(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999), UInt16)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(bucket)
ORDER BY (account_id, bucket, key_id)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
