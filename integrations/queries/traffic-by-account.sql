-- Accounts by their requests of the last 30 days (an admin key reads all of them): share, errors and bytes.
SELECT
    u.account_id,
    sum(u.requests) AS requests,
    round(100 * sum(u.requests) / sum(sum(u.requests)) OVER (), 2) AS share_percent,
    round(100 * sum(u.failed) / sum(u.requests), 2) AS error_percent,
    formatReadableSize(sum(u.bytes)) AS bytes
FROM usage_hour AS u
WHERE u.bucket >= now() - INTERVAL 30 DAY
GROUP BY u.account_id
ORDER BY requests DESC
LIMIT 100
