-- Fills usage_day from each block of events as it is inserted.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_day_view TO usage_day AS
SELECT
    account_id,
    toStartOfDay(timestamp) AS bucket,
    key_id,
    endpoint,
    method,
    status_code,
    error_type,
    count() AS requests,
    sumIf(latency_us, status_code NOT IN (101, 429)) AS latency_sum_us,
    maxIf(latency_us, status_code NOT IN (101, 429)) AS latency_max_us,
    sum(request_bytes + response_bytes) AS bytes,
    max(timestamp) AS last_at,
    quantilesTimingStateIf(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(latency_code, status_code NOT IN (101, 429)) AS latency
FROM events
GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
