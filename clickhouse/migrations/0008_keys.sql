-- API keys, one row a change; the newest version of an id counts. Secrets are kept as SHA-256 in hex, never as such.
-- configured_secret_hash tells a changed ADMIN_KEY from one that was put in force before.
-- An external key has no secret: it is known only from the events that an admin sent for it.
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
