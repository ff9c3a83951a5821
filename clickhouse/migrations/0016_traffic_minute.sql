-- Requests of each key by minute: series, totals and peaks. Dropped after RETENTION_MINUTE_DAYS.
-- Latency leaves throttled requests (429) out. Its state counts latency codes (see 0012): it merges exactly in any order, and
-- levels just below the round ones make quantilesTiming return the nearest rank however a state came about.
-- Filled from the raw events and from the rollup that was there before: either may lack events whose time was over, so
-- the larger figure is the whole one. What is older than the raw events has no percentiles.
-- REPLACE makes it one step, which can be taken again.
CREATE OR REPLACE TABLE traffic_minute
(
    account_id LowCardinality(String),
    bucket DateTime('UTC') CODEC(Delta, ZSTD(1)),
    key_id LowCardinality(String),
    requests SimpleAggregateFunction(sum, UInt64),
    failed SimpleAggregateFunction(sum, UInt64),
    throttled SimpleAggregateFunction(sum, UInt64),
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
AS SELECT
    account_id,
    bucket,
    key_id,
    max(filled.requests) AS requests,
    max(filled.failed) AS failed,
    max(filled.throttled) AS throttled,
    max(filled.latency_sum_us) AS latency_sum_us,
    max(filled.latency_max_us) AS latency_max_us,
    max(filled.bytes) AS bytes,
    quantilesTimingMergeState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(filled.latency) AS latency
FROM
(
    SELECT
        account_id,
        toStartOfMinute(timestamp) AS bucket,
        key_id,
        count() AS requests,
        countIf(status_code >= 400) AS failed,
        countIf(status_code = 429) AS throttled,
        sumIf(toUInt64(events.latency_us), status_code != 429) AS latency_sum_us,
        maxIf(events.latency_us, status_code != 429) AS latency_max_us,
        sum(events.request_bytes + events.response_bytes) AS bytes,
        quantilesTimingStateIf(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(events.latency_code, status_code != 429) AS latency
    FROM events
    GROUP BY account_id, bucket, key_id

    UNION ALL

    SELECT
        account_id,
        bucket,
        key_id,
        sum(usage_minute.requests) AS requests,
        sumIf(usage_minute.requests, status_code >= 400) AS failed,
        sumIf(usage_minute.requests, status_code = 429) AS throttled,
        sumIf(usage_minute.latency_sum_us, status_code != 429) AS latency_sum_us,
        maxIf(usage_minute.latency_max_us, status_code != 429) AS latency_max_us,
        sum(usage_minute.bytes) AS bytes,
        arrayReduce('quantilesTimingState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)', emptyArrayUInt16()) AS latency
    FROM usage_minute
    GROUP BY account_id, bucket, key_id
) AS filled
GROUP BY account_id, bucket, key_id
