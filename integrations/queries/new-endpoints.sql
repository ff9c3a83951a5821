-- Endpoints called for the first time in the last 7 days, and by how many keys.
SELECT
    u.endpoint,
    min(u.bucket) AS first_day,
    sum(u.requests) AS requests,
    uniqExact(u.key_id) AS keys
FROM usage_day_endpoint AS u
GROUP BY u.endpoint
HAVING first_day >= today() - 7
ORDER BY requests DESC
