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
    sum(latency_us) AS latency_sum_us,
    max(latency_us) AS latency_max_us,
    sum(request_bytes + response_bytes) AS bytes,
    max(timestamp) AS last_at,
    quantilesTimingState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(latency_code) AS latency
FROM events
GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
