-- Endpoints by their share of failed requests in the last 7 days; throttled ones are left out of it.
SELECT
    u.endpoint,
    u.method,
    sum(u.requests) AS requests,
    sum(u.failed - u.throttled) AS errors,
    round(100 * errors / requests, 2) AS error_percent
FROM usage_hour_endpoint AS u
WHERE u.bucket >= now() - INTERVAL 7 DAY
GROUP BY u.endpoint, u.method
HAVING requests >= 10
ORDER BY error_percent DESC, requests DESC
LIMIT 20
