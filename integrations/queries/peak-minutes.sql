-- The ten fullest minutes of the last 7 days, and which key filled them most.
SELECT
    u.bucket AS minute,
    sum(u.requests) AS requests,
    argMax(u.key_id, u.requests) AS busiest_key,
    max(u.requests) AS of_it
FROM usage_minute AS u
WHERE u.bucket >= now() - INTERVAL 7 DAY
GROUP BY minute
ORDER BY requests DESC, minute
LIMIT 10
