-- Active keys without a request in the last 30 days: candidates to be revoked.
SELECT k.account_id, k.name, k.key_id, k.created_at
FROM keys AS k
LEFT ANTI JOIN
(
    SELECT DISTINCT key_id
    FROM usage_day_endpoint
    WHERE bucket >= today() - 30
) AS used USING (key_id)
WHERE k.status = 'active' AND NOT k.external
ORDER BY k.created_at
