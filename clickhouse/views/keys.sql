-- keys: the API keys as they are now; nothing secret. The limits are those in force: an enterprise key brings its own, the
-- others have those of their tier (TIER_LIMITS in apps/api/src/auth/key.ts; a test holds the two together).
CREATE OR REPLACE VIEW meterhouse_bi.keys
(
    account_id String COMMENT 'The account.',
    key_id String COMMENT 'The API key.',
    name String COMMENT 'Its name.',
    tier LowCardinality(String) COMMENT 'free, starter, professional or enterprise.',
    requests_per_minute Nullable(UInt32) COMMENT 'Calls allowed in a clock minute; null: no limit.',
    requests_per_hour Nullable(UInt32) COMMENT 'Calls allowed in a clock hour; null: no limit.',
    requests_per_day Nullable(UInt32) COMMENT 'Calls allowed in a UTC day; null: no limit.',
    status LowCardinality(String) COMMENT 'active, expired or revoked.',
    created_at DateTime64(3, 'UTC') COMMENT 'When it was made.',
    expires_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it ends by itself; null: never.',
    revoked_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was revoked; null: it was not.',
    external Bool COMMENT 'Whether it is known only from events: it cannot call.'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS
SELECT
    k.account_id AS account_id,
    k.id AS key_id,
    k.name AS name,
    k.tier AS tier,
    multiIf(k.tier = 'enterprise', k.requests_per_minute, k.tier = 'free', 60, k.tier = 'starter', 300, k.tier = 'professional', 1000, NULL) AS requests_per_minute,
    multiIf(k.tier = 'enterprise', k.requests_per_hour, k.tier = 'free', NULL, k.tier = 'starter', NULL, k.tier = 'professional', NULL, NULL) AS requests_per_hour,
    multiIf(k.tier = 'enterprise', k.requests_per_day, k.tier = 'free', 10000, k.tier = 'starter', 100000, k.tier = 'professional', 1000000, NULL) AS requests_per_day,
    multiIf(k.revoked_at <= now64(3), 'revoked', k.expires_at <= now64(3), 'expired', 'active') AS status,
    k.created_at AS created_at,
    k.expires_at AS expires_at,
    k.revoked_at AS revoked_at,
    k.external AS external
FROM keys AS k
FINAL
COMMENT 'The API keys as they are now; nothing secret.'
