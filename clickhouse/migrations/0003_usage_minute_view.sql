-- Fills usage_minute from each block of events as it is inserted. It reads the block itself, not a finer rollup:
-- merging percentile states again at each level would cost more than grouping the block three times.
CREATE MATERIALIZED VIEW IF NOT EXISTS usage_minute_view TO usage_minute AS
SELECT
    account_id,
    toStartOfMinute(timestamp) AS bucket,
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
    quantilesBFloat16State(0.5, 0.75, 0.9, 0.95, 0.99)(events.latency_us) AS latency
FROM events
GROUP BY account_id, bucket, key_id, endpoint, method, status_code, error_type
