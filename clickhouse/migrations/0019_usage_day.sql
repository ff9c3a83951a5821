-- Requests by UTC day and every dimension. Kept for ever. Otherwise as usage_hour.
-- Filled from the raw events and from the rollup that was there before: either may lack events whose time was over, so
-- the larger figure is the whole one. What is older than the raw events has no percentiles.
-- REPLACE makes it one step, which can be taken again.
CREATE OR REPLACE TABLE usage_day
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
PARTITION BY toYear(bucket)
ORDER BY (account_id, bucket, key_id, endpoint, method, status_code, error_type)
SETTINGS
    non_replicated_deduplication_window = 10000,
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
AS SELECT
    account_id,
    bucket,
    key_id,
    endpoint,
    method,
    status_code,
    error_type,
    max(filled.requests) AS requests,
    max(filled.latency_sum_us) AS latency_sum_us,
    max(filled.latency_max_us) AS latency_max_us,
    max(filled.bytes) AS bytes,
    max(filled.last_at) AS last_at,
    quantilesTimingMergeState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(filled.latency) AS latency
FROM
(
    SELECT
        account_id,
        toStartOfDay(timestamp) AS bucket,
        key_id,
        endpoint,
        method,
        status_code,
        error_type,
        count() AS requests,
        sum(toUInt64(events.latency_us)) AS latency_sum_us,
        max(events.latency_us) AS latency_max_us,
        sum(events.request_bytes + events.response_bytes) AS bytes,
        max(events.timestamp) AS last_at,
        quantilesTimingState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(events.latency_code) AS latency
    FROM events
    GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type

    UNION ALL

    SELECT
        account_id,
        bucket,
        key_id,
        endpoint,
        method,
        status_code,
        error_type,
        sum(usage_day.requests) AS requests,
        sum(usage_day.latency_sum_us) AS latency_sum_us,
        max(usage_day.latency_max_us) AS latency_max_us,
        sum(usage_day.bytes) AS bytes,
        max(usage_day.last_at) AS last_at,
        arrayReduce('quantilesTimingState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)', emptyArrayUInt16()) AS latency
    FROM usage_day
    GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
) AS filled
GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
