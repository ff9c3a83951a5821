-- Fills traffic_minute from each block of events as it is inserted. Every view reads the block itself, not a finer rollup,
-- so that the views of one insert run side by side.
CREATE MATERIALIZED VIEW IF NOT EXISTS traffic_minute_view TO traffic_minute AS
SELECT
    account_id,
    toStartOfMinute(timestamp) AS bucket,
    key_id,
    count() AS requests,
    countIf(status_code >= 400) AS failed,
    countIf(status_code = 429) AS throttled,
    countIf(status_code NOT IN (101, 429)) AS timed,
    sumIf(latency_us, status_code NOT IN (101, 429)) AS latency_sum_us,
    maxIf(latency_us, status_code NOT IN (101, 429)) AS latency_max_us,
    sum(request_bytes + response_bytes) AS bytes,
    quantilesTimingStateIf(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(latency_code, status_code NOT IN (101, 429)) AS latency
FROM events
GROUP BY account_id, bucket, key_id
