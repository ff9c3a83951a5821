-- Keys that met a limit in the last 30 days: how many of their requests were answered with 429.
SELECT
    k.name,
    k.tier,
    sum(u.throttled) AS throttled,
    round(100 * sum(u.throttled) / sum(u.requests), 2) AS percent,
    maxIf(u.bucket, u.throttled > 0) AS last_hour
FROM usage_hour AS u
LEFT JOIN keys AS k USING (key_id)
WHERE u.bucket >= now() - INTERVAL 30 DAY
GROUP BY u.key_id, k.name, k.tier
HAVING throttled > 0
ORDER BY throttled DESC
