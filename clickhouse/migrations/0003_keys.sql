-- keys: API keys, one row a change; of the rows of an id the one with the highest version counts.
--
-- secret_hash, previous_secret_hash  SHA-256 in hex; the secrets themselves are stored nowhere. The previous one is
--                                    valid until previous_secret_until, empty or null where there is none.
-- configured_secret_hash             of the ADMIN_KEY that made this row, to notice when that has changed.
-- external                           true for a key known only from the events that an admin sent for it: it has no secret.
-- requests_per_*                     limits of the key's own; null: those of its tier.
-- metadata                           JSON, as it was given.
CREATE TABLE IF NOT EXISTS keys
(
    id String,
    version UInt64,
    account_id String,
    name String,
    description String,
    tier LowCardinality(String),
    permissions Array(LowCardinality(String)),
    requests_per_minute Nullable(UInt32),
    requests_per_hour Nullable(UInt32),
    requests_per_day Nullable(UInt32),
    external Bool,
    secret_hash String,
    previous_secret_hash String,
    configured_secret_hash String,
    previous_secret_until Nullable(DateTime64(3, 'UTC')),
    created_at DateTime64(3, 'UTC'),
    expires_at Nullable(DateTime64(3, 'UTC')),
    revoked_at Nullable(DateTime64(3, 'UTC')),
    metadata String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY id
