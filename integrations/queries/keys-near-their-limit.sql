-- Keys by how much of their limits they used: the fullest minute of the last 7 days, and today so far.
SELECT
    k.name,
    k.tier,
    max(u.requests) AS fullest_minute,
    k.requests_per_minute,
    sumIf(u.requests, u.bucket >= today()) AS today,
    k.requests_per_day,
    greatest(
        ifNull(fullest_minute / k.requests_per_minute, 0),
        ifNull(today / k.requests_per_day, 0)
    ) AS used
FROM usage_minute AS u
INNER JOIN keys AS k USING (key_id)
WHERE u.bucket >= now() - INTERVAL 7 DAY
GROUP BY k.key_id, k.name, k.tier, k.requests_per_minute, k.requests_per_day
ORDER BY used DESC
LIMIT 50
