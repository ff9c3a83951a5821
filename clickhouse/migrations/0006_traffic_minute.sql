-- traffic_minute: requests of each key by minute, for series, totals and peaks. Filled by traffic_minute_view.
--
-- bucket     start of the minute, UTC.
-- failed     status_code >= 400.
-- throttled  status_code = 429; these are part of failed.
-- timed      status_code NOT IN (101, 429): requests whose latency counts, see 0001_events.sql.
-- latency    a percentile state of latency codes, see 0001_events.sql; it and latency_* are of timed requests.
-- bytes      of requests and responses.
--
-- A merge adds up the rows whose sorting keys are equal, so every dimension is in it. libs/clickhouse/src/rollups.ts
-- describes all rollups to the service. The TTL, RETENTION_MINUTE_DAYS, is set when the service starts.
CREATE TABLE IF NOT EXISTS traffic_minute
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
