-- Endpoints that grew or shrank most: the last 7 whole days against the 7 before.
SELECT
    u.endpoint,
    sumIf(u.requests, u.bucket >= today() - 7) AS this_week,
    sumIf(u.requests, u.bucket < today() - 7) AS week_before,
    if(week_before = 0, NULL, round(100 * (toInt64(this_week) - toInt64(week_before)) / week_before, 1)) AS change_percent
FROM usage_day_endpoint AS u
WHERE u.bucket >= today() - 14 AND u.bucket < today()
GROUP BY u.endpoint
ORDER BY abs(toInt64(this_week) - toInt64(week_before)) DESC
LIMIT 20
