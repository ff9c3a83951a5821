-- Fills usage_day from each block of events as it is inserted. It reads the block itself, not a finer rollup:
-- the views of one insert then run side by side.
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
    sum(toUInt64(events.latency_us)) AS latency_sum_us,
    max(events.latency_us) AS latency_max_us,
    sum(events.request_bytes + events.response_bytes) AS bytes,
    max(events.timestamp) AS last_at,
    quantilesTimingState(0.499999999, 0.749999999, 0.899999999, 0.949999999, 0.989999999)(events.latency_code) AS latency
FROM events
GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
