-- Fills usage_hour from each block of events as it is inserted.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_hour_view TO usage_hour AS
SELECT
    account_id,
    toStartOfHour(timestamp) AS bucket,
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
