-- Requests, errors and mean latency of each day of the last 30.
SELECT
    u.bucket AS day,
    sum(u.requests) AS requests,
    round(100 * sum(u.failed) / sum(u.requests), 2) AS error_percent,
    sum(u.throttled) AS throttled,
    if(sum(u.latency_count) = 0, NULL, round(toFloat64(sum(u.latency_sum_ms)) / sum(u.latency_count), 1)) AS mean_latency_ms
FROM usage_day_endpoint AS u
WHERE u.bucket >= today() - 30
GROUP BY day
ORDER BY day
