-- Latency percentiles of each hour of the last 2 days.
SELECT bucket AS hour, requests, p50, p95, p99
FROM latency_series(
    account = '',
    from = toString(toStartOfHour(now() - INTERVAL 48 HOUR)),
    to = toString(now()),
    step = 3600
)
ORDER BY hour
