-- The slowest endpoints of the last 7 days, by percentiles of the whole range.
SELECT account_id, endpoint, requests, p50, p95, p99
FROM latency(account = '', from = toString(now() - INTERVAL 7 DAY), to = toString(now()))
WHERE latency_count >= 10
ORDER BY p95 DESC
LIMIT 20
