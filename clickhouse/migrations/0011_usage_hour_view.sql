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
    sum(latency_us) AS latency_sum_us,
    max(latency_us) AS latency_max_us,
    sum(request_bytes + response_bytes) AS bytes,
    max(timestamp) AS last_at,
    quantilesTimingState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(latency_code) AS latency
FROM events
GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
