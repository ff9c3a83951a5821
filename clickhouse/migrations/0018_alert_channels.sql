-- alert_channels: where alerts are sent, one row a change; of the rows of an id the one with the highest version counts.
--
-- sealed           the address with its credentials, and the signing secrets of a webhook: JSON, encrypted with AES-256-GCM
--                  under SECRETS_KEY or the key file of DATA_DIR.
-- shown            the address as answers show it, without what is secret.
-- disabled_reason  why the service disabled the channel; empty where it did not.
CREATE TABLE IF NOT EXISTS alert_channels
(
    id String,
    version UInt64,
    account_id String,
    name String,
    type LowCardinality(String),
    shown String,
    sealed String,
    enabled Bool,
    disabled_reason String,
    created_at DateTime64(3, 'UTC'),
    updated_at DateTime64(3, 'UTC'),
    deleted_at Nullable(DateTime64(3, 'UTC'))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY id
SETTINGS
    fsync_after_insert = 1,
    fsync_part_directory = 1
