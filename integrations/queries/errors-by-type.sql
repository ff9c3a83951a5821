-- What failed in the last 24 hours: error type and status, where, and when last.
SELECT
    u.error_type,
    u.status_code,
    u.endpoint,
    sum(u.failed) AS failed,
    max(u.last_request_at) AS last_at
FROM usage_hour_endpoint AS u
WHERE u.bucket >= now() - INTERVAL 24 HOUR AND u.status_code >= 400
GROUP BY u.error_type, u.status_code, u.endpoint
ORDER BY failed DESC
LIMIT 50
